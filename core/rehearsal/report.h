// Report: how rehearsals went, for people and for programs. Everything in it has passed the redactor.
#pragma once

#include <diagnosis/verdict.h>
#include <rehearsal/loginDriver.h>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::rehearsal {

using Redact = std::function<std::string(std::string_view)>;

struct Hop {
    int depth = 0; // 0: the client's own; more: sub-requests and back-channel calls below it
    std::string who;
    std::string whom;
    std::string method;
    std::string url;
    int status = 0;
    std::string why;
};

struct RehearsalResult {
    std::string as;
    std::string url;
    std::string expect;
    bool ok = false;
    std::string outcome;
    std::string code;
    std::string text;
    std::string hint;
    std::vector<Hop> hops;
    std::string page;
    std::string upstreamLine; // the request as the service saw it; empty: it saw none
    std::vector<std::pair<std::string, std::string>> upstreamHeaders;
    double seconds = 0;
};

struct Report {
    std::vector<RehearsalResult> results;
    std::vector<std::string> notRehearsed;

    bool asExpected() const;
};

RehearsalResult makeResult(const Scenario& scenario, const Journey& journey, double seconds,
                           const Redact& redact);

std::string reportText(const Report& report);
std::string reportJson(const Report& report); // {version: 1, rehearsals: [...], notRehearsed: [...]}

} // namespace gatehouse::rehearsal
