// Redactor: the one maker of texts that may leave. Every exit (log, report, HAR, session file, manifest)
// takes only what has passed it.
//
// Two nets: a ledger of this run's secret values (as they are, percent-encoded, base64), and the places in
// which HTTP carries secrets (cookies, authorization fields, tokens in JSON, secret query and form
// parameters, anything shaped like a JWT). Values become "…"; names stay, so that a reader still sees that a
// cookie was there.
#pragma once

#include <crypto/secretSource.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::capture {

inline constexpr std::string_view redacted = "…";

class Redactor {
public:
    Redactor() = default;
    // Names whose values are unknown are passed over.
    Redactor(const crypto::SecretSource& secrets, const std::vector<std::string>& names);

    // A value that turned up during the run (a key enrolled, a token). Short ones (under 4 bytes) are not
    // learned: they would take words out of every text.
    void learn(const crypto::SecretString& value);

    std::string operator()(std::string_view text) const;

private:
    void learnForms(std::string_view value);

    std::vector<crypto::SecretString> ledger_; // longest first
};

// Header fields and parameters whose values are secrets wherever they stand. Lower case.
bool isSecretField(std::string_view name);
bool isSecretParameter(std::string_view name);

} // namespace gatehouse::capture
