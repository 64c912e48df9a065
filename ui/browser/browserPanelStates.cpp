// What stands where the page is, and what the actions do.
#include <capture/decision.h>
#include <desk/text.h>

#include <QDesktopServices>
#include <QSplitter>
#include <QStackedWidget>
#include <QWebEnginePage>
#include <QWebEngineView>
#include <browser/addressBar.h>
#include <browser/browser.h>
#include <browser/browserPanel.h>
#include <browser/devTools.h>
#include <browser/labFacts.h>
#include <browser/loginRun.h>
#include <browser/totpCard.h>
#include <cmath>

namespace gatehouse::browser {

using State = desk::EngineBridge::State;

namespace {

constexpr double zoomFactor = 1.1;
constexpr int mostZoomSteps = 10;

} // namespace

void BrowserPanel::addActions(look::Actions& actions) {
    const auto add = [&](const char* name, const QString& text, const QString& help, const char* icon,
                         const QKeySequence& keys, std::function<void()> run) {
        actions.add(
            {QLatin1String(name), QStringLiteral("Browser"), text, help, QLatin1String(icon), keys, false},
            std::move(run));
    };
    addPageActions(actions);
    add("browser.login", tr("&Log in"), tr("Log in as the chosen user: everything is typed at once"), "login",
        QKeySequence(tr("Ctrl+Shift+L")), [this] { logIn(bar_->user(), false); });
    add("browser.loginSteps", tr("Log in &step by step"),
        tr("Log in as the chosen user and stop before each page"), "follow", {},
        [this] { logIn(bar_->user(), true); });
    add("browser.clear", tr("&Clear this session"),
        tr("Forget the shown user's cookies, storage and accepted certificates"), "clear", {},
        [this] { clearSession(); });
    add("browser.external", tr("Open in the s&ystem's browser"),
        tr("Open this address outside; the system's browser does not know the lab's names by itself"),
        "external", {}, [this] { openOutside(); });
    actions.add({QStringLiteral("browser.codes"),
                 QStringLiteral("Browser"),
                 tr("One-ti&me codes"),
                 tr("Show the users' one-time codes beside the page"),
                 QStringLiteral("key"),
                 {},
                 true},
                [this](bool on) { codes_->setVisible(on); });
    actions.add({QStringLiteral("browser.tools"), QStringLiteral("Browser"), tr("&Developer tools"),
                 tr("Chromium's own tools for this page, below it"), QStringLiteral("tools"),
                 QKeySequence(tr("F12")), true},
                [this](bool on) { toggleTools(on); });
}

void BrowserPanel::addPageActions(look::Actions& actions) {
    const auto add = [&](const char* name, const QString& text, const QString& help, const char* icon,
                         const QKeySequence& keys, std::function<void()> run) {
        actions.add(
            {QLatin1String(name), QStringLiteral("Browser"), text, help, QLatin1String(icon), keys, false},
            std::move(run));
    };
    const auto page = [this](QWebEnginePage::WebAction action) {
        return [this, action] {
            if (browser_)
                browser_->page().triggerAction(action);
        };
    };
    add("browser.back", tr("&Back"), tr("The page before this one"), "back", QKeySequence(tr("Alt+Left")),
        page(QWebEnginePage::Back));
    add("browser.forward", tr("&Forward"), tr("The page after this one"), "forward",
        QKeySequence(tr("Alt+Right")), page(QWebEnginePage::Forward));
    add("browser.reload", tr("&Reload"), tr("Load this page again"), "reload", QKeySequence(tr("Ctrl+R")),
        page(QWebEnginePage::Reload));
    add("browser.stop", tr("S&top loading"), tr("Stop loading this page"), "close", {},
        page(QWebEnginePage::Stop));
    add("browser.home", tr("&Home"), tr("The lab's first address; its other ones are in the list"), "start",
        QKeySequence(tr("Alt+Home")), [this] { goHome(); });
    add("browser.address", tr("&Address line"), tr("Type an address"), "", QKeySequence(tr("Alt+D")),
        [this] { bar_->focusAddress(); });
    add("browser.zoomIn", tr("Zoom &in"), tr("Larger page"), "", QKeySequence(QKeySequence::ZoomIn),
        [this] { zoom(1); });
    add("browser.zoomOut", tr("Zoom &out"), tr("Smaller page"), "", QKeySequence(QKeySequence::ZoomOut),
        [this] { zoom(-1); });
    add("browser.zoomReset", tr("Actual si&ze"), tr("The page at 100 %"), "", QKeySequence(tr("Ctrl+0")),
        [this] { zoom(0); });
}

void BrowserPanel::say(look::Mood mood, const QString& icon, const QString& title, const QString& text) {
    empty_->clearButtons();
    empty_->say(mood, icon, title, text);
    stack_->setCurrentWidget(empty_);
}

void BrowserPanel::sayStopped() {
    if (!desk_.workspace.isOpen()) {
        say(look::Mood::Neutral, QStringLiteral("browser"), tr("No lab is open"),
            tr("Open a lab or run the demo, and its pages can be visited here under their real names."));
        connect(empty_->addButton(tr("Go to the start page"), QStringLiteral("browser.toStart")),
                &QPushButton::clicked, this,
                [this] { emit desk_.navigator.pageWanted(QStringLiteral("start")); });
        return;
    }
    say(look::Mood::Neutral, QStringLiteral("browser"), tr("Nothing runs"),
        tr("Run the lab, and its pages can be visited here under their real names."));
    if (desk_.workspace.arrangement())
        connect(empty_->addButton(tr("Run %1").arg(desk_.workspace.title()), QStringLiteral("browser.run")),
                &QPushButton::clicked, this, [this] { desk_.engine.run(desk_.workspace.arrangement()); });
}

void BrowserPanel::sayFailedPage(const QString& title, const QString& why) {
    pageFailed_ = true;
    say(look::Mood::Bad, QStringLiteral("bad"), title, why);
    connect(empty_->addButton(tr("Load it again"), QStringLiteral("browser.again")), &QPushButton::clicked,
            this, [this] { browser_->open(requested_); });
}

void BrowserPanel::refresh() {
    const State state = desk_.engine.state();
    const bool running = state == State::Running;
    for (const char* name :
         {"browser.back", "browser.forward", "browser.reload", "browser.stop", "browser.home",
          "browser.login", "browser.loginSteps", "browser.clear", "browser.external", "browser.tools",
          "browser.zoomIn", "browser.zoomOut", "browser.zoomReset"})
        actions_[QLatin1String(name)]->setEnabled(running && browser_ != nullptr);
    if (browser_) {
        actions_[QStringLiteral("browser.back")]->setEnabled(
            running && browser_->page().action(QWebEnginePage::Back)->isEnabled());
        actions_[QStringLiteral("browser.forward")]->setEnabled(
            running && browser_->page().action(QWebEnginePage::Forward)->isEnabled());
    }
    switch (state) {
    case State::Stopped:
    case State::Stopping:
        return sayStopped();
    case State::Starting:
        return say(look::Mood::Busy, QStringLiteral("busy"), tr("The lab is starting"), {});
    case State::Failed:
        return say(look::Mood::Bad, QStringLiteral("bad"), tr("The lab does not run"),
                   desk::words(desk_.engine.lastError()) + QLatin1Char('\n') +
                       desk::advice(desk_.engine.lastError()));
    case State::Running:
        break;
    }
    if (desk_.engine.proxy().port == 0)
        return say(look::Mood::Bad, QStringLiteral("bad"), tr("The browser has no way to the lab"),
                   tr("The engine offers no proxy."));
    if (pageFailed_)
        return; // it stands until something else is loaded
    if (browser_ && browser_->url().isEmpty() && !browser_->isLoading()) {
        say(look::Mood::Good, QStringLiteral("browser"), tr("The lab runs"),
            tr("Log in as one of its users, or open an address."));
        connect(empty_->addButton(tr("Open %1").arg(home().toDisplayString()),
                                  QStringLiteral("browser.openHome")),
                &QPushButton::clicked, this, &BrowserPanel::goHome);
        return;
    }
    if (browser_)
        showPage();
}

// What a server's error page does not tell: nginx says "502 Bad Gateway", and the engine knows why.
void BrowserPanel::lookForTrouble(const engine::Batch& batch) {
    for (const exchange::ExchangePtr& one : batch.exchanges) {
        if (one->parent != 0 || one->kind != exchange::Exchange::Kind::Request ||
            QUrl(desk::qt(one->scheme + "://" + one->authority + one->target)) != requested_)
            continue;
        const capture::Judgement judgement = capture::judge(*one, {});
        if (judgement.decision != capture::Decision::Failed || judgement.rule == nullptr)
            continue;
        saysTrouble_ = true;
        disconnect(message_, &look::MessageBar::activated, this, nullptr);
        connect(message_, &look::MessageBar::activated, this,
                [this, id = one->id] { emit desk_.navigator.exchangeWanted(id); });
        const std::string& to = one->attempts.empty() ? one->authority : one->attempts.back().to.name;
        message_->say(look::Mood::Bad, tr("%1: %2").arg(desk::qt(to), desk::translated(judgement.rule->text)),
                      desk::qt(judgement.detail), tr("Show the request"));
    }
}

void BrowserPanel::showPage() {
    if (browser_ && desk_.engine.state() == State::Running)
        stack_->setCurrentWidget(&browser_->view());
}

void BrowserPanel::chooseUser(const QString& user) {
    if (!ensureBrowser())
        return;
    browser_->show(user);
    refresh();
}

QUrl BrowserPanel::home() const {
    const auto& running = desk_.engine.running();
    const auto places = running ? placesOf(*running) : std::vector<Place>();
    return places.empty() ? QUrl() : places.front().url;
}

void BrowserPanel::goHome() {
    if (const QUrl url = home(); url.isEmpty())
        message_->say(look::Mood::Warning, tr("This lab has no ingress host to visit."));
    else
        open(url);
}

void BrowserPanel::clearSession() {
    if (!browser_)
        return;
    const QString user = browser_->user();
    if (tools_ != nullptr)
        tools_->inspect(nullptr);
    browser_->clear(user);
    if (tools_ != nullptr && tools_->isVisible())
        tools_->inspect(&browser_->page());
    message_->say(look::Mood::Good, user.isEmpty() ? tr("The session is empty now.")
                                                   : tr("The session of %1 is empty now.").arg(user));
    refresh();
}

void BrowserPanel::openOutside() {
    const QUrl url = browser_ && !browser_->url().isEmpty() ? browser_->url() : home();
    disconnect(message_, &look::MessageBar::activated, this, nullptr);
    connect(message_, &look::MessageBar::activated, this, [this, url] {
        QDesktopServices::openUrl(url);
        message_->quiet();
    });
    const auto proxy = desk_.engine.proxy();
    message_->say(look::Mood::Warning, tr("The system's browser does not know %1 by itself.").arg(url.host()),
                  tr("It needs the lab's own CONNECT listener as its proxy and this user's authority "
                     "(gatehouse ca export), or it asks the real server of that name."),
                  tr("Open it all the same"));
}

void BrowserPanel::toggleTools(bool on) {
    if (!browser_)
        return;
    if (tools_ == nullptr) {
        tools_ = new DevTools(this);
        rows_->addWidget(tools_);
        rows_->setStretchFactor(0, 2);
        rows_->setStretchFactor(1, 1);
    }
    tools_->setVisible(on);
    tools_->inspect(on ? &browser_->page() : nullptr);
}

void BrowserPanel::zoom(int steps) {
    if (!browser_)
        return;
    zoomStep_ = steps == 0 ? 0 : qBound(-mostZoomSteps, zoomStep_ + steps, mostZoomSteps);
    browser_->setZoom(std::pow(zoomFactor, zoomStep_));
}

} // namespace gatehouse::browser
