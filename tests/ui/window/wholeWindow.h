// The window as `gatehouse` opens it, with every page, in a home of its own: what the walk over its controls,
// the run in a made-up language and the pictures have in common.
#pragma once

#include <desk/desk.h>
#include <exchange/exchange.h>

#include <QApplication>
#include <QTemporaryDir>
#include <QWidget>
#include <memory>
#include <vector>
#include <window/mainWindow.h>

namespace gatehouse::browser {
class BrowserPanel;
}
namespace gatehouse::live {
class LivePanel;
}

namespace gatehouse::window::testing {

// Before QApplication: no keyring, no home of the person who runs this, Chromium prepared.
class Surroundings {
public:
    Surroundings();
    QString folder() const { return home_.path(); }

private:
    QTemporaryDir home_;
};

inline constexpr QSize pageSize(1280, 720);
inline constexpr int patience = 90'000; // milliseconds; Chromium on a busy machine

class WholeWindow {
public:
    WholeWindow();
    ~WholeWindow();

    desk::Desk& desk() { return *desk_; }
    MainWindow& window() { return *window_; }
    browser::BrowserPanel& browser();
    live::LivePanel& live();

    // Ends the process where there is none: a scene of a window that has no such part says nothing.
    template <class T>
    T& find(const char* name) {
        T* const found = window_->findChild<T*>(QString::fromLatin1(name));
        if (found == nullptr)
            qFatal("no widget %s", name);
        return *found;
    }
    void press(const char* action);
    void check(const char* action, bool on);
    void click(const char* widget);
    void type(const char* line, const QString& text); // over what is there

    // Nothing open that is not a page: no message, no guide, no dialog, no filter, nothing paused.
    void calm();
    void settle(); // laid out, styled, painted

    void openText(const QString& text, const QString& name);
    void openStory();
    // By the tree of the setup page.
    void choose(const char* path, const char* section = "");
    // The lab's own ports, else free ones; waits until it runs.
    void run();
    void stop();
    void logIn(const char* user); // in Chromium, to the service's page
    // As they came from the story's run by HTTP, at times that are the same in each process.
    void tellStory();
    void selectWhoami();

private:
    std::unique_ptr<desk::Desk> desk_;
    std::unique_ptr<MainWindow> window_;
};

const std::vector<exchange::ExchangePtr>& storyAtFixedTimes();

} // namespace gatehouse::window::testing
