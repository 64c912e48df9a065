#include <QWebEngineScript>
#include <QWebEngineView>
#include <browser/browser.h>
#include <browser/session.h>

namespace gatehouse::browser {

namespace {

constexpr int networkAborted = -3; // net::ERR_ABORTED: a newer navigation, a download, the stop button

Browser::Ending endingOf(const QWebEngineLoadingInfo& info) {
    if (info.status() == QWebEngineLoadingInfo::LoadSucceededStatus ||
        info.errorDomain() == QWebEngineLoadingInfo::HttpStatusCodeDomain)
        return Browser::Ending::Page;
    if (info.status() == QWebEngineLoadingInfo::LoadStoppedStatus || info.errorCode() == networkAborted)
        return Browser::Ending::Stopped;
    return Browser::Ending::Failed;
}

} // namespace

Browser::Browser(QWidget* parent) : view_(new QWebEngineView(parent)) {
    view_->setObjectName(QStringLiteral("browser.view"));
    view_->setAccessibleName(tr("Web page"));
    view_->setContextMenuPolicy(Qt::NoContextMenu); // its entries lead round the address line
}

Browser::~Browser() {
    for (const auto& [user, session] : sessions_) {
        session->disconnect(this);
        session->page().disconnect(this);
    }
    shown_ = nullptr;
    delete view_.data();
}

QWebEngineView& Browser::view() {
    return *view_;
}

void Browser::setReach(Reach reach) {
    reach_ = std::move(reach);
}

void Browser::setLanguage(const QString& acceptLanguage) {
    language_ = acceptLanguage;
}

void Browser::show(const QString& user) {
    auto& session = sessions_[user];
    const bool fresh = session == nullptr;
    if (fresh) {
        session = std::make_unique<Session>(user, [this]() -> const Reach& { return reach_; }, nullptr);
        if (!language_.isEmpty())
            session->setLanguage(language_);
        wire(*session);
    }
    if (shown_ == &session->page())
        return;
    user_ = user;
    loading_ = session->page().isLoading();
    shown_ = &session->page();
    view_->setPage(shown_);
    emit shown(user);
    emit urlChanged(session->page().url());
}

void Browser::wire(Session& session) {
    SessionPage* const page = &session.page();
    const auto isShown = [this, page] { return shown_ == page; };
    connect(page, &QWebEnginePage::loadingChanged, this, [this, isShown](const QWebEngineLoadingInfo& info) {
        if (!isShown())
            return;
        if (info.status() == QWebEngineLoadingInfo::LoadStartedStatus) {
            loading_ = true;
            emit loadStarted();
            return;
        }
        loading_ = false;
        const bool http = info.errorDomain() == QWebEngineLoadingInfo::HttpStatusCodeDomain;
        emit loadEnded(endingOf(info), http ? info.errorCode() : 0, info.errorString());
    });
    connect(page, &QWebEnginePage::urlChanged, this, [this, isShown](const QUrl& url) {
        if (isShown())
            emit urlChanged(url);
    });
    connect(page, &SessionPage::logged, this, [this, isShown](const QString& text) {
        if (isShown())
            emit logged(text);
    });
    connect(page, &QWebEnginePage::titleChanged, this, [this, isShown](const QString& title) {
        if (isShown())
            emit titleChanged(title);
    });
    connect(page, &QWebEnginePage::renderProcessTerminated, this,
            [this, isShown](QWebEnginePage::RenderProcessTerminationStatus status, int code) {
                if (!isShown() || status == QWebEnginePage::NormalTerminationStatus)
                    return;
                loading_ = false;
                emit crashed(status == QWebEnginePage::KilledTerminationStatus
                                 ? tr("its process was killed (%1)").arg(code)
                                 : tr("its process crashed (%1)").arg(code));
            });
    connect(&session, &Session::requested, this, [this, isShown](const QByteArray& method, const QUrl& url) {
        if (isShown())
            emit requested(method, url);
    });
    connect(&session, &Session::certificateRefused, this,
            [this, isShown](const Error& why, const QUrl& url, bool ofPage) {
                if (isShown())
                    emit certificateRefused(why, url, ofPage);
            });
    connect(&session, &Session::said, this, &Browser::said);
}

void Browser::clear(const QString& user) {
    const auto found = sessions_.find(user);
    if (found == sessions_.end())
        return;
    const bool wasShown = shown_ == &found->second->page();
    if (wasShown) {
        shown_ = nullptr;
        view_->setPage(nullptr);
    }
    found->second->page().disconnect(this);
    sessions_.erase(found);
    if (wasShown)
        show(user);
}

void Browser::open(const QUrl& url) {
    page().load(url);
}

QUrl Browser::url() const {
    return shown_ == nullptr ? QUrl() : shown_->url();
}

QWebEnginePage& Browser::page() {
    if (shown_ == nullptr)
        show(user_);
    return *shown_;
}

QWidget* Browser::inputTarget() const {
    return view_->focusProxy();
}

void Browser::setZoom(double factor) {
    view_->setZoomFactor(factor);
}

void Browser::run(const QString& script, std::function<void(const QVariant&)> done) {
    page().runJavaScript(script, QWebEngineScript::ApplicationWorld, std::move(done));
}

} // namespace gatehouse::browser
