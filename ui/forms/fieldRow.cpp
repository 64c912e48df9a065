#include <desk/text.h>

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QToolButton>
#include <forms/fieldRow.h>
#include <look/tokens.h>

namespace gatehouse::forms {

using desk::qt;

namespace {

QToolButton* door(QWidget* parent, const QString& icon, const QString& name, const QString& help) {
    auto* out = new QToolButton(parent);
    out->setIcon(look::icon(icon, look::Token::TextQuiet));
    out->setAutoRaise(true);
    out->setAccessibleName(name);
    out->setToolTip(help);
    QSizePolicy policy = out->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    out->setSizePolicy(policy);
    return out;
}

// "attributes.realmReusableOtpCode" has to fit below a label's other words: it may be broken at its parts.
QString breakable(const QString& text) {
    constexpr int fits = 18;
    QString out;
    for (const QString& word : text.split(u' ')) {
        out += out.isEmpty() ? QString() : QStringLiteral(" ");
        for (qsizetype i = 0; i < word.size(); ++i) {
            const bool part = i > 0 && (word[i - 1] == u'.' || word[i - 1] == u'_' || word[i - 1] == u'-' ||
                                        (word[i - 1].isLower() && word[i].isUpper()));
            out += part && word.size() > fits ? QStringLiteral("\u200b") : QString();
            out += word[i];
        }
    }
    return out;
}

void paintText(QLabel* label, look::Token token) {
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, look::color(token));
    label->setPalette(palette);
}

QString wordsOf(const FieldSpec& spec) {
    QString out = helpOf(spec);
    if (labelOf(spec) != qt(spec.name))
        out += FieldRow::tr("\nIn the file: %1").arg(qt(spec.name));
    return out;
}

} // namespace

FieldRow::FieldRow(const FieldSpec& spec, EditorContext context, QWidget* parent)
    : QWidget(parent), spec_(spec), editor_(makeEditor(spec, std::move(context), this)),
      label_(new QLabel(breakable(labelOf(spec)), this)), help_(new QLabel(wordsOf(spec), this)),
      messageText_(new QLabel(this)), messageIcon_(new QLabel(this)), messageLine_(new QWidget(this)),
      reset_(
          door(this, "reset", tr("Reset %1").arg(labelOf(spec)), tr("Leave it out: %1").arg(helpOf(spec)))),
      ask_(door(this, "help", tr("Help for %1").arg(labelOf(spec)), helpOf(spec))) {
    setObjectName("row:" + qt(spec.row));
    reset_->setObjectName("reset:" + qt(spec.row));
    ask_->setObjectName("help:" + qt(spec.row));
    ask_->setCheckable(true);
    help_->setObjectName("helptext:" + qt(spec.row));
    label_->setWordWrap(true);
    label_->setFixedWidth(labelWidth);
    label_->setBuddy(editor_->focusProxy());
    label_->setToolTip(wordsOf(spec));
    help_->setWordWrap(true);
    help_->hide();
    reset_->hide();
    buildMessage();

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(look::space);
    grid->setVerticalSpacing(look::spaceSmall);
    grid->addWidget(label_, 0, 0, Qt::AlignTop);
    auto* side = new QHBoxLayout;
    side->setSpacing(look::spaceSmall);
    if (!spec.unit.empty()) {
        auto* unit = new QLabel(desk::translated(spec.unit), this);
        unit->setForegroundRole(QPalette::PlaceholderText);
        side->addWidget(unit);
    }
    if (spec.support != Support::Does) {
        auto* badge = new look::Badge(this);
        badge->show(spec.support == Support::NotYet ? look::Mood::Warning : look::Mood::Neutral,
                    spec.support == Support::NotYet ? tr("not yet") : tr("partly"));
        badge->setToolTip(desk::translated(spec.note));
        side->addWidget(badge);
    }
    side->addWidget(reset_);
    side->addWidget(ask_);
    grid->addWidget(editor_, 0, 1);
    grid->addLayout(side, 0, 2, Qt::AlignTop);
    grid->addWidget(messageLine_, 1, 1);
    grid->addWidget(help_, 2, 1);
    grid->setColumnStretch(1, 1);
    help_->setForegroundRole(QPalette::PlaceholderText);
    const int line = editor_->focusProxy() == nullptr ? 24 : editor_->focusProxy()->sizeHint().height();
    label_->setMinimumHeight(std::min(line, 30));

    connect(editor_, &FieldEditor::edited, this, [this](const Node& value) { emit edited(spec_, value); });
    connect(editor_, &FieldEditor::entered, this, [this] { emit entered(spec_); });
    connect(editor_, &FieldEditor::faulty, this, [this](const QString& why) {
        typed_ = why;
        say();
    });
    connect(reset_, &QToolButton::clicked, this, [this] { emit resetWanted(spec_); });
    connect(ask_, &QToolButton::toggled, help_, &QLabel::setVisible);
}

void FieldRow::buildMessage() {
    auto* layout = new QHBoxLayout(messageLine_);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(look::spaceSmall);
    layout->addWidget(messageIcon_, 0, Qt::AlignTop);
    layout->addWidget(messageText_, 1);
    messageText_->setWordWrap(true);
    messageText_->setObjectName("message:" + qt(spec_.row));
    messageLine_->hide();
}

void FieldRow::show(const Node& value) {
    editor_->show(value);
    const bool set = !value.isAbsent() && !editor_->showsNothing();
    // What must be there goes only with the map around it.
    const bool canGo =
        !spec_.required || !spec_.whenPath.empty() || spec_.path.find('/', 1) != std::string::npos;
    reset_->setVisible(set && canGo);
    QFont font = label_->font();
    font.setBold(set);
    label_->setFont(font);
}

void FieldRow::setProblem(look::Mood mood, const QString& text) {
    compiledMood_ = mood;
    compiled_ = text;
    say();
}

void FieldRow::refuse(const QString& why) {
    typed_ = why;
    say();
}

void FieldRow::setHelpShown(bool shown) {
    ask_->setChecked(shown);
}

void FieldRow::say() {
    message_ = typed_.isEmpty() ? compiled_ : typed_;
    const bool bad = !typed_.isEmpty() || compiledMood_ == look::Mood::Bad;
    const look::Token token = bad ? look::Token::Bad : look::Token::Warning;
    messageText_->setText(message_);
    paintText(messageText_, token);
    const int side = fontMetrics().height();
    messageIcon_->setPixmap(look::icon(bad ? "bad" : "warning", token).pixmap(side, side));
    messageLine_->setVisible(!message_.isEmpty());
    if (QWidget* touched = editor_->focusProxy())
        touched->setAccessibleDescription(message_.isEmpty() ? helpOf(spec_)
                                                             : message_ + " " + helpOf(spec_));
}

void FieldRow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) {
        say();
    }
    QWidget::changeEvent(event);
}

} // namespace gatehouse::forms
