// The doors by which secrets leave: each is one that a person opens, or one without which a login cannot be.
// Every other way out (log, report, JSON, error) takes only what has passed capture::Redactor.
#pragma once

#include <span>
#include <string_view>

namespace gatehouse::app {

struct ExitRow {
    std::string_view door; // stable, kebab-case
    std::string_view what;
    std::string_view toWhom;
    std::string_view code; // the one file that opens it
};
std::span<const ExitRow> exits();

} // namespace gatehouse::app
