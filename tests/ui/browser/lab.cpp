#include "lab.h"

#include <lab/templates.h>

#include <QFile>
#include <browser/chromiumStart.h>
#include <cstdio>
#include <cstdlib>
#include <unistd.h>
#include <user/labLoader.h>
#include <user/userState.h>

namespace gatehouse::browser::testing {

namespace {

[[noreturn]] void giveUp(const std::string& why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    std::abort();
}

constexpr const char* morePeople = R"(          - username: carol
            enabled: true
            email: carol@domain.tld
            emailVerified: true
            firstName: Carol
            lastName: Example
            groups: [/oauth2-proxy]
            requiredActions: [CONFIGURE_TOTP]
            credentials: [{type: password, value: {secret: carol-password}}]
          - username: dave
            enabled: true
            email: dave@domain.tld
            emailVerified: true
            firstName: Dave
            lastName: Example
            groups: [/oauth2-proxy]
            requiredActions: [UPDATE_PASSWORD]
            credentials: [{type: password, value: {secret: dave-password}}]
)";

} // namespace

std::string labText() {
    for (const lab::Template& one : lab::templates())
        if (one.name == "story") {
            std::string text(one.text);
            const std::string mark = "          - username: bob";
            const auto at = text.find(mark);
            if (at == std::string::npos)
                giveUp("the story has no bob");
            return text.insert(at, morePeople);
        }
    giveUp("there is no story");
}

Surroundings::Surroundings() {
    const QByteArray home = home_.path().toLocal8Bit();
    for (const char* name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
        qputenv(name, home);
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:");
    prepareChromium({true, geteuid() != 0});
}

RunningLab::RunningLab() {
    const QString file = folder_.filePath(QStringLiteral("story.gatehouse.yaml"));
    QFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(QByteArray::fromStdString(labText())) <= 0)
        giveUp("the lab cannot be written");
    out.close();
    auto loaded = user::loadLab(file.toStdString(), {});
    if (!loaded.value)
        giveUp(describe(loaded.problems.front().error));
    arrangement_ = loaded.value->arrangement;
    auto authority = user::userAuthority();
    if (!authority)
        giveUp(describe(authority.error()));
    authorityPem_ = (*authority)->certificatePem();
    engine::EngineOptions options;
    options.authority = *authority;
    options.anyFreePort = true;
    options.ownProxy = engine::EngineOptions::OwnProxy{0, proxyPassword};
    auto started = engine::Engine::start(std::move(options), [this] { recorder_.wake(); });
    if (!started)
        giveUp(describe(started.error()));
    engine_ = std::move(*started);
    if (auto listening = engine::applyAndWait(*engine_, arrangement_); !listening)
        giveUp(describe(listening.error()));
}

rehearsal::Scenario RunningLab::scenario(const char* user) const {
    return {user, *http::parseUrl(whoami), "allowed", {}};
}

rehearsal::Person RunningLab::person(const char* user) const {
    return rehearsal::personOf(*arrangement_, scenario(user));
}

} // namespace gatehouse::browser::testing
