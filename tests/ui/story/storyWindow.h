// The whole window, as `gatehouse window` opens it, with a home of its own, and hands for it: keys and clicks
// only. A page's fields are looked for by questions to the page and filled by key and mouse events.
#pragma once

#include <desk/desk.h>

#include <QAbstractButton>
#include <QAction>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>
#include <browser/browserPanel.h>
#include <functional>
#include <live/livePanel.h>
#include <memory>
#include <window/mainWindow.h>

namespace gatehouse::story {

constexpr int patience = 90'000; // Chromium on a busy machine
constexpr int glance = 15'000;

class StoryWindow {
public:
    StoryWindow();
    ~StoryWindow();

    desk::Desk& desk() { return *desk_; }
    window::MainWindow& window() { return *window_; }
    browser::BrowserPanel& browser() { return *browser_; }
    live::ExchangeModel& requests() { return window_->findChild<live::LivePanel*>()->model(); }
    const QTemporaryDir& home() const { return home_; }

    // Pictures for looking at: GATEHOUSE_PICTURES names a folder.
    void picture(const char* name);

    template <class T>
    T* find(const char* name) const {
        T* const found = window_->findChild<T*>(QString::fromLatin1(name));
        if (found == nullptr)
            qFatal("no widget %s", name);
        return found;
    }
    // By the mouse; false: it is not in sight or cannot be pressed.
    bool click(const char* name);
    // An action's own button, or its shortcut.
    bool choose(const char* action);
    bool chooseSession(const QString& user); // with the arrow keys

    // Runs the lab that is open; on free ports when somebody holds its own. True: it runs.
    bool runs();

    QString pageText();
    bool pageSays(const QString& text, int within = patience);
    bool pageHas(const QString& selector, int within = patience);
    // Clicks the field and types; true: the page has it.
    bool type(const QString& selector, const QString& text);
    bool press(const QString& selector); // a button of the page
    void pressReturn();                  // where the focus is

    // Name, password, code: the code is read from the card, where it was uncovered by a click.
    bool logInByHand(const QString& user);
    QString codeOfTheCard(const QString& user);
    QString passwordOf(const QString& user);

    // The newest finished request with this address; -1: none (yet).
    int rowOf(const QString& host, const QString& path, int status);
    bool select(int row); // by a click

private:
    QVariant ask(const QString& script);
    QPoint middleOf(const QString& selector); // of the page's element; null: not in sight

    QTemporaryDir home_;
    std::unique_ptr<desk::Desk> desk_;
    std::unique_ptr<window::MainWindow> window_;
    browser::BrowserPanel* browser_ = nullptr;
};

// A lab as `gatehouse new story` writes it, in a file of that folder.
QString storyLab(const QString& folder);

} // namespace gatehouse::story
