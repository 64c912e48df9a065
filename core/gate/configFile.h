// oauth2-proxy's TOML file: keys of options(), case ignored; values of several types, as viper and
// mapstructure convert them.
#pragma once

#include <base/error.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::gate {

struct ConfigFile {
    std::map<std::string, std::vector<std::string>, std::less<>> values; // by option
    std::vector<Problem> problems;
};
ConfigFile readConfigFile(std::string_view toml, const std::string& file);

} // namespace gatehouse::gate
