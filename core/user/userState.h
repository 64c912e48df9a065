// What one user keeps between runs: the seed of generated secrets and the certificate authority, both 0600,
// in $XDG_DATA_HOME/gatehouse (else ~/.local/share/gatehouse). Deleting the folder forgets everything.
#pragma once

#include <base/error.h>
#include <crypto/authority.h>
#include <crypto/secretString.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

namespace gatehouse::user {

// Hears of what went wrong where the work goes on without it.
using Complain = std::function<void(const Error&)>;

std::filesystem::path stateFolder(); // not created by asking

// Both are made at their first use.
Result<crypto::SecretString> userSeed();
Result<std::shared_ptr<const crypto::Authority>> userAuthority();
Result<bool> removeAuthority(); // false: there was none

// Creates the file with mode 0600 from the start, whole or not at all: a process that is killed at any
// instant leaves the old file. One process at a time writes into a folder.
Result<void> writePrivate(const std::filesystem::path& file, std::string_view bytes);
// Refused when others may read it.
Result<std::string> readPrivate(const std::filesystem::path& file);
Result<std::string> readFile(const std::filesystem::path& file); // at most 64 MiB

bool isOfUserState(const Message& message); // of an error of this file, the lab's own aside

} // namespace gatehouse::user
