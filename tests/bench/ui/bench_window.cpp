// What the window feels while requests pour in: a lab runs, a client asks 5,000 times a second over real
// sockets, and every exchange comes through the bridge into the live requests. Prints figures, judges
// nothing.
//
//   bench_window [SECONDS [PER_SECOND]]
#include <desk/desk.h>
#include <desk/text.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <live/livePanel.h>
#include <look/tokens.h>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>
#include <window/mainWindow.h>

using namespace gatehouse;

namespace {

constexpr const char* smallLab =
    "gatehouse: 1\n"
    "listeners:\n"
    "  - {name: http, bind: \"127.0.0.1:0\", public: 80}\n"
    "services:\n"
    "  - {namespace: default, name: whoami, port: 80, runs: embedded}\n"
    "ingresses:\n"
    "  - namespace: default\n"
    "    name: whoami\n"
    "    rules: [{host: whoami.domain.tld, http: {paths: [{path: /, pathType: Prefix, backend: "
    "{service: {name: whoami, port: {number: 80}}}}]}}]\n";

long residentKiB() {
    QFile statm(QStringLiteral("/proc/self/statm"));
    if (!statm.open(QIODevice::ReadOnly))
        return 0;
    return statm.readAll().split(' ').at(1).toLong() * (::sysconf(_SC_PAGESIZE) / 1024);
}

// Asks in bursts of five milliseconds, and reads whatever comes back meanwhile.
class Client {
public:
    Client(std::uint16_t port, int perSecond) : thread_([this, port, perSecond] { ask(port, perSecond); }) {}
    ~Client() {
        stop_ = true;
        thread_.join();
    }
    long asked() const { return asked_; }

private:
    void ask(std::uint16_t port, int perSecond) {
        const int to = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_port = htons(port);
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(to, reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0)
            return;
        const std::string request =
            "GET /path HTTP/1.1\r\nHost: whoami.domain.tld\r\nUser-Agent: bench\r\n\r\n";
        QElapsedTimer clock;
        clock.start();
        std::vector<char> answers(256 * 1024);
        while (!stop_) {
            const long due = clock.elapsed() * perSecond / 1000;
            for (; asked_ < due; ++asked_)
                if (::send(to, request.data(), request.size(), MSG_NOSIGNAL) < 0)
                    stop_ = true;
            timeval patience{0, 5000};
            ::setsockopt(to, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
            while (::recv(to, answers.data(), answers.size(), 0) > 0 &&
                   clock.elapsed() * perSecond / 1000 <= asked_) {
            }
        }
        ::close(to);
    }

    std::atomic<bool> stop_ = false;
    std::atomic<long> asked_ = 0;
    std::thread thread_;
};

struct Gaps {
    std::vector<double> all; // milliseconds between two ticks of the GUI thread
    void print(const char* what) {
        std::sort(all.begin(), all.end());
        std::printf("%-36s p50 %.1f ms   p99 %.1f ms   max %.1f ms   (%zu ticks, goal: max 50 ms)\n", what,
                    all[all.size() / 2], all[all.size() * 99 / 100], all.back(), all.size());
    }
};

Gaps watch(int seconds) {
    Gaps gaps;
    QElapsedTimer since;
    QTimer tick;
    tick.setTimerType(Qt::PreciseTimer);
    QObject::connect(&tick, &QTimer::timeout, [&] {
        gaps.all.push_back(static_cast<double>(since.nsecsElapsed()) / 1e6);
        since.start();
    });
    since.start();
    tick.start(1);
    QEventLoop loop;
    QTimer::singleShot(seconds * 1000, &loop, &QEventLoop::quit);
    loop.exec();
    return gaps;
}

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QTemporaryDir home;
    for (const char* name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"})
        qputenv(name, home.path().toUtf8());
    QApplication application(argc, argv);
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 10, perSecond = argc > 2 ? std::atoi(argv[2]) : 5000;
    desk::Desk desk;
    look::apply(application, look::Scheme::Light);
    window::MainWindow window(desk);
    auto* const live = new live::LivePanel(desk, window.actions());
    window.setRequests(live);
    window.finish();
    window.resize(1280, 720);
    window.show();
    window.showPage(QStringLiteral("requests"));
    desk.workspace.openText(QString::fromLatin1(smallLab), QStringLiteral("bench"));
    desk.workspace.compile();
    desk.engine.run(desk.workspace.arrangement(), true);
    if (!QTest::qWaitFor([&] { return desk.engine.state() == desk::EngineBridge::State::Running; }, 10'000)) {
        std::fprintf(stderr, "%s\n", qPrintable(desk::whole(desk.engine.lastError())));
        return 1;
    }
    Gaps idle = watch(2);
    const long before = residentKiB();
    const long asked = [&] {
        Client client(desk.engine.listening().listeners.front().port, perSecond);
        Gaps busy = watch(seconds);
        idle.print("nothing comes");
        busy.print("requests pour in");
        return client.asked();
    }();
    std::printf("asked %ld times, %.0f a second; listed %zu, made room %llu, not kept up with %llu\n", asked,
                static_cast<double>(asked) / seconds, live->model().total(),
                static_cast<unsigned long long>(live->model().dropped()),
                static_cast<unsigned long long>(desk.engine.dropped()));
    std::printf("captured %.1f MiB of at most %d MiB; resident %.1f MiB before, %.1f MiB after\n",
                static_cast<double>(live->model().bytes()) / (1024 * 1024), desk.settings.captureLimitMiB(),
                static_cast<double>(before) / 1024, static_cast<double>(residentKiB()) / 1024);
    return 0;
}
