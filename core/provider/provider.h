// Provider: an embedded OpenID provider that answers as Keycloak 26.7 does, at Keycloak's URLs, with pages
// that carry Keycloak's element ids and form fields (keycloak.md sections 2 and 3, corrections).
//
// Immutable; sessions, codes, keys, failed logins live in ProviderState, beside the arrangement by provider
// name, and survive a swap. Used from the engine thread only.
#pragma once

#include <base/now.h>
#include <crypto/entropy.h>
#include <exchange/answer.h>
#include <exchange/trace.h>
#include <http/head.h>
#include <http/url.h>
#include <realm/realm.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::provider {

struct ProviderState; // provider/state.h
class KeyStore;       // provider/state.h: keeps the realms' RSA keys as PEM for the next start
std::shared_ptr<ProviderState> makeState(std::shared_ptr<KeyStore> keys = nullptr);

// A user event as Keycloak records it: type, error, details (keycloak.md 1.13). Diagnosis reads them.
struct Event {
    Now when;
    std::string realm;
    std::string type; // "LOGIN_ERROR"
    std::string error;
    std::string clientId;
    std::string username;
    std::string userId;    // empty: nobody was identified
    std::string sessionId; // empty: no session is concerned
    std::string ipAddress;
    std::vector<std::pair<std::string, std::string>> details;
};

struct Env {
    Now now;
    crypto::Entropy& entropy;
    ProviderState& state;
    std::string_view peerAddress;
    bool tls = true; // of the connection (or what X-Forwarded-Proto is trusted to say)
    Arena& arena;
    exchange::Trace& trace;
    std::vector<Event>* events = nullptr; // appended to
};

class Provider {
public:
    struct Input {
        std::string name;
        http::Url url;                  // public address; path allowed (relative path of the server)
        bool issuerFollowsHost = false; // start-dev without hostname: issuer is what the client called it
        std::vector<realm::Realm> realms;
    };
    static Checked<std::shared_ptr<const Provider>> make(Input input, const crypto::SecretSource& secrets,
                                                         const std::function<Place(FieldId)>& place);

    // Answers at once; back-channel logouts are in Answer::afterwards. `request.body` must be whole.
    exchange::Answer handle(const http::RequestView& request, Env& env) const;

    const http::Url& url() const;
    std::string issuer(std::string_view realm) const;

    // The claims that this client would get for this user, by the code that issues tokens (token preview).
    struct Preview {
        enum class Part : std::uint8_t { AccessToken, IdToken, Userinfo };
        struct Maker { // of a claim: a claim without one is made by the protocol itself
            Part part = Part::AccessToken;
            std::string claim;  // its top-level name
            std::string mapper; // the mapper's name
            std::string scope;  // the client scope that it stands in; empty: the client's own
            FieldId from;       // none: built in
        };
        std::string accessToken; // JSON of the payload
        std::string idToken;
        std::string userinfo;
        std::vector<Maker> makers; // in the order in which the mappers ran
    };
    Result<Preview> preview(std::string_view realm, std::string_view clientId, std::string_view username,
                            std::string_view scope, const Now& now) const;

    virtual ~Provider() = default;

protected:
    Provider() = default; // only make() makes one
};

std::span<const exchange::RuleRow> rules();
std::span<const exchange::DifferenceRow> differences();

} // namespace gatehouse::provider
