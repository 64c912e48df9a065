// Verdicts: how a visit ended, why, and what to do. One table; the first row whose detector finds its
// evidence counts.
#pragma once

#include <base/error.h>
#include <diagnosis/evidence.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace gatehouse::diagnosis {

enum class VerdictOutcome : std::uint8_t {
    Allowed, // the protected service answered the wanted address
    Denied,  // somebody rightly said no: a wrong password, a missing group
    Failed   // something is broken or set up wrongly
};
std::string_view name(VerdictOutcome outcome); // "allowed", "denied", "failed"

struct VerdictRow {
    VerdictOutcome outcome;
    Message message; // code, text, hint; arguments in braces
};
std::span<const VerdictRow> verdicts();
const VerdictRow* verdict(std::string_view code);

struct Verdict {
    const VerdictRow* row = nullptr; // never null
    std::map<std::string, std::string> args;

    std::string_view code() const { return row->message.code; }
    std::string text() const;
    std::string hint() const;
};

Verdict judge(const Evidence& evidence);

// "allowed" | "denied" | "failed" | a verdict's code.
bool matches(const Verdict& verdict, std::string_view expectation);
bool isExpectation(std::string_view text);

} // namespace gatehouse::diagnosis
