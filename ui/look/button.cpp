#include <QPainter>
#include <QStyle>
#include <QStyleOptionButton>
#include <look/button.h>
#include <look/tokens.h>

namespace gatehouse::look {

namespace {

constexpr double corner = 3;

QColor groundOf(const QStyleOptionButton& option) {
    if (!option.state.testFlag(QStyle::State_Enabled))
        return color(Token::Raised);
    if (option.state.testFlag(QStyle::State_Sunken))
        return color(Token::Accent).darker(112);
    return option.state.testFlag(QStyle::State_MouseOver) ? color(Token::Accent).darker(106)
                                                          : color(Token::Accent);
}

} // namespace

PrimaryButton::PrimaryButton(const QString& text, QWidget* parent) : QPushButton(text, parent) {
    setDefault(true);
    setMinimumHeight(lowest);
    setAttribute(Qt::WA_Hover);
}

// Plainly, by ourselves: the style's gradient makes the accent paler than the text on it can bear.
void PrimaryButton::paintEvent(QPaintEvent*) {
    QStyleOptionButton option;
    initStyleOption(&option);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(enabled ? QPen(Qt::NoPen) : QPen(color(Token::Line)));
    painter.setBrush(groundOf(option));
    const QRectF place = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(place, corner, corner);
    painter.setPen(color(enabled ? Token::OnAccent : Token::TextQuiet));
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextShowMnemonic, text());
    if (!hasFocus())
        return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color(Token::OnAccent), 1, Qt::DotLine));
    painter.drawRoundedRect(place.adjusted(3, 3, -3, -3), corner, corner);
}

} // namespace gatehouse::look
