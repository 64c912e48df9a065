#include <capture/decision.h>
#include <desk/text.h>

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <live/cookiesView.h>
#include <live/detailPanel.h>
#include <live/exchangeModel.h>
#include <live/headerView.h>
#include <live/messageView.h>
#include <live/rowDelegate.h>
#include <live/timingView.h>
#include <live/tokensView.h>
#include <live/traceView.h>
#include <user/systemClock.h>

namespace gatehouse::live {

using desk::qt;

namespace {

QString linkTo(const exchange::Exchange& exchange, const QString& text) {
    return QStringLiteral("<a href=\"%1\" style=\"color: %2\">%3</a>")
        .arg(exchange.id)
        .arg(look::color(look::Token::Accent).name(), text.toHtmlEscaped());
}

} // namespace

DetailPanel::DetailPanel(desk::Desk& desk, QWidget* parent)
    : QWidget(parent), desk_(desk), keys_(desk.engine), title_(new QLabel(this)), related_(new QLabel(this)),
      badge_(new look::Badge(this)), reveal_(new QToolButton(this)), tabs_(new QTabWidget(this)),
      headers_(new HeaderView), trace_(new TraceView), cookies_(new CookiesView),
      tokens_(new TokensView(keys_)), body_(new MessageView(MessageView::Kind::Body)),
      raw_(new MessageView(MessageView::Kind::Raw)), timing_(new TimingView) {
    title_->setObjectName(QStringLiteral("live.title"));
    title_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    title_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    title_->setTextFormat(Qt::PlainText);
    QFont bold = title_->font();
    bold.setBold(true);
    title_->setFont(bold);
    related_->setObjectName(QStringLiteral("live.related"));
    related_->setAccessibleName(tr("Related exchanges"));
    related_->setToolTip(tr("Go to what was asked on the way, or to what asked"));
    related_->setTextFormat(Qt::RichText);
    related_->setTextInteractionFlags(Qt::TextBrowserInteraction);
    related_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    connect(related_, &QLabel::linkActivated, this,
            [this](const QString& id) { emit exchangeWanted(id.toULongLong()); });
    reveal_->setObjectName(QStringLiteral("live.reveal"));
    reveal_->setText(tr("Reveal secrets"));
    reveal_->setIcon(look::icon(QStringLiteral("eye")));
    reveal_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    reveal_->setCheckable(true);
    reveal_->setToolTip(tr("Show cookies, tokens and passwords of this exchange"));
    connect(reveal_, &QToolButton::toggled, this, &DetailPanel::setRevealed);

    auto* timing = new QScrollArea;
    timing->setWidget(timing_);
    timing->setWidgetResizable(true);
    timing->setFrameShape(QFrame::NoFrame);
    timing->setFocusPolicy(Qt::NoFocus);
    tabs_->setObjectName(QStringLiteral("live.tabs"));
    tabs_->setAccessibleName(tr("About the selected exchange"));
    tabs_->setToolTip(tr("Headers, decision, cookies, tokens and bytes of the selected exchange"));
    tabs_->setDocumentMode(true);
    tabs_->addTab(headers_, tr("&Headers"));
    tabs_->addTab(trace_, tr("D&ecision"));
    tabs_->addTab(cookies_, tr("&Cookies"));
    tabs_->addTab(tokens_, tr("&Tokens"));
    tabs_->addTab(body_, tr("B&ody"));
    tabs_->addTab(raw_, tr("Ra&w"));
    tabs_->addTab(timing, tr("T&iming"));
    // What is costly to take apart is done for the tab that is looked at.
    connect(tabs_, &QTabWidget::currentChanged, this, &DetailPanel::refresh);
    connect(headers_, &HeaderView::fieldWanted, &desk_.navigator, &desk::Navigator::fieldWanted);
    connect(trace_, &TraceView::fieldWanted, &desk_.navigator, &desk::Navigator::fieldWanted);
    connect(trace_, &TraceView::exchangeWanted, this, &DetailPanel::exchangeWanted);

    auto* top = new QHBoxLayout;
    top->setContentsMargins(look::space, look::spaceSmall, look::space, 0);
    top->setSpacing(look::space);
    top->addWidget(badge_);
    top->addWidget(title_, 3);
    top->addWidget(related_, 2);
    top->addWidget(reveal_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(look::spaceSmall);
    column->addLayout(top);
    column->addWidget(tabs_, 1);
}

void DetailPanel::show(const Glance& glance) {
    const bool same = glance.exchange && glance_.exchange && glance.exchange->id == glance_.exchange->id;
    const bool revealed = same && glance_.revealed;
    glance_ = glance;
    glance_.revealed = revealed;
    if (!revealed) {
        const QSignalBlocker quiet(reveal_);
        reveal_->setChecked(false);
        reveal_->setIcon(look::icon(QStringLiteral("eye")));
        reveal_->setText(tr("Reveal secrets"));
    }
    refreshTop();
    refresh();
}

void DetailPanel::setRevealed(bool reveal) {
    glance_.revealed = reveal;
    reveal_->setText(reveal ? tr("Hide secrets") : tr("Reveal secrets"));
    reveal_->setIcon(look::icon(reveal ? QStringLiteral("eye-off") : QStringLiteral("eye")));
    refreshTop();
    refresh();
}

void DetailPanel::refreshTop() {
    badge_->setVisible(glance_.exchange != nullptr);
    if (!glance_.exchange) {
        wholeTitle_.clear();
        title_->clear();
        related_->clear();
        return;
    }
    const exchange::Exchange& exchange = *glance_.exchange;
    const capture::Decision decision = capture::judge(exchange, glance_.children).decision;
    const QString status = exchange.client.status ? QString::number(exchange.client.status) : tr("no answer");
    badge_->show(moodOf(decision),
                 decision == capture::Decision::None
                     ? status
                     : status + QStringLiteral(" ") + desk::translated(capture::row(decision).text));
    wholeTitle_ = glance_.text(desk::utf8(title(exchange)));
    title_->setToolTip(wholeTitle_);
    title_->setAccessibleName(wholeTitle_);
    elideTitle();
    QStringList links;
    if (glance_.parent)
        links.append(linkTo(*glance_.parent,
                            tr("asked by %1 #%2").arg(qt(glance_.parent->method)).arg(glance_.parent->id)));
    for (const exchange::ExchangePtr& child : glance_.children)
        links.append(linkTo(*child, QStringLiteral("%1 #%2")
                                        .arg(child->kind == exchange::Exchange::Kind::AuthSubrequest
                                                 ? tr("auth request")
                                                 : tr("back channel"))
                                        .arg(child->id)));
    related_->setText(links.isEmpty() ? QString() : tr("Related: ") + links.join(QStringLiteral(" · ")));
}

void DetailPanel::elideTitle() {
    title_->setText(title_->fontMetrics().elidedText(wholeTitle_, Qt::ElideRight, title_->width()));
}

void DetailPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layout()->activate();
    elideTitle();
}

// Colours of trees and links are kept in their items.
void DetailPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || !glance_.exchange)
        return;
    refreshTop();
    refresh();
}

void DetailPanel::refresh() {
    const QWidget* const current = tabs_->currentWidget();
    const auto cookies = [this] {
        return glance_.exchange ? capture::cookieView(*glance_.exchange, user::systemNow())
                                : capture::CookieView();
    };
    if (current == headers_)
        headers_->show(glance_);
    else if (current == trace_)
        trace_->show(glance_);
    else if (current == cookies_)
        cookies_->show(glance_, cookies());
    else if (current == tokens_)
        tokens_->show(glance_, cookies());
    else if (current == body_)
        body_->show(glance_);
    else if (current == raw_)
        raw_->show(glance_);
    else
        timing_->show(glance_);
}

QString DetailPanel::currentValue() const {
    const QWidget* const current = tabs_->currentWidget();
    if (current == headers_)
        return headers_->currentValue();
    if (current == cookies_)
        return cookies_->currentValue();
    if (current == tokens_)
        return tokens_->currentValue();
    if (current == body_)
        return body_->currentValue();
    if (current == raw_)
        return raw_->currentValue();
    if (current == trace_ && trace_->currentItem())
        return trace_->currentItem()->text(trace_->currentColumn());
    return {};
}

} // namespace gatehouse::live
