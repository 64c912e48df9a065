#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPointer>
#include <QVBoxLayout>
#include <look/state.h>
#include <look/tokens.h>
#include <window/palette.h>

namespace gatehouse::window {

namespace {

constexpr int widest = 560, highest = 380, top = 72;

QString plain(QString text) {
    return text.remove(u'&');
}

bool hasAllWords(const QString& text, const QStringList& words) {
    return std::all_of(words.begin(), words.end(),
                       [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace

Palette::Palette(const look::Actions& actions, QWidget* window)
    : QFrame(window), actions_(actions), window_(window), search_(new QLineEdit(this)),
      list_(new QListWidget(this)) {
    setObjectName(QStringLiteral("palette"));
    setAccessibleName(tr("Command palette"));
    setAutoFillBackground(true);
    search_->setObjectName(QStringLiteral("paletteSearch"));
    search_->setPlaceholderText(tr("What do you want to do?"));
    search_->setAccessibleName(tr("Search for a command"));
    search_->setClearButtonEnabled(true);
    list_->setObjectName(QStringLiteral("paletteList"));
    list_->setAccessibleName(tr("Commands"));
    list_->setFocusPolicy(Qt::NoFocus);
    list_->setIconSize({16, 16});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(look::space, look::space, look::space, look::space);
    column->addWidget(search_);
    column->addWidget(list_);
    search_->installEventFilter(this);
    connect(search_, &QLineEdit::textChanged, this, &Palette::filter);
    connect(list_, &QListWidget::itemClicked, this, &Palette::act);
    hide();
}

void Palette::open() {
    before_ = window_->focusWidget();
    resize(qMin(widest, window_->width() - 2 * look::spaceLarge), qMin(highest, window_->height() - top));
    move((window_->width() - this->width()) / 2, top);
    search_->clear();
    filter();
    show();
    raise();
    search_->setFocus(Qt::ShortcutFocusReason);
}

void Palette::filter() {
    const QStringList words = search_->text().split(u' ', Qt::SkipEmptyParts);
    list_->clear();
    for (const look::Actions::Row& row : actions_.rows()) {
        const QAction* action = actions_[row.name];
        if (action == nullptr || !action->isEnabled() ||
            !hasAllWords(plain(row.text) + u' ' + row.help + u' ' + row.menu, words))
            continue;
        const QString keys = row.shortcut.toString(QKeySequence::NativeText);
        const QIcon picture = action->icon().isNull() ? look::icon(QStringLiteral("none")) : action->icon();
        auto* item = new QListWidgetItem(
            picture, plain(row.text) + (keys.isEmpty() ? QString() : QStringLiteral("   ") + keys), list_);
        item->setToolTip(row.help);
        item->setData(Qt::UserRole, row.name);
    }
    if (list_->count() == 0) {
        auto* none = new QListWidgetItem(tr("No command has these words."), list_);
        none->setFlags(Qt::NoItemFlags);
    } else {
        list_->setCurrentRow(0);
    }
}

void Palette::act() {
    const QListWidgetItem* item = list_->currentItem();
    QAction* action = item == nullptr ? nullptr : actions_[item->data(Qt::UserRole).toString()];
    if (action == nullptr)
        return;
    leave();
    action->trigger();
}

void Palette::leave() {
    hide();
    if (before_ != nullptr)
        before_->setFocus(Qt::OtherFocusReason);
}

bool Palette::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusOut && !list_->underMouse())
        hide();
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const int row = list_->currentRow();
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Escape:
        leave();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        act();
        return true;
    case Qt::Key_Down:
        list_->setCurrentRow(qMin(row + 1, list_->count() - 1));
        return true;
    case Qt::Key_Up:
        list_->setCurrentRow(qMax(row - 1, 0));
        return true;
    default:
        return QFrame::eventFilter(watched, event);
    }
}

void Palette::paintEvent(QPaintEvent* event) {
    QFrame::paintEvent(event);
    QPainter painter(this);
    painter.setPen(QPen(look::color(look::Token::Line), 1));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace gatehouse::window
