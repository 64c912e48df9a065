#include <QAuthenticator>
#include <QSslCertificate>
#include <QWebEngineDownloadRequest>
#include <QWebEngineNewWindowRequest>
#include <QWebEngineSettings>
#include <QWebEngineUrlRequestInfo>
#include <browser/session.h>
#include <user/systemClock.h>

namespace gatehouse::browser {

namespace {

bool sameServer(const QUrl& a, const QUrl& b) {
    constexpr int https = 443;
    return a.host() == b.host() && a.port(https) == b.port(https);
}

} // namespace

void SessionPage::javaScriptAlert(const QUrl&, const QString& text) {
    emit said(tr("The page says: %1").arg(text));
}

bool SessionPage::javaScriptConfirm(const QUrl&, const QString& text) {
    emit said(
        tr("The page asked “%1”. The embedded browser answered no; use the system's browser to say yes.")
            .arg(text));
    return false;
}

bool SessionPage::javaScriptPrompt(const QUrl&, const QString& text, const QString&, QString*) {
    emit said(tr("The page asked “%1”. The embedded browser gave no answer.").arg(text));
    return false;
}

void MainFrameRequests::interceptRequest(QWebEngineUrlRequestInfo& info) {
    if (info.resourceType() == QWebEngineUrlRequestInfo::ResourceTypeMainFrame)
        emit requested(info.requestMethod(), info.requestUrl());
}

Session::Session(const QString& user, std::function<const Reach&()> reach, QObject* parent)
    : QObject(parent), user_(user), reach_(std::move(reach)),
      requests_(std::make_unique<MainFrameRequests>()), profile_(std::make_unique<QWebEngineProfile>()),
      page_(std::make_unique<SessionPage>(profile_.get())) {
    profile_->setUrlRequestInterceptor(requests_.get());
    profile_->setHttpCacheType(QWebEngineProfile::NoCache); // each request is one that the engine sees
    profile_->setPersistentCookiesPolicy(QWebEngineProfile::NoPersistentCookies);
    QWebEngineSettings* const settings = page_->settings();
    settings->setAttribute(QWebEngineSettings::ErrorPageEnabled, false); // the panel says it, with a cure
    settings->setAttribute(QWebEngineSettings::LocalContentCanAccessRemoteUrls, false);
    settings->setAttribute(QWebEngineSettings::PluginsEnabled, false);

    connect(requests_.get(), &MainFrameRequests::requested, this,
            [this](const QByteArray& method, const QUrl& url) {
                wanted_ = url;
                emit requested(method, url);
            });
    connect(page_.get(), &SessionPage::said, this, &Session::said);
    connect(page_.get(), &QWebEnginePage::certificateError, this, &Session::judge);
    connect(page_.get(), &QWebEnginePage::proxyAuthenticationRequired, this, &Session::authenticate);
    connect(page_.get(), &QWebEnginePage::newWindowRequested, this,
            [this](QWebEngineNewWindowRequest& request) { request.openIn(page_.get()); });
    connect(page_.get(), &QWebEnginePage::featurePermissionRequested, this,
            [this](const QUrl& origin, QWebEnginePage::Feature feature) {
                page_->setFeaturePermission(origin, feature, QWebEnginePage::PermissionDeniedByUser);
            });
    connect(profile_.get(), &QWebEngineProfile::downloadRequested, this,
            [this](QWebEngineDownloadRequest* download) {
                download->cancel();
                emit said(
                    tr("The embedded browser takes no downloads: %1").arg(download->url().toDisplayString()));
            });
}

Session::~Session() {
    page_->disconnect(this);
    page_.reset();
    profile_.reset();
}

void Session::setLanguage(const QString& acceptLanguage) {
    profile_->setHttpAcceptLanguage(acceptLanguage);
}

// With an authority that Chromium does not know it says nothing about name and dates, so everything is looked
// at here.
void Session::judge(QWebEngineCertificateError error) {
    std::string chain;
    for (const QSslCertificate& certificate : error.certificateChain())
        chain += certificate.toPem().toStdString();
    Result<void> verdict = reach_().believes(error.url(), chain, user::systemNow());
    if (verdict && error.isOverridable()) {
        error.acceptCertificate();
        return;
    }
    error.rejectCertificate();
    if (!verdict)
        emit certificateRefused(verdict.error(), error.url(), sameServer(error.url(), wanted_));
}

void Session::authenticate(const QUrl&, QAuthenticator* authenticator, const QString&) {
    authenticator->setUser(user_.isEmpty() ? QStringLiteral("nobody") : user_);
    authenticator->setPassword(reach_().proxyPassword);
}

} // namespace gatehouse::browser
