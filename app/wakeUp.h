// WakeUp: what a foreground command waits for: a signal to end, something to log, a while gone by.
#pragma once

#include <base/error.h>

#include <chrono>
#include <memory>

namespace gatehouse::app {

class WakeUp {
public:
    // Takes SIGINT and SIGTERM for this process; one object at a time.
    static Result<std::unique_ptr<WakeUp>> create();
    ~WakeUp();
    WakeUp(const WakeUp&) = delete;
    WakeUp& operator=(const WakeUp&) = delete;

    void notify(); // from any thread
    // Returns at a notification, at a signal, or after `atMost`.
    void wait(std::chrono::milliseconds atMost);
    bool asked() const; // a signal asked to end
    int descriptor() const {
        return readEnd_;
    } // readable when there is something, for another loop than wait()
    void letGo(); // a further signal ends the process at once

private:
    WakeUp(int readEnd, int writeEnd) : readEnd_(readEnd), writeEnd_(writeEnd) {}
    int readEnd_;
    int writeEnd_;
};

} // namespace gatehouse::app
