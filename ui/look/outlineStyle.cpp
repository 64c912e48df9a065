#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>
#include <look/outlineStyle.h>
#include <look/tokens.h>

namespace gatehouse::look {

namespace {

constexpr double corner = 2;

} // namespace

OutlineStyle::OutlineStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void OutlineStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                 const QWidget* widget) const {
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool line = element == PE_FrameLineEdit;
    const bool button = element == PE_PanelButtonCommand && scheme() == Scheme::HighContrast;
    const bool box = element == PE_IndicatorCheckBox || element == PE_IndicatorRadioButton;
    if (scheme() == Scheme::Light || !(line || button || box))
        return;
    const bool focus = option->state.testFlag(State_HasFocus) && line;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(color(focus ? Token::Accent : box ? Token::TextQuiet : Token::Line));
    const QRectF place = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    if (element == PE_IndicatorRadioButton)
        painter->drawEllipse(place);
    else
        painter->drawRoundedRect(place, corner, corner);
    painter->restore();
}

} // namespace gatehouse::look
