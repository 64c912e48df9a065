// The panel on a desk of its own, in a window, and hands for it.
#pragma once

#include "formsHands.h"

#include <QApplication>
#include <QMainWindow>
#include <QTemporaryDir>
#include <look/actions.h>
#include <look/tokens.h>
#include <memory>

namespace gatehouse::forms {

class DeskFixture : public FormsHands {
public:
    DeskFixture() {
        qputenv("XDG_DATA_HOME", home_.path().toUtf8());
        qputenv("XDG_CONFIG_HOME", home_.path().toUtf8());
        qputenv("HOME", home_.path().toUtf8());
        look::apply(*qobject_cast<QApplication*>(QCoreApplication::instance()), look::Scheme::Light);
        desk = std::make_unique<desk::Desk>();
        window = std::make_unique<QMainWindow>();
        actions = new look::Actions(window.get());
        panel = new FormsPanel(*desk, *actions);
        workspace_ = &desk->workspace;
        window->setCentralWidget(panel);
        window->resize(1280, 720);
        window->show();
        window->activateWindow();
    }
    ~DeskFixture() { window.reset(); }

    void open(std::string_view text) { desk->workspace.openText(desk::qt(text), "test.gatehouse.yaml"); }

    std::unique_ptr<desk::Desk> desk;
    std::unique_ptr<QMainWindow> window;
    look::Actions* actions = nullptr;

private:
    QTemporaryDir home_;
};

} // namespace gatehouse::forms
