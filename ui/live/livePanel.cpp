#include <arrangement/arrangement.h>
#include <desk/text.h>

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <live/livePanel.h>
#include <live/rowDelegate.h>

namespace gatehouse::live {

namespace {

constexpr std::size_t mebibyte = 1024 * 1024;
constexpr int patienceForParents = 1000; // milliseconds
constexpr std::size_t waitingPart = 4;   // of the limit: what may wait while paused

} // namespace

LivePanel::LivePanel(desk::Desk& desk, look::Actions& actions, QWidget* parent)
    : QWidget(parent), desk_(desk),
      model_(static_cast<std::size_t>(std::max(1, desk.settings.captureLimitMiB())) * mebibyte),
      bar_(new look::MessageBar(this)), filter_(new FilterLine(this)), counts_(new QLabel(this)),
      pages_(new QStackedWidget(this)), table_(new QTableView(this)), empty_(new look::EmptyState(this)),
      newButton_(new QPushButton(table_)), split_(new QSplitter(Qt::Vertical, this)),
      detail_(new DetailPanel(desk, this)) {
    setObjectName(QStringLiteral("live.panel"));
    makeList();
    makeActions(actions);
    makeBar();
    orphans_.setSingleShot(true);
    orphans_.setInterval(patienceForParents);
    connect(&orphans_, &QTimer::timeout, this, [this] { list(families_.release()); });
    connect(&desk_.engine, &desk::EngineBridge::arrived, this, &LivePanel::arrived);
    connect(&desk_.engine, &desk::EngineBridge::stateChanged, this, &LivePanel::refreshState);
    connect(&desk_.navigator, &desk::Navigator::exchangeWanted, this, &LivePanel::showExchange);
    connect(detail_, &DetailPanel::exchangeWanted, this, &LivePanel::showExchange);
    connect(filter_, &FilterLine::filterChanged, this,
            [this](const capture::Filter& filter) { model_.setFilter(filter); });
    filter_->setVocabulary([this] { return model_.vocabulary(); });
    connect(&model_, &ExchangeModel::countsChanged, this, &LivePanel::refreshCounts);
    connect(&model_, &QAbstractItemModel::modelReset, this, &LivePanel::reselect);
    connect(bar_, &look::MessageBar::activated, this, &LivePanel::barActivated);
    connect(bar_, &look::MessageBar::dismissed, this, [this] {
        if (barSays_ == Bar::Cleared)
            model_.forgetCleared();
        barSays_ = Bar::None;
    });
    refreshState();
    refreshCounts();
}

LivePanel::~LivePanel() {
    desk_.settings.setWindowState(QStringLiteral("live.split"), split_->saveState());
    if (columnsFitted_)
        desk_.settings.setWindowState(QStringLiteral("live.columns"),
                                      table_->horizontalHeader()->saveState());
}

void LivePanel::makeList() {
    table_->setObjectName(QStringLiteral("live.table"));
    table_->setAccessibleName(tr("Requests, the newest last"));
    table_->setToolTip(tr("Choose a request to see all about it"));
    table_->setModel(&model_);
    table_->setItemDelegate(new RowDelegate(table_));
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setTabKeyNavigation(false);
    table_->setShowGrid(false);
    table_->setWordWrap(false);
    table_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table_->setContextMenuPolicy(Qt::CustomContextMenu);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + look::space + 2);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->horizontalHeader()->setSectionsMovable(true);
    table_->installEventFilter(this);
    table_->viewport()->installEventFilter(this);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &LivePanel::select);
    connect(table_->verticalScrollBar(), &QScrollBar::valueChanged, this, &LivePanel::scrolled);
    connect(table_, &QTableView::customContextMenuRequested, this, &LivePanel::listMenu);
    columnsFitted_ =
        table_->horizontalHeader()->restoreState(desk_.settings.windowState(QStringLiteral("live.columns")));

    newButton_->setObjectName(QStringLiteral("live.new"));
    newButton_->setToolTip(tr("Go to the newest request and follow what comes"));
    newButton_->hide();
    connect(newButton_, &QPushButton::clicked, this, [this] { setFollowing(true); });

    pages_->addWidget(table_);
    pages_->addWidget(empty_);
    empty_->setObjectName(QStringLiteral("live.empty"));
    auto* find = new QShortcut(QKeySequence::Find, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, this,
            [this] { filter_->edit()->setFocus(Qt::ShortcutFocusReason); });
}

void LivePanel::arrived(const engine::Batch& batch) {
    lost_ += batch.dropped;
    std::vector<exchange::ExchangePtr> exchanges;
    exchanges.reserve(batch.exchanges.size());
    for (const exchange::ExchangePtr& one : batch.exchanges)
        if (!KeyRing::isOwn(*one))
            exchanges.push_back(one);
    if (paused_)
        wait(exchanges);
    else if (!exchanges.empty())
        add(exchanges);
    if (batch.dropped > 0)
        refreshCounts();
}

void LivePanel::add(const std::vector<exchange::ExchangePtr>& exchanges) {
    list(families_.sort(exchanges, [this](std::uint64_t id) { return model_.isKnown(id); }));
    if (families_.isWaiting())
        orphans_.start();
}

void LivePanel::list(const std::vector<exchange::ExchangePtr>& sorted) {
    if (sorted.empty())
        return;
    const int before = model_.rowCount();
    model_.append(sorted);
    fitColumns(); // the list may be seen from now on
    if (following_) {
        scrollingOurselves_ = true;
        table_->scrollToBottom();
        scrollingOurselves_ = false;
    } else {
        fresh_ += std::max(0, model_.rowCount() - before);
        showNew();
    }
    for (const exchange::ExchangePtr& one : sorted) // the one in the detail has gone on
        if (one->id == current_ || (one->parent == current_ && current_ != 0))
            showDetail(model_.find(current_));
    showEmpty();
}

void LivePanel::wait(const std::vector<exchange::ExchangePtr>& exchanges) {
    const std::size_t most =
        static_cast<std::size_t>(std::max(1, desk_.settings.captureLimitMiB())) * mebibyte / waitingPart;
    for (const exchange::ExchangePtr& one : exchanges) {
        waitingBytes_ += capture::footprint(*one);
        waiting_.push_back(one);
    }
    std::size_t drop = 0;
    for (; waitingBytes_ > most && drop + 1 < waiting_.size(); ++drop)
        waitingBytes_ -= capture::footprint(*waiting_[drop]);
    lost_ += drop;
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(drop));
    refreshState();
}

void LivePanel::setPaused(bool paused) {
    if (paused_ == paused)
        return;
    paused_ = paused;
    if (!paused) {
        const std::vector<exchange::ExchangePtr> waited = std::move(waiting_);
        waiting_.clear();
        waitingBytes_ = 0;
        if (!waited.empty())
            add(waited);
    }
    const QSignalBlocker quiet(pause_);
    pause_->setChecked(paused);
    refreshState();
    refreshCounts();
}

void LivePanel::setFollowing(bool following) {
    following_ = following;
    const QSignalBlocker quiet(follow_);
    follow_->setChecked(following);
    if (following) {
        fresh_ = 0;
        scrollingOurselves_ = true;
        table_->scrollToBottom();
        scrollingOurselves_ = false;
    }
    showNew();
}

// Scrolling up lets go of the tail, scrolling down to the end takes it again.
void LivePanel::scrolled() {
    if (scrollingOurselves_)
        return;
    const QScrollBar* const bar = table_->verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum();
    if (atEnd != following_)
        setFollowing(atEnd);
}

void LivePanel::showNew() {
    newButton_->setVisible(!following_ && fresh_ > 0);
    if (!newButton_->isVisible())
        return;
    newButton_->setText(tr("↓ %n new", nullptr, fresh_));
    newButton_->adjustSize();
    const QRect place = table_->viewport()->geometry();
    newButton_->move(place.center().x() - newButton_->width() / 2,
                     place.bottom() - newButton_->height() - look::space);
    newButton_->raise();
}

void LivePanel::clear() {
    if (model_.total() == 0 && waiting_.empty())
        return;
    waiting_.clear();
    waitingBytes_ = 0;
    model_.clear();
    current_ = 0;
    showDetail(nullptr);
    fresh_ = 0;
    setFollowing(true);
    say(Bar::Cleared, look::Mood::Neutral, tr("Cleared: %1.").arg(requestsText(model_.cleared())),
        tr("Undo"));
    showEmpty();
}

void LivePanel::select(const QModelIndex& current) {
    const exchange::ExchangePtr exchange = model_.exchangeAt(current.row());
    if (!exchange)
        return; // a reset; what was selected stays in the detail
    if (following_ && current.row() + 1 < model_.rowCount())
        setFollowing(false); // somebody reads here
    current_ = exchange->id;
    showDetail(exchange);
    table_->scrollTo(current); // the detail may have taken its place
}

// The selection is by exchange, not by row: a new filter keeps it, and does not scroll.
void LivePanel::reselect() {
    const int row = current_ == 0 ? -1 : model_.rowOf(current_);
    if (row >= 0) {
        const QSignalBlocker quiet(table_->selectionModel());
        table_->selectionModel()->setCurrentIndex(model_.index(row, 0), QItemSelectionModel::ClearAndSelect |
                                                                            QItemSelectionModel::Rows);
    }
    fresh_ = 0;
    if (following_)
        setFollowing(true);
    showEmpty();
}

void LivePanel::showExchange(quint64 id) {
    if (paused_ && !model_.isKnown(id))
        setPaused(false);
    if (families_.isWaiting() && !model_.isKnown(id))
        list(families_.release());
    const exchange::ExchangePtr exchange = model_.find(id);
    if (!exchange) {
        say(Bar::Told, look::Mood::Warning, tr("The request #%1 is not kept any more.").arg(id));
        return;
    }
    current_ = id;
    const int row = model_.rowOf(id);
    if (row < 0) {
        table_->clearSelection();
        showDetail(exchange);
        say(Bar::Hidden, look::Mood::Neutral,
            tr("The request #%1 is not in the list as it is filtered now.").arg(id), tr("Show it"));
        return;
    }
    setFollowing(false);
    scrollingOurselves_ = true;
    table_->setCurrentIndex(model_.index(row, 0));
    table_->scrollTo(model_.index(row, 0), QAbstractItemView::PositionAtCenter);
    scrollingOurselves_ = false;
    showDetail(exchange);
}

void LivePanel::showDetail(const exchange::ExchangePtr& exchange) {
    Glance glance;
    glance.exchange = exchange;
    if (exchange) {
        glance.parent = exchange->parent ? model_.find(exchange->parent) : nullptr;
        glance.children = model_.childrenOf(exchange->id);
        glance.redact = redactorOf(*exchange);
    }
    keepInSight_ = keepInSight_ || (exchange && detail_->isHidden());
    detail_->setVisible(exchange != nullptr);
    detail_->show(glance);
}

std::shared_ptr<const capture::Redactor> LivePanel::redactorOf(const exchange::Exchange& exchange) {
    if (redactor_ && redactorFor_ == exchange.arrangement)
        return redactor_;
    redactorFor_ = exchange.arrangement;
    const auto* const plan = static_cast<const arrangement::Arrangement*>(exchange.arrangement.get());
    redactor_ = plan && plan->secrets
                    ? std::make_shared<const capture::Redactor>(*plan->secrets, plan->secretNames)
                    : std::make_shared<const capture::Redactor>();
    return redactor_;
}

bool LivePanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == table_ && event->type() == QEvent::Resize)
        fitColumns();
    if (watched == table_->viewport() && event->type() == QEvent::Resize)
        QMetaObject::invokeMethod(this, &LivePanel::resized, Qt::QueuedConnection); // after the view itself
    return QWidget::eventFilter(watched, event);
}

// The detail takes its place a moment after it is shown: the selected row must not end up below the edge.
void LivePanel::resized() {
    scrollingOurselves_ = true;
    if (following_)
        table_->scrollToBottom();
    else if (std::exchange(keepInSight_, false))
        table_->scrollTo(table_->currentIndex());
    scrollingOurselves_ = false;
    showNew();
}

void LivePanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitColumns();
}

// From the first size that counts, and when the list becomes narrow (beside the browser) or wide: otherwise
// widths are the person's. A narrow list shows what is asked and what came of it; the detail has the rest.
void LivePanel::fitColumns() {
    constexpr int narrowBelow = 760;
    const bool narrow = table_->width() < narrowBelow;
    if (!isVisible() || table_->viewport()->width() < 200 || (columnsFitted_ && narrow == narrow_))
        return;
    narrow_ = narrow;
    const QFontMetrics metrics = table_->fontMetrics();
    const auto wide = [&metrics](const QString& sample) { return metrics.horizontalAdvance(sample) + 16; };
    const auto headed = [this](int column) {
        return model_.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    };
    const int left = table_->width() - table_->verticalScrollBar()->sizeHint().width() - 4;
    int others = 0;
    const auto set = [&](ExchangeModel::Column column, int width) {
        const bool hides = narrow && column != ExchangeModel::Method && column != ExchangeModel::Status;
        table_->setColumnHidden(column, hides);
        if (!hides) {
            table_->setColumnWidth(column, width);
            others += width;
        }
    };
    set(ExchangeModel::Number, wide(QStringLiteral("00000")));
    set(ExchangeModel::Time, wide(QStringLiteral("00:00:00.000")));
    set(ExchangeModel::Method, wide(QStringLiteral("OPTIONS")));
    set(ExchangeModel::Status, wide(headed(ExchangeModel::Status)));
    set(ExchangeModel::User, qMax(wide(QStringLiteral("somebody")), wide(headed(ExchangeModel::User))));
    set(ExchangeModel::Duration, wide(headed(ExchangeModel::Duration)));
    set(ExchangeModel::Size, wide(QStringLiteral("000,0 KiB")));
    const int rest = std::max(300, left - others - 4);
    table_->setColumnWidth(ExchangeModel::Address, rest * 11 / 20);
    table_->setColumnWidth(ExchangeModel::Decision, rest - rest * 11 / 20);
    columnsFitted_ = true;
}

} // namespace gatehouse::live
