#include <desk/text.h>

#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <QWebEngineView>
#include <browser/addressBar.h>
#include <browser/browser.h>
#include <browser/browserPanel.h>
#include <browser/chromiumStart.h>
#include <browser/devTools.h>
#include <browser/enrolments.h>
#include <browser/labFacts.h>
#include <browser/loginRun.h>
#include <browser/loginStrip.h>
#include <browser/totpCard.h>
#include <user/usedCodesFile.h>
#include <user/userState.h>

namespace gatehouse::browser {

using State = desk::EngineBridge::State;

BrowserPanel::BrowserPanel(desk::Desk& desk, look::Actions& actions, QWidget* parent)
    : QWidget(parent), desk_(desk), enrolments_(std::make_unique<Enrolments>()), actions_(actions) {
    const auto complain = [this](const Error& error) {
        message_->say(look::Mood::Warning, desk::words(error), desk::advice(error));
    };
    usedHere_ = std::make_unique<user::UsedCodesFile>(std::filesystem::path(), complain);
    usedElsewhere_ = std::make_unique<user::UsedCodesFile>(user::stateFolder() / "used-codes", complain);
    addActions(actions);
    build(actions);
    connect(&desk_.engine, &desk::EngineBridge::stateChanged, this, &BrowserPanel::labChanged);
    connect(&desk_.engine, &desk::EngineBridge::arrived, this, &BrowserPanel::lookForTrouble);
    connect(&desk_.workspace, &desk::Workspace::opened, this, &BrowserPanel::refresh);
    connect(&desk_.workspace, &desk::Workspace::compiled, this, &BrowserPanel::refresh);
    connect(&desk_.navigator, &desk::Navigator::urlWanted, this, [this](const QUrl& url) {
        emit desk_.navigator.pageWanted(QStringLiteral("browser"));
        open(url);
    });
    connect(&desk_.navigator, &desk::Navigator::loginWanted, this, [this](const QString& user) {
        emit desk_.navigator.pageWanted(QStringLiteral("browser"));
        logIn(user, false);
    });
    labChanged();
}

BrowserPanel::~BrowserPanel() {
    if (tools_ != nullptr)
        tools_->inspect(nullptr);
    login_.reset();
    browser_.reset();
}

void BrowserPanel::build(look::Actions& actions) {
    setObjectName(QStringLiteral("browser.panel"));
    bar_ = new AddressBar(actions, this);
    message_ = new look::MessageBar(this);
    message_->setObjectName(QStringLiteral("browser.message"));
    message_->hide();
    stack_ = new QStackedWidget(this);
    empty_ = new look::EmptyState(stack_);
    empty_->setObjectName(QStringLiteral("browser.empty"));
    stack_->addWidget(empty_);
    strip_ = new LoginStrip(this);
    codes_ = new TotpCard(desk_, *enrolments_, this);
    codes_->setVisible(actions[QStringLiteral("browser.codes")]->isChecked());

    rows_ = new QSplitter(Qt::Vertical, this);
    rows_->setObjectName(QStringLiteral("browser.rows"));
    rows_->addWidget(stack_);
    rows_->setChildrenCollapsible(false);
    columns_ = new QSplitter(Qt::Horizontal, this);
    columns_->setObjectName(QStringLiteral("browser.columns"));
    columns_->addWidget(rows_);
    columns_->addWidget(codes_);
    columns_->setStretchFactor(0, 1);
    columns_->setChildrenCollapsible(false);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bar_);
    column->addWidget(message_);
    column->addWidget(columns_, 1);
    column->addWidget(strip_);

    connect(bar_, &AddressBar::urlWanted, this, &BrowserPanel::open);
    connect(bar_, &AddressBar::userChosen, this, &BrowserPanel::chooseUser);
    connect(strip_, &LoginStrip::continued, this, [this] {
        if (login_)
            login_->proceed();
    });
    connect(strip_, &LoginStrip::cancelled, this, [this] {
        if (login_)
            login_->cancel();
    });
}

bool BrowserPanel::ensureBrowser() {
    if (desk_.engine.state() != State::Running || desk_.engine.proxy().port == 0)
        return false;
    for (const Problem& problem : chromiumProblems())
        if (problem.kind == Problem::Kind::Refused) {
            say(look::Mood::Bad, QStringLiteral("bad"), desk::words(problem.error),
                desk::advice(problem.error));
            return false;
        }
    if (auto proxied = useProxy(desk_.engine.proxy().port); !proxied) {
        say(look::Mood::Bad, QStringLiteral("bad"), desk::words(proxied.error()),
            desk::advice(proxied.error()));
        return false;
    }
    if (browser_)
        return true;
    browser_ = std::make_unique<Browser>(stack_);
    stack_->addWidget(&browser_->view());
    wireBrowser();
    for (const Problem& problem : chromiumProblems())
        message_->say(look::Mood::Warning, desk::words(problem.error), desk::advice(problem.error));
    return true;
}

void BrowserPanel::wireBrowser() {
    connect(browser_.get(), &Browser::loadStarted, this, [this] {
        bar_->setLoading(true);
        pageFailed_ = false;
        if (std::exchange(saysTrouble_, false))
            message_->quiet(); // it was about the page before
        showPage();
    });
    connect(browser_.get(), &Browser::requested, this,
            [this](const QByteArray&, const QUrl& url) { requested_ = url; });
    connect(browser_.get(), &Browser::loadEnded, this,
            [this](Browser::Ending ending, int, const QString& why) {
                bar_->setLoading(false);
                refresh();
                if (ending == Browser::Ending::Failed && !pageFailed_)
                    sayFailedPage(tr("This page could not be loaded"), why);
            });
    connect(browser_.get(), &Browser::urlChanged, bar_, &AddressBar::setUrl);
    connect(browser_.get(), &Browser::shown, this, [this](const QString& user) {
        bar_->setUser(user);
        codes_->setUser(user);
        bar_->setLoading(browser_->isLoading());
        if (tools_ != nullptr && tools_->isVisible())
            tools_->inspect(&browser_->page());
        pageFailed_ = false;
        refresh();
    });
    connect(browser_.get(), &Browser::certificateRefused, this,
            [this](const Error& why, const QUrl& url, bool ofPage) {
                if (ofPage)
                    sayFailedPage(desk::words(why), desk::advice(why));
                else
                    message_->say(look::Mood::Warning, desk::words(why), url.toDisplayString());
            });
    connect(browser_.get(), &Browser::crashed, this, [this](const QString& why) {
        bar_->setLoading(false);
        sayFailedPage(tr("The page's process has ended"),
                      tr("Everything else goes on: %1. Load the page again to go on here.").arg(why));
    });
    connect(browser_.get(), &Browser::said, this,
            [this](const QString& text) { message_->say(look::Mood::Neutral, text); });
}

void BrowserPanel::labChanged() {
    const auto& running = desk_.engine.running();
    if (running != shownLab_ && running) {
        shownLab_ = running;
        bar_->setUsers(usersOf(*running));
        std::vector<AddressBar::Address> addresses;
        for (const Place& place : placesOf(*running))
            addresses.push_back({place.text, place.url});
        bar_->setAddresses(addresses);
    }
    if (ensureBrowser())
        browser_->setReach({running, desk::utf8(desk_.engine.authorityPem()), desk_.engine.proxy().password});
    refresh();
    if (desk_.engine.state() != State::Running || !browser_)
        return;
    if (const QString user = std::exchange(wantedLogin_, {}); !user.isEmpty())
        logIn(user, false);
    else if (const QUrl url = std::exchange(wanted_, {}); !url.isEmpty())
        open(url);
}

void BrowserPanel::open(const QUrl& url) {
    wanted_ = url;
    if (!ensureBrowser())
        return refresh();
    wanted_.clear();
    if (!browser_->reach().has(url)) {
        message_->say(
            look::Mood::Warning,
            tr("%1 is neither a name of this lab nor on its trust list.").arg(url.host()),
            tr("The embedded browser reaches nothing else. Add the server under `trust:` in the lab."));
        return;
    }
    browser_->open(url);
}

void BrowserPanel::logIn(const QString& user, bool stepByStep) {
    if (user.isEmpty()) {
        message_->say(look::Mood::Neutral, tr("Choose who logs in first."));
        return;
    }
    wantedLogin_ = user;
    if (!ensureBrowser())
        return refresh();
    wantedLogin_.clear();
    const auto& running = desk_.engine.running();
    const auto url = http::parseUrl(desk::utf8(home().toString(QUrl::FullyEncoded)));
    if (!url) {
        message_->say(look::Mood::Bad, desk::words(url.error()), desk::advice(url.error()));
        return;
    }
    LoginRun::Plan plan{running, {desk::utf8(user), *url, "allowed", {}}, {}, stepByStep};
    plan.scenario.with.enrolTotp = true;
    plan.person = rehearsal::personOf(*running, plan.scenario);
    if (const rehearsal::EnrolmentKey* device = enrolments_->find(user)) {
        plan.person.otpKey = &device->key;
        plan.person.otpPolicy = device->policy;
    }
    if (login_)
        login_->cancel();
    browser_->show(user);
    login_ = std::make_unique<LoginRun>(*browser_, usedCodes(), std::move(plan));
    connect(login_.get(), &LoginRun::stepped, this,
            [this, user](const QString& what) { strip_->working(user, what); });
    connect(login_.get(), &LoginRun::asked, this,
            [this, user](const QString& what) { strip_->asking(user, what); });
    connect(login_.get(), &LoginRun::waiting, strip_, &LoginStrip::waiting);
    // Queued: a new login may replace the one that tells.
    connect(
        login_.get(), &LoginRun::ended, this,
        [this, user](LoginRun::Ending ending, const QString& why) {
            loginEnded(user);
            switch (ending) {
            case LoginRun::Ending::Done:
                return strip_->over(look::Mood::Good, user, tr("logged in"));
            case LoginRun::Ending::Stopped:
                return strip_->over(look::Mood::Warning, tr("your turn"),
                                    tr("The page says %1. Go on by hand.").arg(why));
            case LoginRun::Ending::Failed:
                return strip_->over(look::Mood::Bad, tr("failed"), why);
            case LoginRun::Ending::Cancelled:
                return strip_->over(look::Mood::Neutral, tr("stopped"), why);
            }
        },
        Qt::QueuedConnection);
    login_->begin();
}

void BrowserPanel::loginEnded(const QString& user) {
    if (login_ && login_->actor().enrolled()) {
        const auto& device = *login_->actor().enrolled();
        enrolments_->keep(user, {device.key.clone(), device.policy});
    }
}

rehearsal::UsedCodes& BrowserPanel::usedCodes() {
    const auto& running = desk_.engine.running();
    return running && outlivesUs(*running) ? *usedElsewhere_ : *usedHere_;
}

} // namespace gatehouse::browser
