// Browser: the embedded Chromium as one object: a view, and the session in it. Every user has a session of
// their own, kept until it is cleared. Make one only when chromiumProblems() has nothing refused and
// useProxy() has been called. GUI thread.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QUrl>
#include <browser/reach.h>
#include <functional>
#include <map>
#include <memory>

class QWebEnginePage;
class QWebEngineView;
class QWidget;

namespace gatehouse::browser {

class Session;

class Browser : public QObject {
    Q_OBJECT
public:
    explicit Browser(QWidget* parent = nullptr);
    ~Browser() override;

    void setReach(Reach reach);
    const Reach& reach() const { return reach_; }
    void setLanguage(const QString& acceptLanguage); // of sessions made from now on

    void show(const QString& user); // its session; made when there is none. Empty: nobody's.
    const QString& user() const { return user_; }
    bool hasSession(const QString& user) const { return sessions_.contains(user); }
    void clear(const QString& user); // all of it: cookies, storage, cache; a shown one starts afresh

    void open(const QUrl& url);
    QUrl url() const;
    bool isLoading() const { return loading_; }

    QWebEngineView& view();
    QWebEnginePage& page();
    // Who gets key and mouse events meant for the page; null: there is no such widget yet.
    QWidget* inputTarget() const;
    void setZoom(double factor);
    // In an isolated world of the page; `done` gets nothing when the page has gone meanwhile.
    void run(const QString& script, std::function<void(const QVariant&)> done);

    enum class Ending : std::uint8_t { Page, Failed, Stopped };

signals:
    void shown(const QString& user);
    void loadStarted();
    // A page stands, whatever its status; or none does, and `why` says so in words. `status`: 0 when Chromium
    // does not say.
    void loadEnded(gatehouse::browser::Browser::Ending ending, int status, const QString& why);
    void urlChanged(const QUrl& url);
    void titleChanged(const QString& title);
    void requested(const QByteArray& method, const QUrl& url); // of the shown session's page
    void certificateRefused(const gatehouse::Error& why, const QUrl& url, bool page);
    void crashed(const QString& why);
    void said(const QString& text);
    void logged(const QString& text); // by a script of the shown page, or of ours in it

private:
    void wire(Session& session);

    Reach reach_;
    QString user_, language_;
    bool loading_ = false;
    std::map<QString, std::unique_ptr<Session>> sessions_;
    QWebEnginePage* shown_ = nullptr; // of a session; asking the view for its page would make one of its own
    QPointer<QWebEngineView> view_;   // goes before the sessions; its parent may have been quicker
};

} // namespace gatehouse::browser
