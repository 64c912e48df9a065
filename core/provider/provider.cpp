#include <base/ascii.h>
#include <provider/endpoints.h>
#include <provider/ids.h>
#include <provider/page.h>
#include <provider/preview.h>
#include <provider/problems.h>
#include <provider/provider.h>
#include <provider/router.h>
#include <provider/rules.h>
#include <provider/tokens.h>

namespace gatehouse::provider {
namespace {

using exchange::Outcome;

constexpr Message unknownMapper{
    "provider-mapper-unknown",
    GH_TEXT("core", "the protocol mapper \"{mapper}\" of kind {kind} adds nothing to tokens here"),
    GH_TEXT("core", "a real Keycloak would apply it; take another kind, or compare there")};

std::string withoutSlash(std::string_view path) {
    while (path.ends_with('/'))
        path.remove_suffix(1);
    return std::string(path);
}

RealmState& stateOf(ProviderState& state, const std::string& realm, crypto::Entropy& entropy) {
    auto& out = state.realms[realm];
    if (out.hmacKey.empty()) {
        out.hmacKey = entropy.bytes(64);
        out.hmacKeyId = newUuid(entropy);
        out.aesKey = entropy.bytes(32);
        out.aesKeyId = newUuid(entropy);
    }
    return out;
}

void warnOfMappers(const std::vector<realm::ProtocolMapper>& mappers,
                   const std::function<Place(FieldId)>& place, std::vector<Problem>& problems) {
    for (const auto& mapper : mappers)
        if (mapper.protocol == "openid-connect" && !isKnownMapper(mapper.protocolMapper))
            problems.push_back({Problem::Kind::Warning,
                                {&unknownMapper,
                                 {{"mapper", mapper.name}, {"kind", mapper.protocolMapper}},
                                 place(mapper.from),
                                 {}}});
}

} // namespace

class EmbeddedProvider final : public Provider {
public:
    EmbeddedProvider(Input input, const crypto::SecretSource& secrets,
                     const std::function<Place(FieldId)>& place, std::vector<Problem>& problems)
        : url(std::move(input.url)), issuerFollowsHost(input.issuerFollowsHost),
          basePath(withoutSlash(url.path())),
          nobody({.realm = "master", .displayName = "Keycloak"}, secrets, place, problems) {
        for (auto& realm : input.realms) {
            warnOfMappers({}, place, problems);
            for (const auto& client : realm.clients)
                warnOfMappers(client.protocolMappers, place, problems);
            for (const auto& scope : realm.clientScopes)
                warnOfMappers(scope.protocolMappers, place, problems);
            const std::string name = realm.realm;
            const Place at = place(realm.from);
            if (!realms.try_emplace(name, std::move(realm), secrets, place, problems).second)
                problems.push_back({Problem::Kind::Refused, realmTwice(name, at)});
        }
    }

    // scheme://authority of every link: the front end's, or the request's own (start-dev).
    std::string originFor(const RealmModel& realm, const http::RequestView* request, bool tls) const {
        if (!realm.data().frontendUrl.empty())
            if (const auto front = http::parseUrl(realm.data().frontendUrl))
                return front->origin();
        if (!issuerFollowsHost || request == nullptr || request->host().empty())
            return url.origin();
        return std::string(tls ? "https://" : "http://") + std::string(request->host());
    }

    Visit visit(const RealmModel& realm, RealmState& state, Env& env,
                const http::RequestView& request) const {
        Visit out{.env = env,
                  .request = request,
                  .realm = realm,
                  .state = state,
                  .origin = originFor(realm, &request, env.tls),
                  .basePath = basePath,
                  .query = http::parseForm(request.query())};
        out.https = env.tls;
        if (out.hasForm())
            out.form = http::parseForm(request.body);
        out.now = env.now.unixSeconds();
        out.cookies.path = out.realmPath() + "/";
        const auto scheme = out.origin.substr(0, out.origin.find(':'));
        const auto host = http::parseAuthority(request.host());
        const std::string_view rawHost = request.host().substr(
            0, request.host().starts_with('[') ? request.host().find(']') + 1 : request.host().find(':'));
        out.cookies.secure =
            isSecureContext(scheme, host ? rawHost : std::string_view{}, request.headers.get("User-Agent"));
        return out;
    }

    http::Url url;
    bool issuerFollowsHost;
    std::string basePath;
    std::map<std::string, RealmModel, std::less<>> realms;
    RealmModel nobody; // for answers that belong to no realm
};

namespace {

const EmbeddedProvider& self(const Provider& provider) {
    return static_cast<const EmbeddedProvider&>(provider);
}

// Quarkus refuses what is not in normal form before any resource sees it.
std::optional<std::pair<std::string_view, std::string_view>> pathRefusal(std::string_view path) {
    if (path.find(';') != std::string_view::npos)
        return std::pair("invalidCharacter", "Request path contains invalid character ';'");
    for (std::size_t i = 0; i + 2 < path.size(); ++i) {
        if (path[i] != '%')
            continue;
        const auto byte = http::percentDecode(path.substr(i, 3));
        if (byte && (asciiAlpha((*byte)[0]) || asciiDigit((*byte)[0]) ||
                     std::string_view("-._~").find((*byte)[0]) != std::string_view::npos))
            return std::pair("missingNormalization", "Request path not normalized");
    }
    if (path.find("//") != std::string_view::npos || path.find("/../") != std::string_view::npos ||
        path.find("/./") != std::string_view::npos || path.ends_with("/..") || path.ends_with("/."))
        return std::pair("missingNormalization", "Request path not normalized");
    return std::nullopt;
}

bool wellEscaped(std::string_view text) {
    for (auto at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1))
        if (!http::percentDecode(text.substr(at, 3)))
            return false;
    return true;
}

// Answers outside every realm.
void answerElsewhere(Visit& visit, std::string_view path) {
    visit.reply.securityHeaders = false;
    if (const auto refusal = pathRefusal(path)) {
        visit.trace(rule::notFound, Outcome::Denied, path);
        setJson(visit.reply, 400, errorJson(refusal->first, refusal->second));
        visit.reply.contentType = "application/json; charset=UTF-8";
        return;
    }
    const bool html = wantsHtml(visit.request);
    const bool root = path == "/" || path.empty();
    if (root || path == "/admin" || path == "/admin/") {
        if (!html && root) {
            visit.trace(rule::notFound, Outcome::Denied, "Accept");
            return setJson(visit.reply, 406,
                           errorJson("The accept header value did not match the value in @Produces"));
        }
        visit.reply.securityHeaders = true;
        visit.trace(rule::metadata, Outcome::Answered, path);
        return setRedirect(visit.reply,
                           visit.origin + visit.basePath + (root ? "/admin/" : "/admin/master/console/"));
    }
    if (path.starts_with("/admin/") && path.ends_with("/console")) {
        visit.reply.securityHeaders = true;
        visit.reply.caching = Reply::Caching::NoCache;
        visit.trace(rule::metadata, Outcome::Answered, path);
        return setRedirect(visit.reply, visit.origin + visit.basePath + std::string(path) + "/");
    }
    visit.trace(rule::notFound, Outcome::Denied, path);
    if (html)
        return notFoundPage(visit);
    setJson(visit.reply, 404, errorJson("Unable to find matching target resource method"));
}

void answerUnknownRealm(Visit& visit) {
    visit.trace(rule::notFound, Outcome::Denied, visit.request.path());
    if (wantsHtml(visit.request))
        return notFoundPage(visit);
    setJson(visit.reply, 404, errorJson("Realm does not exist"));
}

struct Target {
    std::optional<std::string> realm;
    std::string path; // below the realm
};

// "/realms/{realm}…", and RFC 8414's form, which puts the well-known part first.
Target targetOf(std::string_view path) {
    constexpr std::string_view wellKnown = "/.well-known/";
    if (path.starts_with(wellKnown)) {
        const auto realms = path.find("/realms/");
        const auto document = path.substr(0, realms);
        if (realms == std::string_view::npos)
            return {};
        const auto name = http::percentDecode(path.substr(realms + 8));
        const bool known = document == "/.well-known/oauth-authorization-server";
        return {name, known ? std::string(document) : "/.well-known/nothing"};
    }
    if (!path.starts_with("/realms/") || path.size() == 8)
        return {};
    const auto rest = path.substr(8);
    const auto slash = rest.find('/');
    return {http::percentDecode(rest.substr(0, slash)),
            slash == std::string_view::npos ? "" : withoutSlash(rest.substr(slash))};
}

} // namespace

std::shared_ptr<ProviderState> makeState(std::shared_ptr<KeyStore> keys) {
    auto out = std::make_shared<ProviderState>();
    out->keys = std::move(keys);
    return out;
}

Checked<std::shared_ptr<const Provider>> Provider::make(Input input, const crypto::SecretSource& secrets,
                                                        const std::function<Place(FieldId)>& place) {
    Checked<std::shared_ptr<const Provider>> out;
    auto made = std::make_shared<EmbeddedProvider>(std::move(input), secrets, place, out.problems);
    if (!anyRefused(out.problems))
        out.value = std::move(made);
    return out;
}

exchange::Answer Provider::handle(const http::RequestView& request, Env& env) const {
    const auto& own = self(*this);
    auto path = request.path();
    const bool below = path.starts_with(own.basePath);
    path = below ? path.substr(own.basePath.size()) : std::string_view{"/nothing"};
    RealmState none;
    const auto target = pathRefusal(path) ? Target{} : targetOf(path);
    const auto at = target.realm ? own.realms.find(*target.realm) : own.realms.end();
    const bool known = at != own.realms.end();
    Visit visit = own.visit(known ? at->second : own.nobody,
                            known ? stateOf(env.state, at->first, env.entropy) : none, env, request);
    // Vert.x stops at a broken escape in the address, RESTEasy at one in a form (corrections 18, 63).
    if (!wellEscaped(request.query())) {
        visit.reply.securityHeaders = false;
        visit.reply.status = 400;
        visit.trace(rule::requestInvalid, Outcome::Denied, "percent-encoding");
    } else if (known && visit.hasForm() && !wellEscaped(request.body)) {
        visit.trace(rule::requestInvalid, Outcome::Failed, "percent-encoding");
        internalErrorPage(visit);
    } else if (known)
        route(visit, target.path);
    else if (target.realm)
        answerUnknownRealm(visit);
    else
        answerElsewhere(visit, path);
    return {finish(visit.reply, request), std::move(visit.afterwards)};
}

const http::Url& Provider::url() const {
    return self(*this).url;
}

std::string Provider::issuer(std::string_view realm) const {
    const auto& own = self(*this);
    const auto at = own.realms.find(realm);
    const auto& model = at == own.realms.end() ? own.nobody : at->second;
    return own.originFor(model, nullptr, true) + own.basePath + "/realms/" + http::percentEncode(realm);
}

Result<Provider::Preview> Provider::preview(std::string_view realm, std::string_view clientId,
                                            std::string_view username, std::string_view scope,
                                            const Now& now) const {
    const auto& own = self(*this);
    const auto at = own.realms.find(realm);
    if (at == own.realms.end())
        return std::unexpected(noSuchRealm(realm));
    const auto* client = at->second.client(clientId);
    if (client == nullptr)
        return std::unexpected(noSuchClient(clientId));
    const auto* user = at->second.user(username);
    if (user == nullptr)
        return std::unexpected(noSuchUser(username));
    // A state of its own: a preview leaves no trace in the real one, and draws nothing from its entropy.
    const auto entropy = crypto::systemEntropy();
    ProviderState state;
    Arena arena;
    exchange::Trace trace(arena);
    Env env{.now = now,
            .entropy = *entropy,
            .state = state,
            .peerAddress = "127.0.0.1",
            .arena = arena,
            .trace = trace};
    const http::Request request;
    const auto view = request.view();
    Visit visit = own.visit(at->second, stateOf(state, at->first, *entropy), env, view);
    visit.client = client;
    return previewOf(visit, *user, scope);
}

} // namespace gatehouse::provider
