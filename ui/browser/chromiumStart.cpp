#include <QByteArray>
#include <QCoreApplication>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QStorageInfo>
#include <QString>
#include <browser/chromiumStart.h>
#include <cstring>
#include <string>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace gatehouse::browser {

namespace {

constexpr const char* flagsName = "QTWEBENGINE_CHROMIUM_FLAGS";
constexpr const char* noSandboxName = "QTWEBENGINE_DISABLE_SANDBOX";
constexpr const char* sharedMemory = "/dev/shm";
constexpr qint64 enoughSharedMemory = 128 * 1024 * 1024; // containers give 64 MiB, and pages crash in them
constexpr const char* proxyFlag = "--proxy-server=127.0.0.1:";

constexpr Message rootNeedsNoSandbox{
    "browser-root-sandbox",
    GH_TEXT("browser", "The embedded browser does not start for the root user, because Chromium's sandbox "
                       "cannot hold root."),
    GH_TEXT("browser",
            "Start Gatehouse as an ordinary user. In a container of your own, where only lab pages "
            "are opened, add --no-browser-sandbox.")};
constexpr Message noSandbox{
    "browser-no-sandbox",
    GH_TEXT("browser", "The embedded browser runs without its sandbox: open nothing but pages of the lab."),
    ""};
constexpr Message smallSharedMemory{
    "browser-small-shm",
    GH_TEXT("browser",
            "/dev/shm has only {size} MiB, so the embedded browser keeps its pictures in temporary "
            "files, which is slower."),
    GH_TEXT("browser", "Give the container more, for instance: docker run --shm-size=512m")};
constexpr Message otherProxy{
    "browser-other-proxy",
    GH_TEXT("browser", "The engine's proxy for the browser is at port {now} now, and the browser knows only "
                       "{before}."),
    GH_TEXT("browser", "Start Gatehouse again; another program has taken the old port.")};

bool isRoot() {
#ifdef Q_OS_UNIX
    return geteuid() == 0;
#else
    return false;
#endif
}

// -1: there is none, so nothing is small.
qint64 sharedMemorySize() {
    if (!QFileInfo(QLatin1String(sharedMemory)).isDir())
        return -1;
    const QStorageInfo storage{QString::fromLatin1(sharedMemory)};
    return storage.isValid() ? storage.bytesTotal() : -1;
}

bool isSharedMemorySmall() {
    const qint64 size = sharedMemorySize();
    return size >= 0 && size < enoughSharedMemory;
}

QByteArray ownFlags() {
    QByteArray flags = "--log-level=3 --disable-logging";
    if (qgetenv("QT_QUICK_BACKEND") == "software")
        flags += " --disable-gpu";
    if (isSharedMemorySmall())
        flags += " --disable-dev-shm-usage";
    return flags;
}

} // namespace

void prepareChromium(const ChromiumWishes& wishes) {
    // Chromium's start would print a page of its own settings; QT_LOGGING_RULES of the environment still
    // wins.
    QLoggingCategory::setFilterRules(QStringLiteral("qt.webenginecontext*=false"));
    QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
    qunsetenv("QTWEBENGINE_REMOTE_DEBUGGING");
    // Without OpenGL, QtQuick's own renderer crashes unless it is told to draw by itself.
    if (wishes.softwareRendering || qgetenv("QT_XCB_GL_INTEGRATION") == "none")
        qputenv("QT_QUICK_BACKEND", "software");
    if (!wishes.sandbox)
        qputenv(noSandboxName, "1");
    qputenv(flagsName, ownFlags());
}

std::vector<Problem> chromiumProblems() {
    std::vector<Problem> out;
    const bool sandboxOff = qgetenv(noSandboxName) == "1";
    if (isRoot() && !sandboxOff)
        out.push_back({Problem::Kind::Refused, fail(rootNeedsNoSandbox).error()});
    if (sandboxOff)
        out.push_back({Problem::Kind::Warning, fail(noSandbox).error()});
    if (isSharedMemorySmall())
        out.push_back({Problem::Kind::Warning,
                       fail(smallSharedMemory, {{"size", std::to_string(sharedMemorySize() / (1024 * 1024))}})
                           .error()});
    return out;
}

Result<void> useProxy(std::uint16_t port) {
    const QByteArray flags = qgetenv(flagsName);
    const auto at = flags.indexOf(proxyFlag);
    if (at >= 0) {
        const QByteArray before =
            flags.mid(at + static_cast<qsizetype>(std::strlen(proxyFlag))).split(' ').first();
        if (before == QByteArray::number(port))
            return {};
        return fail(otherProxy, {{"now", std::to_string(port)}, {"before", before.toStdString()}});
    }
    qputenv(flagsName,
            ownFlags() + ' ' + proxyFlag + QByteArray::number(port) + " --proxy-bypass-list=<-loopback>");
    return {};
}

} // namespace gatehouse::browser
