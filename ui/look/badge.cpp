#include <QAccessible>
#include <QFontMetrics>
#include <QPainter>
#include <look/moods.h>
#include <look/state.h>

namespace gatehouse::look {

namespace {

constexpr int iconSide = 14, padding = 6;

} // namespace

Badge::Badge(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Badge::show(Mood mood, const QString& text) {
    if (mood == mood_ && text == text_)
        return;
    mood_ = mood;
    text_ = text;
    setAccessibleName(text);
    updateGeometry();
    update();
    QWidget::show();
}

QSize Badge::sizeFor(const QFontMetrics& metrics, const QString& text) {
    return {metrics.horizontalAdvance(text) + iconSide + 3 * padding,
            qMax(metrics.height() + 4, iconSide + 6)};
}

QSize Badge::sizeHint() const {
    return sizeFor(fontMetrics(), text_);
}

void Badge::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paint(painter, rect(), mood_, text_);
}

void Badge::paint(QPainter& painter, const QRect& place, Mood mood, const QString& text) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(color(groundOf(mood)));
    // The outline is what tells the pill from its ground in high contrast.
    painter.setPen(scheme() == Scheme::HighContrast ? QPen(color(tokenOf(mood))) : QPen(Qt::NoPen));
    const QRectF pill = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    const QRect picture(place.left() + padding, place.center().y() - iconSide / 2 + 1, iconSide, iconSide);
    icon(iconOf(mood), tokenOf(mood)).paint(&painter, picture);
    painter.setPen(color(tokenOf(mood)));
    const QRect words = place.adjusted(iconSide + padding + padding / 2 + 1, 0, -padding / 2, 0);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, words.width()));
    painter.restore();
}

} // namespace gatehouse::look
