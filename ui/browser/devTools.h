// DevTools: Chromium's own developer tools, docked. One inspector, moved to whichever page is shown; a
// profile of its own, so that it leaves no trace in a user's session.
#pragma once

#include <QPointer>
#include <QWidget>
#include <memory>

class QWebEnginePage;
class QWebEngineProfile;
class QWebEngineView;

namespace gatehouse::browser {

class DevTools : public QWidget {
    Q_OBJECT
public:
    explicit DevTools(QWidget* parent = nullptr);
    ~DevTools() override;

    void inspect(QWebEnginePage* page); // null: nothing; before the inspected page goes

private:
    std::unique_ptr<QWebEngineProfile> profile_; // goes after its page
    std::unique_ptr<QWebEnginePage> tools_;
    QWebEngineView* view_;
    QPointer<QWebEnginePage> inspected_;
};

} // namespace gatehouse::browser
