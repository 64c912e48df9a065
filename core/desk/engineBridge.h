// EngineBridge: the engine, seen from the GUI thread. The engine lives as long as the process; Run and Stop
// are apply(). What it saw arrives here in batches, at most one a frame, by lock and swap: a slow window
// makes batches larger, never more frequent, and what exceeds the bound is dropped and counted by the engine.
#pragma once

#include <engine/engine.h>

#include <QObject>
#include <QString>
#include <QTimer>
#include <memory>

namespace gatehouse::desk {

class EngineBridge : public QObject {
    Q_OBJECT
public:
    enum class State : std::uint8_t { Stopped, Starting, Running, Stopping, Failed };
    Q_ENUM(State)

    // The engine is started at the first run, so that a window opens without waiting for keys and
    // certificates.
    explicit EngineBridge(QObject* parent = nullptr);
    ~EngineBridge() override; // stops gracefully, at most 5 s

    // Whole or not at all: with a running lab, a refused one leaves what ran. `anyFreePort`: every listener
    // takes a free port instead of the lab's own.
    void run(std::shared_ptr<const arrangement::Arrangement> arrangement, bool anyFreePort = false);
    void stop();

    State state() const { return state_; }
    // What runs, and where; null and empty unless Running. A run that was refused is told by `refused`, and
    // this still says what goes on.
    const std::shared_ptr<const arrangement::Arrangement>& running() const { return running_; }
    const engine::Listening& listening() const { return listening_; }
    const Error& lastError() const { return lastError_; } // of the last run(); `what` is null: none

    // For the embedded browser: a loopback CONNECT proxy of this process, there from the first run on
    // whatever lab runs, at the same port even when the engine starts again. Port 0: the engine has not
    // started. Other clients use the lab's own CONNECT listener, which asks for no password.
    struct Proxy {
        QString host;
        quint16 port = 0;
        QString password; // made anew for each process; any user name goes with it
    };
    Proxy proxy() const;
    // The certificate authority of this user, in PEM, for whoever checks the engine's certificates.
    QString authorityPem() const;

    // Null before the first run. For rehearsals, which call it from their own thread.
    engine::Engine* engine() const { return engine_.get(); }
    std::uint64_t dropped() const { return dropped_; } // since the process started

    static constexpr std::chrono::milliseconds frame{16};

signals:
    void stateChanged(gatehouse::desk::EngineBridge::State state);
    void refused(const gatehouse::Error& error); // a run that was not taken; see portHolder for taken ports
    // On the GUI thread. Live exchanges come again under their id.
    void arrived(const gatehouse::engine::Batch& batch);
    void complained(const gatehouse::Error& error); // of the user's state folder

private:
    Result<void> startEngine(bool anyFreePort);
    void setState(State state);
    void finished(Result<engine::Listening> outcome,
                  std::shared_ptr<const arrangement::Arrangement> arrangement);
    void deliver();

    struct Inbox; // shared with the engine's thread: it may outlive this object by a callback
    std::shared_ptr<Inbox> inbox_;
    std::shared_ptr<const crypto::Authority> authority_;
    std::unique_ptr<engine::Engine> engine_;
    bool engineTakesAnyPort_ = false;
    std::shared_ptr<const arrangement::Arrangement> running_;
    engine::Listening listening_;
    Error lastError_;
    QString proxyPassword_;
    quint16 proxyPort_ = 0; // of the engine before, which a new one takes again
    State state_ = State::Stopped;
    std::uint64_t dropped_ = 0;
    std::uint64_t attempt_ = 0; // a stale answer of apply() is dropped by this number
    QTimer frameTimer_;
};

} // namespace gatehouse::desk
