// A login page as a driver needs it: forms by id, fields, messages, pictures. Parsed by gumbo, as browsers
// would.
#pragma once

#include <diagnosis/evidence.h>

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

} // namespace gatehouse::rehearsal
