// LivePanel: what can be done, and what stands around the list.
#include <desk/text.h>

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <live/livePanel.h>

namespace gatehouse::live {

namespace {

QToolButton* buttonOf(QAction* action, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setObjectName(QStringLiteral("button.") + action->objectName());
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setAutoRaise(true);
    QString name = action->text();
    button->setAccessibleName(name.remove(QLatin1Char('&')));
    return button;
}

} // namespace

void LivePanel::makeActions(look::Actions& actions) {
    const QString menu = QStringLiteral("Requests");
    addListActions(actions, menu);
    addCopyActions(actions, menu);

    auto* top = new QHBoxLayout;
    top->setContentsMargins(look::space, look::space, look::space, 0);
    top->setSpacing(look::spaceSmall);
    for (const char* name :
         {"requests.follow", "requests.pause", "requests.clear", "requests.subrequests", "requests.tunnels"})
        top->addWidget(buttonOf(actions[QString::fromLatin1(name)], this), 0, Qt::AlignTop);
    top->addWidget(filter_, 1);
    top->addWidget(buttonOf(actions[QStringLiteral("requests.saveHar")], this), 0, Qt::AlignTop);
    // From left to right, then down, whatever was made first; the detail follows by itself.
    QWidget* before = bar_->findChild<QPushButton*>(QStringLiteral("messageBarAction")); // the first there is
    for (int i = 0; i < top->count(); ++i) {
        QWidget* const next =
            top->itemAt(i)->widget() == filter_ ? filter_->edit() : top->itemAt(i)->widget();
        setTabOrder(before, next);
        before = next;
    }
    setTabOrder(before, table_);
    counts_->setObjectName(QStringLiteral("live.counts"));
    counts_->setContentsMargins(look::space + look::spaceSmall, 0, look::space, 0);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(look::spaceSmall);
    column->addLayout(top);
    column->addWidget(counts_);
    column->addWidget(bar_);
    column->addWidget(split_, 1);
}

void LivePanel::makeBar() {
    bar_->setObjectName(QStringLiteral("live.bar"));
    split_->setObjectName(QStringLiteral("live.split"));
    split_->setChildrenCollapsible(false);
    split_->addWidget(pages_);
    split_->addWidget(detail_);
    split_->setStretchFactor(0, 1);
    split_->setStretchFactor(1, 1);
    detail_->hide();
    split_->restoreState(desk_.settings.windowState(QStringLiteral("live.split")));
}

void LivePanel::addListActions(look::Actions& actions, const QString& menu) {
    using Row = look::Actions::Row;
    follow_ = actions.add(Row{QStringLiteral("requests.follow"), menu, tr("&Follow the newest"),
                              tr("Keep the newest request in sight"), QStringLiteral("follow"),
                              QKeySequence(QStringLiteral("Ctrl+Shift+End")), true},
                          [this](bool on) { setFollowing(on); });
    pause_ = actions.add(Row{QStringLiteral("requests.pause"), menu, tr("&Pause the list"),
                             tr("Let what comes wait; nothing is lost meanwhile"), QStringLiteral("pause"),
                             QKeySequence(QStringLiteral("Ctrl+Shift+Space")), true},
                         [this](bool on) { setPaused(on); });
    actions.add(Row{QStringLiteral("requests.clear"), menu, tr("&Clear the list"),
                    tr("Empty the list; it can be undone"), QStringLiteral("clear"),
                    QKeySequence(QStringLiteral("Ctrl+Shift+Del"))},
                [this] { clear(); });
    subrequests_ = actions.add(
        Row{QStringLiteral("requests.subrequests"),
            menu,
            tr("Show s&ub-requests"),
            tr("Show what the ingress and the gate asked on their own, below the request they asked for"),
            QStringLiteral("subrequests"),
            {},
            true},
        [this](bool on) { model_.setSubrequestsShown(on); });
    tunnels_ =
        actions.add(Row{QStringLiteral("requests.tunnels"),
                        menu,
                        tr("Show &tunnels"),
                        tr("Show the connections that a browser opens through the proxy before it asks"),
                        QStringLiteral("tunnels"),
                        {},
                        true},
                    [this](bool on) { model_.setTunnelsShown(on); });
    model_.setTunnelsShown(false);
    actions.add(Row{QStringLiteral("requests.filter"), menu, tr("F&ilter requests"),
                    tr("Type which requests to show"), QStringLiteral("filter"),
                    QKeySequence(QStringLiteral("Ctrl+Shift+F"))},
                [this] {
                    emit desk_.navigator.pageWanted(QStringLiteral("requests"));
                    filter_->edit()->setFocus(Qt::ShortcutFocusReason);
                });
    const QSignalBlocker quietFollow(follow_), quietSubrequests(subrequests_);
    follow_->setChecked(true);
    subrequests_->setChecked(true);
}

void LivePanel::addCopyActions(look::Actions& actions, const QString& menu) {
    using Row = look::Actions::Row;
    actions.add(Row{QStringLiteral("requests.copyCurl"), menu, tr("Copy &as cURL"),
                    tr("Copy the selected request as a command, without its secrets"), QStringLiteral("copy"),
                    QKeySequence(QStringLiteral("Ctrl+Shift+U"))},
                [this] { copyCurl(false); });
    actions.add(Row{QStringLiteral("requests.copyCurlSecrets"),
                    menu,
                    tr("Copy as cURL with &secrets"),
                    tr("Copy the selected request as a command that works: cookies and tokens are in it"),
                    QStringLiteral("key"),
                    {}},
                [this] { copyCurl(true); });
    actions.add(Row{QStringLiteral("requests.copyValue"), menu, tr("Copy &value"),
                    tr("Copy what is selected in the detail, as it is shown"), QStringLiteral("copy"),
                    QKeySequence(QStringLiteral("Ctrl+Shift+C"))},
                [this] { copyValue(); });
    actions.add(Row{QStringLiteral("requests.saveHar"),
                    menu,
                    tr("Save as &HAR…"),
                    tr("Save what the list shows for other tools, without secrets"),
                    QStringLiteral("save"),
                    {}},
                [this] { askHarFile(); });
}

void LivePanel::refreshCounts() {
    const QLocale locale;
    const auto number = [&locale](auto value) { return locale.toString(static_cast<qulonglong>(value)); };
    const auto shown = static_cast<std::size_t>(model_.rowCount());
    const std::size_t all = model_.total() - model_.tunnelsHidden();
    QStringList parts;
    if (model_.isFiltering())
        parts.append(tr("filtering…"));
    else if (shown == all)
        parts.append(requestsText(all));
    else
        parts.append(tr("%1 of %2").arg(number(shown), number(all)));
    if (model_.tunnelsHidden() > 0)
        parts.append(tunnelsText(model_.tunnelsHidden()));
    if (model_.total() > 0)
        parts.append(sizeText(model_.bytes()));
    if (model_.dropped() > 0)
        parts.append(tr("%1 older ones made room").arg(number(model_.dropped())));
    if (lost_ > 0)
        parts.append(tr("%1 could not be kept up with").arg(number(lost_)));
    if (paused_)
        parts.append(tr("paused, %1 waiting").arg(number(waiting_.size())));
    else if (desk_.engine.state() == desk::EngineBridge::State::Stopped && model_.total() > 0)
        parts.append(tr("nothing is running"));
    counts_->setText(parts.join(QStringLiteral(" · ")));
    counts_->setToolTip(
        tr("At most %1 MiB are kept; the oldest make room").arg(desk_.settings.captureLimitMiB()));
    showEmpty();
}

void LivePanel::refreshState() {
    if (paused_)
        say(Bar::Paused, look::Mood::Warning,
            waiting_.empty() ? tr("Paused. What comes now waits.")
                             : tr("Paused. Waiting: %1.").arg(requestsText(waiting_.size())),
            tr("Resume"));
    else if (barSays_ == Bar::Paused)
        say(Bar::None, look::Mood::Neutral, {});
    refreshCounts();
}

LivePanel::Empty LivePanel::emptiness() const {
    using State = desk::EngineBridge::State;
    if (model_.rowCount() > 0 || model_.isFiltering())
        return Empty::No;
    if (model_.total() > model_.tunnelsHidden())
        return Empty::FilteredOut;
    if (paused_)
        return Empty::Paused;
    if (desk_.engine.state() == State::Failed)
        return Empty::Failed;
    return desk_.engine.state() == State::Running ? Empty::NothingYet : Empty::Stopped;
}

void LivePanel::showEmpty() {
    const Empty now = emptiness();
    pages_->setCurrentWidget(now == Empty::No ? static_cast<QWidget*>(table_) : empty_);
    if (now == emptySays_ && now != Empty::FilteredOut)
        return;
    if (now != emptySays_) {
        empty_->clearButtons();
        addEmptyButton(now);
    }
    emptySays_ = now;
    switch (now) {
    case Empty::No:
        break;
    case Empty::FilteredOut:
        empty_->say(
            look::Mood::Neutral, QStringLiteral("filter"), tr("The filter shows nothing"),
            tr("There are %1, and none fits.").arg(requestsText(model_.total() - model_.tunnelsHidden())));
        break;
    case Empty::Paused:
        empty_->say(look::Mood::Warning, QStringLiteral("pause"), tr("The list is paused"),
                    tr("What comes now waits until you resume."));
        break;
    case Empty::Failed:
        empty_->say(look::Mood::Bad, QStringLiteral("bad"), tr("The engine could not start"),
                    desk_.engine.lastError().what ? desk::whole(desk_.engine.lastError()) : QString());
        break;
    case Empty::Stopped:
        empty_->say(look::Mood::Neutral, QStringLiteral("requests"), tr("Nothing is running"),
                    tr("Run a lab; every request it gets appears here, with what was decided and why."));
        break;
    case Empty::NothingYet:
        empty_->say(look::Mood::Busy, QStringLiteral("requests"), tr("No request yet"),
                    tr("Open a page of the lab in the browser; what happens appears here at once."));
        break;
    }
}

void LivePanel::addEmptyButton(Empty state) {
    const auto button = [this](const QString& text, const char* name, auto run) {
        connect(empty_->addButton(text, QString::fromLatin1(name)), &QPushButton::clicked, this, run);
    };
    if (state == Empty::FilteredOut)
        button(tr("Clear filter"), "live.empty.clearFilter", [this] { filter_->setText({}); });
    else if (state == Empty::Paused)
        button(tr("Resume"), "live.empty.resume", [this] { setPaused(false); });
    else if (state == Empty::NothingYet)
        button(tr("Go to the browser"), "live.empty.browser",
               [this] { emit desk_.navigator.pageWanted(QStringLiteral("browser")); });
}

void LivePanel::say(Bar what, look::Mood mood, const QString& text, const QString& action) {
    if (barSays_ == Bar::Cleared && what != Bar::Cleared && what != Bar::None)
        model_.forgetCleared(); // its offer is gone from the screen
    barSays_ = what;
    if (text.isEmpty())
        bar_->quiet();
    else
        bar_->say(mood, text, {}, action);
}

void LivePanel::barActivated() {
    const Bar what = std::exchange(barSays_, Bar::None);
    bar_->quiet();
    if (what == Bar::Paused)
        setPaused(false);
    if (what == Bar::Cleared) {
        model_.undoClear();
        setFollowing(true);
    }
    if (what == Bar::Hidden) {
        const std::uint64_t id = current_;
        filter_->setText({});
        for (QAction* one : {subrequests_, tunnels_})
            if (model_.rowOf(id) < 0)
                one->setChecked(true);
        showExchange(id);
    }
    showEmpty();
}

// "Only this host", "hide this path": conditions are added to the line, where they can be read and undone.
void LivePanel::narrow(capture::FilterField field, const std::string& value, bool not_) {
    const QString term =
        (not_ ? QStringLiteral("-") : QString()) + desk::qt(capture::filterTerm(field, value));
    const QString before = filter_->text().trimmed();
    filter_->setText(before.isEmpty() ? term : before + QLatin1Char(' ') + term);
}

void LivePanel::listMenu(const QPoint& at) {
    const capture::Row* const row = model_.rowAt(table_->indexAt(at).row());
    if (!row)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto entry = [&](const QString& text, capture::FilterField field, std::string_view value,
                           bool not_) {
        if (!value.empty())
            menu->addAction(text.arg(desk::qt(value)), this,
                            [this, field, kept = std::string(value), not_] { narrow(field, kept, not_); });
    };
    entry(tr("Only host %1"), capture::FilterField::Host, row->host(), false);
    entry(tr("Only user %1"), capture::FilterField::User, row->user(), false);
    entry(tr("Only “%1”"), capture::FilterField::Decision, capture::row(row->decision).name, false);
    entry(tr("Hide path %1"), capture::FilterField::Path, row->path(), true);
    entry(tr("Hide host %1"), capture::FilterField::Host, row->host(), true);
    menu->addSeparator();
    menu->addAction(look::icon(QStringLiteral("copy")), tr("Copy as cURL"), this,
                    [this] { copyCurl(false); });
    menu->addAction(tr("Copy as cURL with secrets"), this, [this] { copyCurl(true); });
    menu->popup(table_->viewport()->mapToGlobal(at));
}

} // namespace gatehouse::live
