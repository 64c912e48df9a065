#include <desk/text.h>

#include <QEvent>
#include <QPainter>
#include <live/exchangeModel.h>
#include <live/headerModel.h>
#include <live/timingView.h>
#include <look/tokens.h>

namespace gatehouse::live {

using desk::qt;

namespace {

constexpr int nameWidth = 300, figureWidth = 150, barLeast = 2, indent = 18;

} // namespace

TimingView::TimingView(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("live.timing"));
    setAccessibleName(tr("Timing of the exchange"));
    setToolTip(tr("How long each station took, one below the other"));
    setFocusPolicy(Qt::TabFocus);
}

int TimingView::rowHeight() const {
    return fontMetrics().height() + look::space;
}

void TimingView::add(const QString& name, const exchange::Timing& when, int depth, bool failed) {
    Bar bar;
    bar.name = name;
    bar.start = std::chrono::nanoseconds(when.started.steady - origin_).count();
    bar.done = when.done.count();
    bar.wait = when.firstByte.count() > 0 ? when.firstByte.count() : bar.done;
    bar.depth = depth;
    bar.failed = failed;
    end_ = std::max(end_, bar.start + bar.done);
    bars_.push_back(bar);
}

void TimingView::show(const Glance& glance) {
    bars_.clear();
    end_ = 1;
    if (glance.exchange) {
        const exchange::Exchange& exchange = *glance.exchange;
        origin_ = exchange.client.when.started.steady;
        add(tr("Whole exchange"), exchange.client.when, 0, !exchange.client.error.empty());
        for (const exchange::ExchangePtr& child : glance.children)
            add(qt(child->method) + QLatin1Char(' ') + qt(child->authority) +
                    glance.text(std::string_view(child->target).substr(0, child->target.find('?'))),
                child->client.when, 1, !child->client.error.empty());
        for (const exchange::Leg& leg : exchange.attempts)
            add(partyText(leg.to.party) + QLatin1Char(' ') + qt(leg.to.name), leg.when, 1,
                !leg.error.empty());
    }
    QStringList spoken;
    for (const Bar& bar : bars_)
        spoken.append(tr("%1: begins after %2, takes %3")
                          .arg(bar.name, durationText(bar.start), durationText(bar.done)));
    setAccessibleDescription(spoken.join(QStringLiteral(". ")));
    setMinimumHeight(sizeHint().height());
    update();
}

QSize TimingView::sizeHint() const {
    return {nameWidth + figureWidth + 200,
            static_cast<int>(bars_.size() + 2) * rowHeight() + 2 * look::spaceLarge};
}

void TimingView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        update();
}

void TimingView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), look::color(look::Token::Surface));
    const int left = look::spaceLarge + nameWidth;
    const int wide = qMax(80, width() - left - figureWidth - look::spaceLarge);
    const auto x = [&](std::int64_t time) {
        return left + static_cast<int>(static_cast<double>(time) / static_cast<double>(end_) * wide);
    };
    int y = look::spaceLarge;
    const int tall = rowHeight();
    for (const Bar& bar : bars_) {
        const QRect nameAt(look::spaceLarge + bar.depth * indent, y,
                           nameWidth - bar.depth * indent - look::space, tall);
        painter.setPen(look::color(look::Token::Text));
        painter.drawText(nameAt, Qt::AlignVCenter | Qt::AlignLeft,
                         fontMetrics().elidedText(bar.name, Qt::ElideMiddle, nameAt.width()));
        const int from = x(bar.start), first = x(bar.start + bar.wait), to = x(bar.start + bar.done);
        const QRect waited(from, y + 4, qMax(barLeast, first - from), tall - 8);
        const QRect received(from, y + 4, qMax(barLeast, to - from), tall - 8);
        const look::Token colour = bar.failed ? look::Token::Bad : look::Token::Accent;
        painter.setPen(look::color(colour));
        painter.setBrush(Qt::NoBrush);
        painter.fillRect(received, look::color(colour));
        if (bar.wait < bar.done || bar.wait > 0) // waiting is drawn hollow
            painter.fillRect(waited.adjusted(1, 1, -1, -1), look::color(look::Token::Surface));
        painter.drawRect(waited.adjusted(0, 0, -1, -1));
        painter.setPen(look::color(look::Token::TextQuiet));
        painter.drawText(QRect(left + wide + look::space, y, figureWidth, tall),
                         Qt::AlignVCenter | Qt::AlignLeft,
                         bar.failed ? tr("%1, failed").arg(durationText(bar.done)) : durationText(bar.done));
        y += tall;
    }
    if (bars_.empty())
        return;
    painter.setPen(look::color(look::Token::TextQuiet));
    painter.drawText(QRect(left, y + look::space, wide + figureWidth, tall), Qt::AlignVCenter | Qt::AlignLeft,
                     tr("hollow: until the first byte of the answer · full: until its last"));
}

} // namespace gatehouse::live
