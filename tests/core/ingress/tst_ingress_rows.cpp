// Rules that ordinary requests do not meet: each says that it decided, and from which field of the lab.
#include "arranged.h"

#include <QTest>
#include <algorithm>

using namespace gatehouse;
using namespace gatehouse::tests;

namespace {

constexpr const char* host = "a.test";

lab::ConfigMap configMap(std::string name, const Pairs& data) {
    lab::ConfigMap out;
    out.name = std::move(name);
    for (const auto& [key, value] : data)
        out.data.push_back({key, value, true, {}});
    return out;
}

const exchange::TraceStep* step(const Asked& asked, std::string_view rule) {
    const auto steps = asked.trace.steps();
    const auto found =
        std::find_if(steps.begin(), steps.end(), [rule](const auto& one) { return one.rule->id == rule; });
    return found == steps.end() ? nullptr : &*found;
}

std::vector<std::string> values(const exchange::EditList& edits, std::string_view rule) {
    std::vector<std::string> out;
    for (const exchange::HeadEdit& edit : edits.edits())
        if (edit.rule->id == rule && edit.op != exchange::HeadEdit::Op::Remove)
            out.push_back(std::string(edit.name) + ": " + std::string(edit.value));
    return out;
}

// The service's answer on its way back, as edits.
exchange::EditList finished(const ingress::Ingress& ingress, Asked& asked, const http::Response& upstream) {
    const http::Request request{"GET", "/", {{"Host", host}}, {}};
    exchange::EditList edits(asked.arena);
    ingress.finish(asked.routed, request.view(), {}, asked.outcome, upstream.view(), edits, asked.trace);
    return edits;
}

using Lines = std::vector<std::string>;

} // namespace

class tst_ingress_rows : public QObject {
    Q_OBJECT

private slots:
    void blockedAgentsAndReferers() {
        const auto made =
            make(input({ingressObject("a", host, {}, {path("/", "a")})},
                       {{"block-user-agents", "bad/1,~*evil"}, {"block-referers", "http://spam.test/"}}));
        const ingress::Ingress& i = **made.value;
        const auto status = [&i](const char* field, const char* value) {
            const auto asked = ask(i, http::Request{"GET", "/", {{"Host", host}, {field, value}}, {}});
            const auto* why = step(*asked, "ingress.blocked");
            return why != nullptr && why->from.index >= 900 ? asked->status() : -asked->status();
        };
        QCOMPARE(status("User-Agent", "bad/1"), 403);
        QCOMPARE(status("User-Agent", "some EVIL thing"), 403);
        QCOMPARE(status("User-Agent", "bad/10"), -200);
        QCOMPARE(status("Referer", "http://spam.test/"), 403);
    }

    // satisfy: any: an address that is let in is not asked who it is; others are.
    void satisfyAny() {
        for (const bool inside : {true, false}) {
            const auto made = make(
                input({ingressObject("a", host,
                                     {{"auth-url", "http://auth.test/"},
                                      {"satisfy", "any"},
                                      {"whitelist-source-range", inside ? "192.0.2.0/24" : "10.0.0.0/8"}},
                                     {path("/", "a")})}));
            const auto asked = get(**made.value, host, "/", 401);
            QCOMPARE(step(*asked, "ingress.address-allowed") != nullptr, inside);
            QCOMPARE(asked->routed.subrequest.has_value(), !inside);
            QCOMPARE(asked->status(), inside ? 200 : 401);
        }
    }

    void noAuthLocations() {
        const auto made = make(input({ingressObject("a", host, {{"auth-url", "http://auth.test/"}},
                                                    {path("/", "a"), path("/open", "b")})},
                                     {{"no-auth-locations", "/open"}}));
        const auto open = get(**made.value, host, "/open/x", 401);
        QVERIFY(open->forward() != nullptr);
        const auto* why = step(*open, "ingress.no-auth-location");
        QVERIFY(why != nullptr && why->from.index == 901 && why->detail.starts_with("/open"));
        const auto closed = get(**made.value, host, "/x", 401);
        QCOMPARE(closed->status(), 401);
        QVERIFY(step(*closed, "ingress.no-auth-location") == nullptr);
    }

    void challenge() {
        const auto made =
            make(input({ingressObject("a", host, {{"auth-url", "http://auth.test/"}}, {path("/", "a")})}));
        http::Response auth;
        auth.status = 401;
        auth.headers.add("WWW-Authenticate", "Basic realm=\"a\"");
        auth.headers.add("WWW-Authenticate", "Bearer");
        const http::Request request{"GET", "/", {{"Host", host}}, {}};
        const auto asked = ask(**made.value, request, auth);
        QCOMPARE(asked->page()->headers.view().count("WWW-Authenticate"), std::size_t(2));
        const auto* why = step(*asked, "ingress.auth-challenge");
        QVERIFY(why != nullptr && why->from.index == 101);
        const auto* deciding = exchange::decidingStep(asked->trace.steps());
        QCOMPARE(std::string(deciding->rule->id), std::string("ingress.auth-unauthorized"));
    }

    // proxy-set-headers to the service, add-headers to the client; both name a ConfigMap.
    void headersFromConfigMaps() {
        auto from = input({ingressObject("a", host, {}, {path("/", "a")})},
                          {{"proxy-set-headers", "default/up"}, {"add-headers", "default/down"}});
        from.configMaps = {configMap("up", {{"X-Up", "$host"}}), configMap("down", {{"X-Down", "text"}})};
        const auto made = make(std::move(from));
        QVERIFY(made.problems.empty());
        const auto asked = get(**made.value, host, "/");
        QCOMPARE(values(asked->forward()->requestEdits, "ingress.proxy-set-headers"), Lines{"X-Up: a.test"});
        QCOMPARE(values(finished(**made.value, *asked, {}), "ingress.add-headers"), Lines{"X-Down: text"});
    }

    void replacedFields() {
        const auto made = make(input({ingressObject("a", host,
                                                    {{"proxy-redirect-from", "http://inside/"},
                                                     {"proxy-redirect-to", "https://outside/"},
                                                     {"proxy-cookie-domain", "inside outside"},
                                                     {"proxy-cookie-path", "/in /out"}},
                                                    {path("/", "a")})}));
        const auto asked = get(**made.value, host, "/");
        http::Response upstream;
        upstream.status = 302;
        upstream.headers.add("Location", "http://inside/x?y");
        upstream.headers.add("Set-Cookie", "a=1; Domain=inside; Path=/in/deep; Secure");
        upstream.headers.add("Set-Cookie", "b=2");
        QCOMPARE(values(finished(**made.value, *asked, upstream), "ingress.replaced"),
                 (Lines{"Location: https://outside/x?y",
                        "Set-Cookie: a=1; Domain=outside; Path=/out/deep; Secure", "Set-Cookie: b=2"}));
    }
};

QTEST_GUILESS_MAIN(tst_ingress_rows)
#include "tst_ingress_rows.moc"
