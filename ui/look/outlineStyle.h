// Fusion, with outlines that can be seen: its own are shades of the window's colour, black on black in high
// contrast.
#pragma once

#include <QProxyStyle>

namespace gatehouse::look {

class OutlineStyle : public QProxyStyle {
    Q_OBJECT
public:
    OutlineStyle();
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
};

} // namespace gatehouse::look
