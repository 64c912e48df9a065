// Rows of options(): process. Source: oauth2-proxy 7.15's flags and their documentation (oauth2-proxy.md 3).
#include <gate/optionRows.h>

namespace gatehouse::gate {

namespace {

constexpr std::string_view section = "Process";

constexpr OptionRow rows[] = {
    {"config", "", "", OptionType::File, Support::Does, section,
     GH_TEXT("core", "Path of the TOML file that holds the other options."), "", "", "", "", ""},
    {"alpha-config", "", "", OptionType::File, Support::NotYet, section,
     GH_TEXT("core", "Path of a YAML file in the alpha format (providers, headers, upstreams)."), "", "", "",
     "", "the alpha format is not read"},
    {"convert-config-to-alpha", "", "", OptionType::Boolean, Support::NotYet, section,
     GH_TEXT("core", "Print the same configuration in the alpha format and stop."), "", "false", "", "",
     "the alpha format is not written"},
    {"config-test", "", "", OptionType::Boolean, Support::Does, section,
     GH_TEXT("core", "Check the configuration, say whether it is valid, and stop."), "", "false", "", "", ""},
    {"version", "", "", OptionType::Boolean, Support::Does, section,
     GH_TEXT("core", "Print the version and stop."), "", "false", "", "", ""},
};

} // namespace

std::span<const OptionRow> processRows() {
    return rows;
}

} // namespace gatehouse::gate
