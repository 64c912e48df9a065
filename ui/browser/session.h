// Session: one person's browser: an off-the-record profile of its own and the page in it. What one session
// knows (cookies, storage, accepted certificates, the proxy's credentials) no other one does.
#pragma once

#include <QObject>
#include <QUrl>
#include <QWebEngineCertificateError>
#include <QWebEngineLoadingInfo>
#include <QWebEnginePage>
#include <QWebEngineProfile>
#include <QWebEngineUrlRequestInterceptor>
#include <browser/reach.h>
#include <functional>
#include <memory>

namespace gatehouse::browser {

// The page asks nobody modally: what it wants to say is said beside it.
class SessionPage : public QWebEnginePage {
    Q_OBJECT
public:
    using QWebEnginePage::QWebEnginePage;

signals:
    void said(const QString& text);
    void logged(const QString& text); // by a script of the page, or of ours in it

protected:
    void javaScriptAlert(const QUrl& origin, const QString& text) override;
    bool javaScriptConfirm(const QUrl& origin, const QString& text) override;
    bool javaScriptPrompt(const QUrl& origin, const QString& text, const QString& suggested,
                          QString* answer) override;
    void javaScriptConsoleMessage(JavaScriptConsoleMessageLevel, const QString& text, int,
                                  const QString&) override {
        emit logged(text);
    }
};

// Sees every request for a page, each hop of a redirect included. Runs on the GUI thread.
class MainFrameRequests : public QWebEngineUrlRequestInterceptor {
    Q_OBJECT
public:
    using QWebEngineUrlRequestInterceptor::QWebEngineUrlRequestInterceptor;
    void interceptRequest(QWebEngineUrlRequestInfo& info) override;

signals:
    void requested(const QByteArray& method, const QUrl& url);
};

class Session : public QObject {
    Q_OBJECT
public:
    // `reach` is asked each time: it changes with the lab.
    Session(const QString& user, std::function<const Reach&()> reach, QObject* parent);
    ~Session() override;

    const QString& user() const { return user_; }
    SessionPage& page() { return *page_; }
    void setLanguage(const QString& acceptLanguage);

signals:
    void requested(const QByteArray& method, const QUrl& url);
    // `page`: of the page itself, which then does not load; else of something in it.
    void certificateRefused(const gatehouse::Error& why, const QUrl& url, bool page);
    void said(const QString& text);

private:
    void judge(QWebEngineCertificateError error);
    void authenticate(const QUrl& url, QAuthenticator* authenticator, const QString& proxy);

    QString user_;
    std::function<const Reach&()> reach_;
    QUrl wanted_; // the page under way
    std::unique_ptr<MainFrameRequests> requests_;
    std::unique_ptr<QWebEngineProfile> profile_; // goes after its page
    std::unique_ptr<SessionPage> page_;
};

} // namespace gatehouse::browser
