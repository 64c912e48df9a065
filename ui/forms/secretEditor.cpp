#include <desk/text.h>

#include <QClipboard>
#include <QCryptographicHash>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QToolButton>
#include <algorithm>
#include <forms/secretEditor.h>
#include <look/tokens.h>

namespace gatehouse::forms {

using desk::qt;
using desk::utf8;

namespace {

QToolButton* door(QWidget* parent, const QString& icon) {
    auto* out = new QToolButton(parent);
    out->setIcon(look::icon(icon));
    out->setAutoRaise(true);
    return out;
}

QByteArray markOf(const QString& text) {
    return QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
}

} // namespace

SecretEditor::SecretEditor(const FieldSpec& spec, EditorContext context, QWidget* parent)
    : FieldEditor(spec, std::move(context), parent), name_(new QLineEdit(this)), value_(new QLineEdit(this)),
      origin_(new look::Badge(this)), reveal_(door(this, "eye")), copy_(door(this, "copy")),
      set_(new QPushButton(tr("Set value…"), this)), keep_(new QPushButton(tr("Keep"), this)),
      cancel_(new QPushButton(tr("Cancel"), this)), setRow_(new QWidget(this)), shownValue_(new QLabel(this)),
      answer_(new QLabel(this)) {
    introduce(name_);
    introduce(value_, tr("new value"));
    introduce(reveal_, tr("show the value"));
    introduce(copy_, tr("copy the value"));
    introduce(set_, tr("set the value"));
    introduce(keep_, tr("keep the value"));
    introduce(cancel_, tr("cancel"));
    reveal_->setCheckable(true);
    reveal_->setToolTip(tr("Show the value for %1 seconds").arg(shownFor.count()));
    copy_->setToolTip(tr("Copy the value; the clipboard is cleared after %1 seconds").arg(copiedFor.count()));
    set_->setToolTip(tr("Type a value of your own. It is kept in the secret store, never in the lab"));
    keep_->setToolTip(tr("Keep the value in the secret store"));
    cancel_->setToolTip(tr("Leave the value as it is"));
    name_->setPlaceholderText(tr("name of a secret; %1").arg(emptyWords()));
    buildDoors();

    soon_.setSingleShot(true);
    soon_.setInterval(std::chrono::milliseconds(250));
    hide_.setSingleShot(true);
    hide_.setInterval(shownFor);
    clear_.setSingleShot(true);
    clear_.setInterval(copiedFor);
    connect(&soon_, &QTimer::timeout, this, &SecretEditor::flush);
    connect(&hide_, &QTimer::timeout, this, [this] { setRevealed(false); });
    connect(&clear_, &QTimer::timeout, this, &SecretEditor::clearClipboard);
    connect(name_, &QLineEdit::textEdited, this, [this] { soon_.start(); });
    connect(name_, &QLineEdit::editingFinished, this, &SecretEditor::flush);
    connect(reveal_, &QToolButton::toggled, this, &SecretEditor::setRevealed);
    connect(copy_, &QToolButton::clicked, this, &SecretEditor::copy);
    connect(value_, &QLineEdit::returnPressed, this, &SecretEditor::keep);
    connect(keep_, &QPushButton::clicked, this, &SecretEditor::keep);
    connect(set_, &QPushButton::clicked, this, [this] {
        setRow_->show();
        value_->setFocus();
    });
    connect(cancel_, &QPushButton::clicked, this, [this] {
        value_->clear();
        setRow_->hide();
        name_->setFocus();
    });
    connect(&this->context().desk.workspace, &desk::Workspace::compiled, this, &SecretEditor::showOrigin);
    showOrigin();
}

SecretEditor::~SecretEditor() {
    if (clear_.isActive())
        clearClipboard();
}

void SecretEditor::buildDoors() {
    auto* doors = new QHBoxLayout;
    doors->setSpacing(look::spaceSmall);
    for (QWidget* each :
         {static_cast<QWidget*>(reveal_), static_cast<QWidget*>(copy_), static_cast<QWidget*>(set_)})
        doors->addWidget(each);
    doors->addStretch();
    auto* line = new QVBoxLayout; // not in one line: the form may stand beside the text
    line->setSpacing(look::spaceSmall);
    line->addWidget(origin_);
    line->addLayout(doors);

    value_->setEchoMode(QLineEdit::Password);
    value_->setPlaceholderText(tr("the value"));
    auto* setting = new QHBoxLayout(setRow_);
    setting->setContentsMargins(0, 0, 0, 0);
    setting->setSpacing(look::spaceSmall);
    setting->addWidget(value_, 1);
    setting->addWidget(keep_);
    setting->addWidget(cancel_);
    setRow_->hide();
    shownValue_->hide();
    shownValue_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    answer_->hide();
    answer_->setWordWrap(true);

    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(look::spaceSmall);
    all->addWidget(name_);
    all->addLayout(line);
    all->addWidget(setRow_);
    all->addWidget(shownValue_);
    all->addWidget(answer_);
}

std::string SecretEditor::nameNow() const {
    const Node& name = shown_["secret"];
    return name.isScalar() ? name.text() : std::string();
}

void SecretEditor::show(const Node& value) {
    if (value == shown_ && value.kind() == shown_.kind())
        return;
    shown_ = value;
    setRevealed(false);
    if (!soon_.isActive() || !name_->hasFocus())
        name_->setText(qt(nameNow()));
    showOrigin();
}

void SecretEditor::flush() {
    soon_.stop();
    const std::string name = utf8(name_->text().trimmed());
    if (name == nameNow())
        return;
    emit edited(name.empty() ? Node() : Node::map({{"secret", Node::scalar(name)}}));
}

void SecretEditor::showOrigin() {
    using enum arrangement::SecretOrigin;
    const std::string name = nameNow();
    const bool named = !name.empty();
    for (QWidget* each : {static_cast<QWidget*>(reveal_), static_cast<QWidget*>(copy_)})
        each->setEnabled(named && withValue([](std::string_view) {}));
    set_->setEnabled(named);
    origin_->setVisible(named);
    const auto& origins = context().desk.workspace.secretOrigins();
    const auto found = std::ranges::find(origins, name, &arrangement::ResolvedSecret::name);
    if (found == origins.end())
        origin_->show(look::Mood::Warning, tr("no value yet"));
    else
        origin_->show(look::Mood::Neutral, found->origin == Environment ? tr("from the environment")
                                           : found->origin == Store     ? tr("from the store")
                                                                        : tr("generated"));
}

// The arrangement knows what the lab runs with; the vault, what was typed since.
bool SecretEditor::withValue(const std::function<void(std::string_view)>& use) const {
    auto& desk = const_cast<SecretEditor*>(this)->context().desk;
    const auto& workspace = desk.workspace;
    if (const auto& made = workspace.arrangement(); made != nullptr && made->secrets != nullptr)
        if (const auto* value = made->secrets->find(nameNow())) {
            value->reveal(use);
            return true;
        }
    if (workspace.document() == nullptr)
        return false;
    const auto kept = desk.vault.find(workspace.document()->lab().name, nameNow());
    if (kept)
        kept->reveal(use);
    return kept.has_value();
}

void SecretEditor::setRevealed(bool on) {
    const QSignalBlocker quiet(reveal_);
    QString text;
    const bool shown = on && withValue([&text](std::string_view value) { text = qt(value); });
    reveal_->setChecked(shown);
    shownValue_->setText(text);
    shownValue_->setVisible(shown);
    if (shown)
        hide_.start();
    else
        hide_.stop();
}

void SecretEditor::copy() {
    withValue([this](std::string_view value) {
        auto* copied = new QMimeData;
        copied->setText(qt(value));
        copied->setData("x-kde-passwordManagerHint", "secret"); // clipboard histories leave it out
        copiedMark_ = markOf(copied->text());
        QGuiApplication::clipboard()->setMimeData(copied);
    });
    clear_.start();
    answer_->setText(tr("Copied; the clipboard is cleared in %1 seconds.").arg(copiedFor.count()));
    answer_->show();
}

void SecretEditor::clearClipboard() {
    clear_.stop();
    if (markOf(QGuiApplication::clipboard()->text()) == copiedMark_)
        QGuiApplication::clipboard()->clear();
    answer_->hide();
}

void SecretEditor::keep() {
    flush();
    const auto& document = context().desk.workspace.document();
    if (document == nullptr || value_->text().isEmpty())
        return;
    QByteArray bytes = value_->text().toUtf8();
    crypto::SecretString value(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    bytes.fill('\0');
    value_->clear();
    setRow_->hide();
    const QPointer<SecretEditor> self(this);
    context().desk.vault.keep(document->lab().name, nameNow(), std::move(value), [self](Result<void> done) {
        if (self == nullptr)
            return;
        self->answer_->setText(done ? tr("Kept.") : desk::words(done.error()));
        self->answer_->show();
    });
}

} // namespace gatehouse::forms
