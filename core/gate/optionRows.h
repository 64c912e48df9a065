// The rows of options(), one file a section of the original's documentation.
#pragma once

#include <base/message.h>
#include <gate/options.h>

namespace gatehouse::gate {

std::span<const OptionRow> processRows();
std::span<const OptionRow> proxyRows();
std::span<const OptionRow> accessRows();
std::span<const OptionRow> cookiesRows();
std::span<const OptionRow> sessionRows();
std::span<const OptionRow> headerRows();
std::span<const OptionRow> providerRows();
std::span<const OptionRow> serverRows();
std::span<const OptionRow> pageRows();

// A row, or a value of an option, that is known and not there yet. Args: option, note.
inline constexpr Message optionNotYet{
    "option-not-yet", GH_TEXT("core", "{option} is known, and not there yet: {note}"),
    GH_TEXT("core", "Take it out, or go on without it by `--tolerate {option}`.")};

// A flag of the process itself (config, version, config-test …): never part of a gate's settings.
bool isProcessOption(std::string_view name);

} // namespace gatehouse::gate
