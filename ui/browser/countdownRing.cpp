#include <QPainter>
#include <browser/countdownRing.h>
#include <look/tokens.h>

namespace gatehouse::browser {

namespace {

constexpr int side = 44, stroke = 4, fullCircle = 360 * 16, top = 90 * 16;
constexpr int lastSeconds = 5;

} // namespace

CountdownRing::CountdownRing(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Seconds left"));
}

void CountdownRing::setTime(int left, int period) {
    left_ = left;
    period_ = qMax(1, period);
    setAccessibleDescription(tr("%n seconds left", nullptr, left));
    update();
}

QSize CountdownRing::sizeHint() const {
    return {side, side};
}

void CountdownRing::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF place = QRectF(rect()).adjusted(stroke, stroke, -stroke, -stroke);
    const auto arc = [&](look::Token token, int span) {
        painter.setPen(QPen(look::color(token), stroke, Qt::SolidLine, Qt::FlatCap));
        painter.drawArc(place, top, span);
    };
    arc(look::Token::Line, fullCircle);
    arc(left_ <= lastSeconds ? look::Token::Warning : look::Token::Accent, -fullCircle * left_ / period_);
    painter.setPen(look::color(look::Token::Text));
    painter.drawText(rect(), Qt::AlignCenter, QString::number(left_));
}

} // namespace gatehouse::browser
