// StatusStrip: what the window always says: the engine's state, the store of secrets in use, what was
// dropped, and the last thing that happened.
#pragma once

#include <desk/desk.h>

#include <QStatusBar>
#include <look/state.h>

class QToolButton;

namespace gatehouse::window {

class StatusStrip : public QStatusBar {
    Q_OBJECT
public:
    explicit StatusStrip(desk::Desk& desk, QWidget* parent = nullptr);

signals:
    void storeClicked();

private:
    void showEngine();
    void showStore();
    void showDropped();

    desk::Desk& desk_;
    look::Badge* engine_;
    QLabel* where_;
    QLabel* dropped_;
    QToolButton* store_;
};

// For badges of the engine's state, wherever one is.
look::Mood moodOf(desk::EngineBridge::State state);
QString nameOf(desk::EngineBridge::State state);

} // namespace gatehouse::window
