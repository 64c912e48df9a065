// Flags as github.com/spf13/pflag parses them: --name=value, --name value, bare booleans, everything after --
// left alone; lists split as one CSV record.
#pragma once

#include <base/error.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::gate {

struct ParsedFlags {
    std::map<std::string, std::vector<std::string>, std::less<>> values; // by option; scalars have one
    bool help = false;                                                   // --help, -h
    std::vector<Problem> problems; // the first one only, as pflag stops at it; codes begin with "flag-"
};
ParsedFlags parseFlags(const std::vector<std::string>& arguments);

// One record of a CSV file (encoding/csv); nothing, and Go's words, when the quotes do not fit.
Result<std::vector<std::string>> csvRecord(std::string_view line);

} // namespace gatehouse::gate
