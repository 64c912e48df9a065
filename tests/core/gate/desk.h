// A desk for the gate's tests: a gate of given options, a provider that signs real tokens, and a driver that
// answers what the gate asks.
#pragma once

#include <crypto/jose.h>
#include <gate/gate.h>
#include <gate/loginAttempt.h>
#include <gate/session.h>
#include <gate/state.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace gatehouse::gate::test {

using Json = nlohmann::ordered_json;

inline constexpr std::string_view cookieSecret = "OQINaROshtE9TcZkNAm-5Zs2Pv3xaWytBmc5W7sPX7w=";
inline constexpr std::string_view issuer = "https://keycloak.example/realms/demo";
inline constexpr std::int64_t noon = 1'700'000'000;

class Secrets : public crypto::SecretSource {
public:
    Secrets();
    const crypto::SecretString* find(std::string_view name) const override;
    std::map<std::string, crypto::SecretString, std::less<>> values;
};

// The options of every test, changed by `options`: an object of names and values; null takes one out.
std::vector<lab::Setting> settings(const Json& options);

class Desk {
public:
    explicit Desk(const Json& options);

    bool made() const { return gate != nullptr; }
    std::vector<Problem> problems;
    std::shared_ptr<const Gate> gate;
    std::shared_ptr<GateState> state = makeState();

    // An ID or access token of the provider; `claims` over those of alice.
    std::string token(const Json& claims) const;
    std::string tokenAnswer(const Json& how) const;
    std::string discovery(const Json& changes) const;
    std::string keys() const;
    std::string sessionCookie(const Json& session) const; // name=value; name=value …
    std::string attemptCookie(const LoginAttempt& attempt, const Json& how) const;
    std::string oneOfManyAttempts(const Json& how) const; // {state, age}: under its per-request name

private:
    crypto::PrivateKey key_;
};

// alice, an hour old, without tokens.
Session session(const Json& how);
LoginAttempt attempt();
std::string stateHash();

} // namespace gatehouse::gate::test
