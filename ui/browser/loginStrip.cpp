#include <QHBoxLayout>
#include <browser/loginStrip.h>
#include <chrono>
#include <look/tokens.h>

namespace gatehouse::browser {

LoginStrip::LoginStrip(QWidget* parent)
    : QWidget(parent), badge_(new look::Badge(this)), text_(new QLabel(this)),
      continue_(new QPushButton(tr("Continue"), this)), cancel_(new QPushButton(tr("Stop"), this)),
      close_(new QPushButton(tr("Close"), this)) {
    setObjectName(QStringLiteral("browser.loginStrip"));
    setAccessibleName(tr("Login under way"));
    text_->setObjectName(QStringLiteral("browser.loginText"));
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    continue_->setObjectName(QStringLiteral("browser.loginContinue"));
    continue_->setToolTip(tr("Let the next step be typed"));
    continue_->setDefault(true);
    cancel_->setObjectName(QStringLiteral("browser.loginCancel"));
    cancel_->setToolTip(tr("Stop typing; the page stays as it is"));
    close_->setObjectName(QStringLiteral("browser.loginClose"));
    close_->setToolTip(tr("Put this message away"));
    second_.setInterval(std::chrono::seconds(1));
    connect(&second_, &QTimer::timeout, this, &LoginStrip::tick);
    connect(continue_, &QPushButton::clicked, this, &LoginStrip::continued);
    connect(cancel_, &QPushButton::clicked, this, &LoginStrip::cancelled);
    connect(close_, &QPushButton::clicked, this, &QWidget::hide);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(look::space, look::spaceSmall, look::space, look::spaceSmall);
    row->setSpacing(look::space);
    row->addWidget(badge_);
    row->addWidget(text_, 1);
    row->addWidget(continue_);
    row->addWidget(cancel_);
    row->addWidget(close_);
    hide();
}

void LoginStrip::tell(look::Mood mood, const QString& badge, const QString& text, bool underWay, bool asks) {
    second_.stop();
    badge_->show(mood, badge);
    text_->setText(text);
    continue_->setVisible(asks);
    cancel_->setVisible(underWay);
    close_->setVisible(!underWay);
    show();
    if (asks)
        continue_->setFocus();
}

void LoginStrip::working(const QString& user, const QString& what) {
    tell(look::Mood::Busy, user, what, true, false);
}

void LoginStrip::asking(const QString& user, const QString& what) {
    tell(look::Mood::Neutral, user, tr("Next: %1").arg(what), true, true);
}

void LoginStrip::waiting(const QString& why, int seconds) {
    why_ = why;
    left_ = seconds + 1;
    tell(look::Mood::Busy, tr("waiting"), {}, true, false);
    second_.start();
    tick();
}

void LoginStrip::tick() {
    left_ = qMax(0, left_ - 1);
    text_->setText(tr("%1 (%n s)", nullptr, left_).arg(why_));
}

void LoginStrip::over(look::Mood mood, const QString& badge, const QString& text) {
    tell(mood, badge, text, false, false);
}

} // namespace gatehouse::browser
