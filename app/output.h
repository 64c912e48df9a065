// Where a command's product goes.
#pragma once

#include <string>
#include <string_view>

namespace gatehouse::app {

// To the file, whole; never over one that is there unless `force`. An empty name or "-" is standard output.
// Returns an exit status; what went wrong is on standard error.
bool toFile(const std::string& file);
int writeOutput(const std::string& file, std::string_view text, bool force);

} // namespace gatehouse::app
