#include <algorithm>
#include <app/exitCodes.h>
#include <app/json.h>
#include <app/printProblems.h>
#include <cstdio>
#include <fmt/core.h>
#include <user/userState.h>

namespace gatehouse::app {

void printError(const Error& error) {
    fmt::print(stderr, "error: {}\n", describe(error));
    if (const std::string advice = hint(error); !advice.empty())
        fmt::print(stderr, "    {}\n", advice);
}

void printProblems(const std::vector<Problem>& problems) {
    for (const Problem& problem : problems) {
        fmt::print(stderr, "{}: {}\n", kindName(problem.kind), describe(problem.error));
        if (const std::string advice = hint(problem.error); !advice.empty())
            fmt::print(stderr, "    {}\n", advice);
    }
}

int failureStatus(const std::vector<Problem>& problems) {
    const bool machine = std::any_of(problems.begin(), problems.end(), [](const Problem& problem) {
        return problem.kind == Problem::Kind::Refused && user::isOfUserState(*problem.error.what);
    });
    return machine ? exitEnvironment : exitLab;
}

} // namespace gatehouse::app
