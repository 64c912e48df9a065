#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <look/state.h>
#include <look/tokens.h>
#include <window/card.h>

namespace gatehouse::window {

namespace {

constexpr int iconSide = 28, corner = 8;

} // namespace

Card::Card(const QString& icon, const QString& title, const QString& text, QWidget* parent)
    : QWidget(parent), iconName_(icon), icon_(new QLabel(this)), content_(new QVBoxLayout) {
    auto* heading = new QLabel(title, this);
    QFont bold = heading->font();
    bold.setBold(true);
    bold.setPointSizeF(bold.pointSizeF() * 1.15);
    heading->setFont(bold);
    heading->setWordWrap(true);
    auto* words = new QLabel(text, this);
    words->setWordWrap(true);
    words->setVisible(!text.isEmpty());
    content_->setSpacing(look::space);
    auto* head = new QHBoxLayout;
    head->setSpacing(look::space);
    head->addWidget(icon_);
    head->addWidget(heading, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(look::spaceLarge, look::spaceLarge, look::spaceLarge, look::spaceLarge);
    column->setSpacing(look::space);
    column->addLayout(head);
    column->addWidget(words);
    column->addLayout(content_, 1);
    paintIcon();
}

void Card::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(look::color(look::Token::Line));
    painter.setBrush(look::color(look::Token::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), corner, corner);
}

void Card::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintIcon();
}

void Card::paintIcon() {
    icon_->setPixmap(look::icon(iconName_, look::Token::Accent).pixmap(iconSide, iconSide));
}

} // namespace gatehouse::window
