#include <crypto/entropy.h>

#include <app/systemClock.h>
#include <app/userState.h>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace gatehouse::app {

namespace {

namespace fs = std::filesystem;

constexpr Message noFolder{"state-folder", GH_TEXT("app", "The folder {folder} cannot be made."),
                           GH_TEXT("app", "Make it writable, or set XDG_DATA_HOME to a folder that is.")};
constexpr Message notWritten{"state-not-written", GH_TEXT("app", "{file} cannot be written."),
                             GH_TEXT("app", "Is the disk full, or the folder read-only?")};
constexpr Message notRead{"file-not-read", GH_TEXT("app", "{file} cannot be read."),
                          GH_TEXT("app", "Check the name and the permissions.")};
constexpr Message otherMayRead{"state-mode", GH_TEXT("app", "{file} may be read by others."),
                               GH_TEXT("app", "chmod 600 it, or delete it: a new one is made.")};

std::string reason() {
    return std::strerror(errno);
}

Result<void> makeFolder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return fail(noFolder, {{"folder", folder.string()}}, {}, error.message());
    fs::permissions(folder, fs::perms::owner_all, error);
    if (error)
        return fail(noFolder, {{"folder", folder.string()}}, {}, error.message());
    return {};
}

Result<void> checkMode(const fs::path& file) {
    struct stat facts{};
    if (::stat(file.c_str(), &facts) != 0)
        return fail(notRead, {{"file", file.string()}}, {}, reason());
    if ((facts.st_mode & 077) != 0)
        return fail(otherMayRead, {{"file", file.string()}});
    return {};
}

bool writeAll(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(file) == 0;
}

} // namespace

fs::path stateFolder() {
    if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data == '/')
        return fs::path(data) / "gatehouse";
    const char* home = std::getenv("HOME");
    return fs::path(home != nullptr && *home != '\0' ? home : ".") / ".local" / "share" / "gatehouse";
}

Result<void> writePrivate(const fs::path& file, std::string_view bytes) {
    if (auto made = makeFolder(file.parent_path()); !made)
        return made;
    std::string temporary = file.string() + ".XXXXXX";
    const int handle = ::mkstemp(temporary.data()); // 0600 by POSIX
    if (handle < 0)
        return fail(notWritten, {{"file", file.string()}}, {}, reason());
    const bool written = writeAll(handle, bytes);
    const std::string why = written ? std::string() : reason();
    ::close(handle);
    if (!written || ::rename(temporary.c_str(), file.c_str()) != 0) {
        const std::string technical = written ? reason() : why;
        ::unlink(temporary.c_str());
        return fail(notWritten, {{"file", file.string()}}, {}, technical);
    }
    return {};
}

Result<std::string> readFile(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream bytes;
    if (!in || !(bytes << in.rdbuf()))
        return fail(notRead, {{"file", file.string()}}, {}, reason());
    return std::move(bytes).str();
}

Result<crypto::SecretString> userSeed() {
    const fs::path file = stateFolder() / "seed";
    if (!fs::exists(file)) {
        std::string seed = crypto::systemEntropy()->bytes(32);
        auto written = writePrivate(file, seed);
        crypto::wipe(seed);
        if (!written)
            return std::unexpected(written.error());
    }
    if (auto mode = checkMode(file); !mode)
        return std::unexpected(mode.error());
    auto seed = readFile(file);
    if (!seed)
        return std::unexpected(seed.error());
    return crypto::SecretString::take(std::move(*seed));
}

Result<std::shared_ptr<const crypto::Authority>> userAuthority() {
    const fs::path certificate = stateFolder() / "ca.pem";
    const fs::path key = stateFolder() / "ca-key.pem";
    if (!fs::exists(key) || !fs::exists(certificate)) {
        auto made = crypto::Authority::create(systemNow(), *crypto::systemEntropy());
        if (auto written = writePrivate(key, made.keyPem()); !written)
            return std::unexpected(written.error());
        if (auto written = writePrivate(certificate, made.certificatePem()); !written)
            return std::unexpected(written.error());
    }
    if (auto mode = checkMode(key); !mode)
        return std::unexpected(mode.error());
    auto certificatePem = readFile(certificate);
    auto keyPem = readFile(key);
    if (!certificatePem || !keyPem)
        return std::unexpected(certificatePem ? keyPem.error() : certificatePem.error());
    auto authority = crypto::Authority::fromPem(*certificatePem, *keyPem);
    crypto::wipe(*keyPem);
    if (!authority)
        return std::unexpected(authority.error());
    return std::make_shared<const crypto::Authority>(std::move(*authority));
}

Result<bool> removeAuthority() {
    std::error_code error;
    bool any = false;
    for (const char* name : {"ca-key.pem", "ca.pem"}) {
        any |= fs::remove(stateFolder() / name, error);
        if (error)
            return fail(notWritten, {{"file", (stateFolder() / name).string()}}, {}, error.message());
    }
    return any;
}

} // namespace gatehouse::app
