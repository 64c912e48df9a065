// A login page as a driver needs it: forms by id, fields, messages, pictures. Parsed by gumbo, as browsers
// would.
#pragma once

#include <crypto/secretString.h>
#include <crypto/totp.h>
#include <diagnosis/evidence.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::rehearsal {

struct Input {
    std::string id;
    std::string name;
    std::string type = "text"; // lower case
    std::string value;
    bool checked = false;
};

struct Form {
    std::string id;
    std::string action;         // as written; resolve against the page's URL
    std::string method = "get"; // lower case
    std::vector<Input> inputs;

    const Input* field(std::string_view name) const; // one that a person can fill in; null: none
};

struct Page {
    diagnosis::PageFacts facts;
    std::vector<Form> forms;
    std::vector<std::string> images; // src of <img>
    std::string totpSecret;          // of an enrolment page: the key as Keycloak keeps it; empty elsewhere
    std::string otpauthKey;          // text of #kc-totp-secret-key (base32, blanks)

    const Form* form(std::string_view id) const;
};

Page parsePage(std::string_view html);

// Which page of a login this is, by element ids: texts are translated, and addresses say too little
// (keycloak.md 2.2).
enum class PageKind : std::uint8_t {
    Other,       // of the service, perhaps
    SignIn,      // oauth2-proxy's own page with the provider's button
    Password,    // #kc-form-login: name, password, or both
    OneTimeCode, // #kc-otp-login-form
    Enrolment,   // #kc-totp-settings-form
    Refusal,     // the provider's error page
    OfProvider   // a page of the provider that asks a person for something else
};
struct Recognised {
    PageKind kind = PageKind::Other;
    std::size_t form = 0; // index of Page::forms, where the kind has one
};
Recognised recognise(const Page& page, int status);

// The key that an enrolment page offers, as a person would take it: from the picture, else from the text,
// else from the field that the form sends back (keycloak.md 2.3). `policy` holds for what the page leaves
// out.
struct EnrolmentKey {
    crypto::SecretString key;
    crypto::OtpPolicy policy;
};
std::optional<EnrolmentKey> enrolmentKey(const Page& page, const crypto::OtpPolicy& policy);

} // namespace gatehouse::rehearsal
