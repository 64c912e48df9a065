// oauth2-proxy's options: one row for every flag of 7.15, and their values.
//
// Flags, OAUTH2_PROXY_* environment, TOML keys, lab keys, validation, forms, `explain` and export are
// projections of these rows (oauth2-proxy.md section 3).
#pragma once

#include <base/error.h>
#include <base/support.h>
#include <lab/lab.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::gate {

enum class OptionType : std::uint8_t {
    Text,
    TextList,
    Boolean,
    Integer,
    Duration,
    Secret,
    Url,
    Choice,
    File
};

struct OptionRow {
    std::string_view name;        // the flag without dashes: "cookie-secret"
    std::string_view toml;        // key in the file: "cookie_secret", "email_domains"
    std::string_view environment; // "OAUTH2_PROXY_COOKIE_SECRET"
    OptionType type;
    Support support;
    std::string_view section; // the original's grouping: "Cookies"
    std::string_view help;    // plain words
    std::string_view unit;
    std::string_view byDefault;
    std::string_view whenEmpty;
    std::string_view choices;
    std::string_view note; // for Partly and NotYet
};

std::span<const OptionRow> options();
const OptionRow* option(std::string_view name);

// Values by row, defaults filled in where nothing was said.
class Options {
public:
    // Unknown names (with the nearest known one), wrong types, NotYet rows (code "option-not-yet") are
    // problems.
    static Options read(const std::vector<lab::Setting>& settings, const std::function<Place(FieldId)>& place,
                        std::vector<Problem>& problems);

    bool given(std::string_view name) const;
    std::string text(std::string_view name) const;
    std::vector<std::string> list(std::string_view name) const;
    bool flag(std::string_view name) const;
    std::int64_t integer(std::string_view name) const;
    std::chrono::nanoseconds duration(std::string_view name) const; // Go syntax: "1h30m", "168h0m0s"
    crypto::SecretRef secret(std::string_view name) const;
    FieldId from(std::string_view name) const; // none when it is the default
    const std::vector<lab::Setting>& settings() const { return settings_; }

private:
    std::vector<lab::Setting> settings_;
};

// oauth2-proxy's own doors. Precedence: flag, environment, file (corrections 6).
struct CommandLineInput {
    std::vector<std::string> arguments;                           // after the program's name
    std::vector<std::pair<std::string, std::string>> environment; // OAUTH2_PROXY_*
    std::string toml;                                             // text of --config, empty if none
    std::string tomlFile;
};
struct CommandLineOutput {
    std::vector<lab::Setting> settings;                       // secrets by name; their values apart
    std::vector<std::pair<std::string, std::string>> secrets; // name, value
};
// Problems of flags have codes that begin with "flag-": oauth2-proxy prints its usage and ends with 2;
// everything else ends with 1.
Checked<CommandLineOutput> readCommandLine(const CommandLineInput& input);

// The flags of the program itself; whoever runs it acts on them and reads the file that `config` names.
struct ProcessFlags {
    bool help = false;
    bool version = false;
    bool configTest = false;
    bool convertToAlpha = false;
    std::string config;
    std::string alphaConfig;
};
ProcessFlags readProcessFlags(const std::vector<std::string>& arguments);

} // namespace gatehouse::gate
