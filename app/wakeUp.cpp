#include <app/wakeUp.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace gatehouse::app {

namespace {

constexpr Message noPipe{"no-pipe", GH_TEXT("app", "The system has no file handles left."),
                         GH_TEXT("app", "Close programs, or raise ulimit -n.")};

// All that a signal handler may touch (POSIX: async-signal-safe).
volatile std::sig_atomic_t signalled = 0;
volatile std::sig_atomic_t signalPipe = -1;

void writeByte(int file) {
    const char byte = 0;
    // A full pipe wakes the reader just as well.
    [[maybe_unused]] const ssize_t written = ::write(file, &byte, 1);
}

void onSignal(int) {
    const int keep = errno;
    signalled = 1;
    if (signalPipe >= 0)
        writeByte(signalPipe);
    errno = keep;
}

} // namespace

Result<std::unique_ptr<WakeUp>> WakeUp::create() {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0)
        return fail(noPipe, {}, {}, std::strerror(errno));
    for (const int end : ends) {
        ::fcntl(end, F_SETFL, O_NONBLOCK);
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
    }
    signalled = 0;
    signalPipe = ends[1];
    struct sigaction action{};
    action.sa_handler = onSignal;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    return std::unique_ptr<WakeUp>(new WakeUp(ends[0], ends[1]));
}

WakeUp::~WakeUp() {
    letGo();
    signalPipe = -1;
    ::close(readEnd_);
    ::close(writeEnd_);
}

void WakeUp::notify() {
    writeByte(writeEnd_);
}

void WakeUp::wait(std::chrono::milliseconds atMost) {
    pollfd what{readEnd_, POLLIN, 0};
    ::poll(&what, 1, static_cast<int>(atMost.count()));
    std::array<char, 256> bytes{};
    while (::read(readEnd_, bytes.data(), bytes.size()) > 0) {
    }
}

void WakeUp::letGo() {
    ::signal(SIGINT, SIG_DFL);
    ::signal(SIGTERM, SIG_DFL);
}

bool WakeUp::asked() const {
    return signalled != 0;
}

} // namespace gatehouse::app
