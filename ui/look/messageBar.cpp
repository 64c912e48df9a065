#include <QEvent>
#include <QHBoxLayout>
#include <look/moods.h>
#include <look/state.h>

namespace gatehouse::look {

namespace {

constexpr int iconSide = 18;

} // namespace

MessageBar::MessageBar(QWidget* parent)
    : QWidget(parent), icon_(new QLabel(this)), text_(new QLabel(this)), action_(new QPushButton(this)),
      close_(new QPushButton(this)) {
    setAutoFillBackground(true);
    text_->setWordWrap(true);
    text_->setTextFormat(Qt::PlainText);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    action_->setObjectName(QStringLiteral("messageBarAction"));
    close_->setObjectName(QStringLiteral("messageBarClose"));
    close_->setAccessibleName(tr("Dismiss this message"));
    close_->setToolTip(tr("Dismiss this message"));
    close_->setFlat(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(spaceLarge, space, space, space);
    row->setSpacing(space);
    row->addWidget(icon_, 0, Qt::AlignTop);
    row->addWidget(text_, 1);
    row->addWidget(action_);
    row->addWidget(close_, 0, Qt::AlignTop);
    connect(action_, &QPushButton::clicked, this, &MessageBar::activated);
    connect(close_, &QPushButton::clicked, this, [this] {
        quiet();
        emit dismissed();
    });
    hide();
}

void MessageBar::say(Mood mood, const QString& text, const QString& details, const QString& action) {
    mood_ = mood;
    text_->setText(details.isEmpty() ? text : text + u'\n' + details);
    setAccessibleName(text_->text());
    action_->setText(action);
    action_->setToolTip(text_->text()); // what it is the answer to
    action_->setVisible(!action.isEmpty());
    dress();
    show();
}

void MessageBar::quiet() {
    text_->clear();
    hide();
}

QString MessageBar::message() const {
    return text_->text();
}

void MessageBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && isVisible())
        dress();
}

void MessageBar::dress() {
    QPalette dressed;
    dressed.setColor(QPalette::Window, color(groundOf(mood_)));
    dressed.setColor(QPalette::WindowText, color(tokenOf(mood_)));
    if (dressed.color(QPalette::Window) != palette().color(QPalette::Window) ||
        dressed.color(QPalette::WindowText) != palette().color(QPalette::WindowText))
        setPalette(dressed);
    icon_->setPixmap(icon(iconOf(mood_), tokenOf(mood_)).pixmap(iconSide, iconSide));
    close_->setIcon(icon(QStringLiteral("close"), tokenOf(mood_)));
}

} // namespace gatehouse::look
