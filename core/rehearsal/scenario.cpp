#include <diagnosis/verdict.h>
#include <rehearsal/scenario.h>

namespace gatehouse::rehearsal {

namespace {

constexpr Message nothingToRehearse{"nothing-to-rehearse",
                                    GH_TEXT("core", "The lab has no rehearsals, and none was asked for."),
                                    GH_TEXT("core", "Add `rehearsals:` to the lab, or use --as USER.")};
constexpr Message unknownExpectation{
    "unknown-expectation", GH_TEXT("core", "{expect} is no outcome and no verdict code."),
    GH_TEXT("core",
            "Use allowed, denied, failed or a code; `gatehouse explain --list verdicts` shows them.")};
constexpr Message noAddress{"no-address", GH_TEXT("core", "The lab has no ingress host to visit."),
                            GH_TEXT("core", "Use --url URL.")};
constexpr Message notServedHere{"url-not-served",
                                GH_TEXT("core", "Nothing in this lab answers under {host}."),
                                GH_TEXT("core", "Use a host of the lab's ingresses or providers.")};
constexpr Message unknownUser{"no-such-user", GH_TEXT("core", "No realm of this lab has the user {user}."),
                              GH_TEXT("core", "Use a user of the lab.")};

Result<http::Url> firstAddress(const arrangement::Arrangement& arrangement) {
    const lab::Lab& lab = arrangement.document->lab();
    if (!lab.rehearsals.empty())
        return lab.rehearsals.front().url;
    for (const lab::IngressObject& object : lab.ingresses)
        for (const lab::IngressRule& rule : object.rules)
            if (!rule.host.empty() && !rule.host.starts_with("*"))
                return http::parseUrl((object.tls.empty() ? "http://" : "https://") + rule.host + "/");
    return fail(noAddress);
}

bool knowsUser(const lab::Lab& lab, std::string_view name) {
    for (const lab::Provider& provider : lab.providers)
        for (const realm::Realm& realm : provider.realms)
            for (const realm::User& user : realm.users)
                if (user.username == name)
                    return true;
    return false;
}

Result<Scenario> wished(const arrangement::Arrangement& arrangement, const Wish& wish) {
    Scenario scenario;
    scenario.as = wish.as.value_or("");
    scenario.expect = wish.expect.value_or(wish.as ? "allowed" : "not-signed-in");
    auto url = wish.url ? http::parseUrl(*wish.url) : firstAddress(arrangement);
    if (!url)
        return std::unexpected(url.error());
    scenario.url = std::move(*url);
    if (!scenario.as.empty() && !knowsUser(arrangement.document->lab(), scenario.as))
        return fail(unknownUser, {{"user", scenario.as}});
    if (!arrangement.isLabName(scenario.url.host))
        return fail(notServedHere, {{"host", scenario.url.host}});
    return scenario;
}

} // namespace

Result<std::vector<Scenario>> scenarios(const arrangement::Arrangement& arrangement, const Wish& wish) {
    std::vector<Scenario> out;
    if (wish.as || wish.url || wish.expect) {
        auto one = wished(arrangement, wish);
        if (!one)
            return std::unexpected(one.error());
        out.push_back(std::move(*one));
    } else {
        for (const lab::Rehearsal& rehearsal : arrangement.document->lab().rehearsals)
            out.push_back({rehearsal.as, rehearsal.url, rehearsal.expect, rehearsal.with});
    }
    for (const Scenario& scenario : out)
        if (!diagnosis::isExpectation(scenario.expect))
            return fail(unknownExpectation, {{"expect", scenario.expect}});
    if (out.empty())
        return fail(nothingToRehearse);
    return out;
}

} // namespace gatehouse::rehearsal
