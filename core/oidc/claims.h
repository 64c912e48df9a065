// Claims: the JSON object of a token's payload or of a userinfo answer, read as oauth2-proxy reads it
// (pkg/providers/util/claim_extractor.go): a claim's name is tried literally, then as a dotted path; null
// counts as absent; numbers and booleans become text, objects and lists their JSON text where one text is
// wanted.
#pragma once

#include <base/error.h>

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::oidc {

class Claims {
public:
    Claims(); // none at all
    // Refused: text that is no JSON object (technical: why).
    static Result<Claims> fromJson(std::string_view text);
    // The payload of a compact JWS; nothing is verified.
    static Result<Claims> fromToken(std::string_view token);

    bool has(std::string_view claim) const;
    std::optional<std::string> text(std::string_view claim) const;
    std::optional<std::vector<std::string>> list(std::string_view claim) const; // one value: a list of it
    std::optional<bool> flag(std::string_view claim) const; // 0, "", "false" and what is no boolean: false
    std::optional<double> number(std::string_view claim) const; // JSON numbers only, for NumericDate
    // The type of a top-level claim, in Go's words: "string", "[]interface {}", "json.Number" …; "" if
    // absent.
    std::string type(std::string_view claim) const;
    // A list whose elements are all text; none otherwise.
    std::optional<std::vector<std::string>> texts(std::string_view claim) const;

    const nlohmann::json& json() const { return *json_; }

private:
    std::shared_ptr<const nlohmann::json> json_;
};

// realm_access.roles and resource_access.<client>.roles of a Keycloak access token, as oauth2-proxy writes
// them: "role:admin", "role:whoami:reader". The token is not verified. The error's technical text is the
// original's.
Result<std::vector<std::string>> keycloakRoles(std::string_view accessToken);

} // namespace gatehouse::oidc
