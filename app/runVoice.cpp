#include <algorithm>
#include <app/printProblems.h>
#include <app/runVoice.h>
#include <cstdio>
#include <fmt/core.h>
#include <user/labLoader.h>
#include <user/userState.h>

namespace gatehouse::app {

namespace {

using engine::Listening;

// As a word of a shell.
std::string quoted(const std::string& word) {
    if (word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=,@%+") ==
        std::string::npos)
        return word;
    std::string out = "'";
    for (const char c : word)
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + '\'';
}

std::string address(const Listening::One& one) {
    return one.host.find(':') == std::string::npos ? fmt::format("{}:{}", one.host, one.port)
                                                   : fmt::format("[{}]:{}", one.host, one.port);
}

const Listening::One* listenerOf(const Listening& listening, lab::Listener::Kind kind) {
    const auto found = std::find_if(listening.listeners.begin(), listening.listeners.end(),
                                    [&](const Listening::One& one) { return one.kind == kind; });
    return found == listening.listeners.end() ? nullptr : &*found;
}

class TextVoice final : public RunVoice {
public:
    explicit TextVoice(Detail detail) : detail_(detail) {}

    void running(const std::string& file, const arrangement::Arrangement& arrangement,
                 const Listening& listening) override {
        fmt::print("{} is running\n", arrangement.name);
        printListening(listening);
        printClients(arrangement, listening);
        printUsers(file, arrangement);
        if (!arrangement.notRehearsed.empty())
            fmt::print("not rehearsed here, though a cluster has it:\n");
        for (const std::string& limit : arrangement.notRehearsed)
            fmt::print("  - {}\n", limit);
        fmt::print("Ctrl+C ends it\n");
        std::fflush(stdout);
    }

    void exchange(const exchange::Exchange& exchange, const capture::Redactor& redact) override {
        fmt::print("{}", logLines(exchange, detail_, redact));
        std::fflush(stdout);
    }

    void dropped(std::uint64_t count) override {
        fmt::print(stderr, "{} requests came faster than they could be logged\n", count);
    }

    void applied(const std::string& file, const Listening& listening) override {
        fmt::print("{} has changed and is applied\n", file);
        printListening(listening);
        std::fflush(stdout);
    }

    void refused(const std::string& file, const std::vector<Problem>& problems) override {
        printProblems(problems);
        fmt::print(stderr, "{} has changed and is wrong; the last good arrangement goes on\n", file);
    }

    void stopped() override {
        fmt::print("stopped\n");
        std::fflush(stdout);
    }

private:
    static void printListening(const Listening& listening) {
        for (const Listening::One& one : listening.listeners)
            fmt::print("  {:18} {}{}\n", one.name, address(one),
                       one.publicPort == one.port || one.publicPort == 0
                           ? std::string()
                           : fmt::format("  (in the cluster port {})", one.publicPort));
    }

    static void printClients(const arrangement::Arrangement& arrangement, const Listening& listening) {
        if (const std::string line = curlLine(arrangement, listening); !line.empty())
            fmt::print("try it:\n  {}\n", line);
        if (const auto* proxy = listenerOf(listening, lab::Listener::Kind::Connect))
            fmt::print("a browser: let it use {} as proxy for HTTPS and trust {}\n", address(*proxy),
                       (user::stateFolder() / "ca.pem").string());
    }

    static void printUsers(const std::string& file, const arrangement::Arrangement& arrangement) {
        const auto users = usersOf(arrangement);
        if (!users.empty())
            fmt::print("users:\n");
        for (const LabUser& user : users) {
            fmt::print("  {}:", user.name);
            if (!user.passwordSecret.empty())
                fmt::print(" password by `gatehouse secret {} {}`", quoted(file), user.passwordSecret);
            if (user.oneTimeCode)
                fmt::print(", code by `gatehouse totp {} {}`", quoted(file), user.name);
            fmt::print("\n");
        }
    }

    Detail detail_;
};

LabUser labUser(const realm::User& user) {
    LabUser out{user.username, {}, false};
    for (const realm::Credential& credential : user.credentials) {
        if (credential.type == "password")
            out.passwordSecret = credential.value.name;
        out.oneTimeCode = out.oneTimeCode || credential.type == "otp";
    }
    return out;
}

} // namespace

std::unique_ptr<RunVoice> textVoice(Detail detail) {
    return std::make_unique<TextVoice>(detail);
}

std::vector<LabUser> usersOf(const arrangement::Arrangement& arrangement) {
    std::vector<LabUser> out;
    if (!arrangement.document)
        return out;
    for (const lab::Provider& provider : arrangement.document->lab().providers)
        for (const realm::Realm& realm : provider.realms)
            for (const realm::User& user : realm.users)
                out.push_back(labUser(user));
    return out;
}

std::string curlLine(const arrangement::Arrangement& arrangement, const Listening& listening) {
    const auto* https = listenerOf(listening, lab::Listener::Kind::Https);
    if (https == nullptr || !arrangement.ingress)
        return {};
    const auto hosts = arrangement.ingress->hosts();
    const auto plain = std::find_if(hosts.begin(), hosts.end(), [](const std::string& host) {
        return !host.empty() && !host.starts_with("*");
    });
    if (plain == hosts.end())
        return {};
    const int port = https->publicPort == 0 ? https->port : https->publicPort;
    return fmt::format("curl --cacert {} --connect-to {}:{}:{} https://{}{}/",
                       quoted((user::stateFolder() / "ca.pem").string()), *plain, port, address(*https),
                       *plain, port == 443 ? std::string() : fmt::format(":{}", port));
}

} // namespace gatehouse::app
