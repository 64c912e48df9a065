// RunControl: Run and Stop, and what hinders them, said in the window's message bar with the button that
// cures it.
#pragma once

#include <desk/desk.h>

#include <QObject>
#include <look/state.h>

namespace gatehouse::window {

class RunControl : public QObject {
    Q_OBJECT
public:
    // What the button of the message bar does; whoever says something with a button there says it here.
    enum class Cure : std::uint8_t { None, FreePorts, ShowProblems, Reload, SaveAs, Undo } cure_ = Cure::None;
    void offer(Cure cure) { cure_ = cure; }

    RunControl(desk::Desk& desk, look::MessageBar& bar, QObject* parent = nullptr);

    // Fetches the lab's secrets, compiles, applies. While something runs: the changes, without an
    // interruption.
    void run();
    void stop();
    // True when what runs is older than the lab on the desk, and the lab could run.
    bool hasChanges() const;

signals:
    void changed();

private:
    void start();
    void refused(const Error& error);
    void act();
    QString labName() const;

    desk::Desk& desk_;
    look::MessageBar& bar_;
    bool anyPort_ = false;
};

} // namespace gatehouse::window
