#include <crypto/entropy.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <user/systemClock.h>
#include <user/userState.h>
#include <utility>

namespace gatehouse::user {

namespace {

namespace fs = std::filesystem;

constexpr Message noFolder{"state-folder", GH_TEXT("user", "The folder {folder} cannot be made."),
                           GH_TEXT("user", "Make it writable, or set XDG_DATA_HOME to a folder that is.")};
constexpr Message notWritten{"state-not-written", GH_TEXT("user", "{file} cannot be written."),
                             GH_TEXT("user", "Is the disk full, or the folder read-only?")};
constexpr Message notRead{"file-not-read", GH_TEXT("user", "{file} cannot be read."),
                          GH_TEXT("user", "Check the name and the permissions.")};
constexpr Message otherMayRead{"state-mode", GH_TEXT("user", "{file} may be read by others."),
                               GH_TEXT("user", "chmod 600 it, or delete it: a new one is made.")};
constexpr Message damaged{"state-damaged", GH_TEXT("user", "{file} is damaged."),
                          GH_TEXT("user", "Delete it: a new one is made, and generated secrets change.")};

constexpr std::size_t seedSize = 32;
constexpr std::size_t mostRead = 64 * 1024 * 1024;

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

// Of a folder, by this process alone; the system lets go of it when the process ends, however it ends.
class FolderLock {
public:
    static Result<FolderLock> take(const fs::path& folder) {
        if (auto made = makeFolder(folder); !made)
            return std::unexpected(made.error());
        const fs::path file = folder / "lock";
        FolderLock lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (lock.handle_ < 0)
            return fail(notWritten, {{"file", file.string()}}, {}, reason());
        while (::flock(lock.handle_, LOCK_EX) != 0)
            if (errno != EINTR)
                return fail(notWritten, {{"file", file.string()}}, {}, reason());
        return lock;
    }
    FolderLock(FolderLock&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock() {
        if (handle_ >= 0)
            ::close(handle_);
    }

private:
    explicit FolderLock(int handle) : handle_(handle) {}
    int handle_;
};

// The temporary's name is always the same, so that a killed process leaves no litter.
Result<void> write(const FolderLock&, const fs::path& file, std::string_view bytes) {
    const std::string temporary = file.string() + ".new";
    ::unlink(temporary.c_str());
    const int handle = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
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

Result<void> makeSeed(const fs::path& file) {
    auto lock = FolderLock::take(file.parent_path());
    if (!lock)
        return std::unexpected(lock.error());
    if (fs::exists(file)) // another process was quicker
        return {};
    std::string seed = crypto::systemEntropy()->bytes(seedSize);
    auto written = write(*lock, file, seed);
    crypto::wipe(seed);
    return written;
}

Result<void> makeAuthority(const fs::path& certificate, const fs::path& key) {
    auto lock = FolderLock::take(key.parent_path());
    if (!lock)
        return std::unexpected(lock.error());
    if (fs::exists(key) && fs::exists(certificate))
        return {};
    // A certificate is there only beside its own key, whenever this process is killed.
    std::error_code error;
    fs::remove(certificate, error);
    if (error)
        return fail(notWritten, {{"file", certificate.string()}}, {}, error.message());
    const auto made = crypto::Authority::create(systemNow(), *crypto::systemEntropy());
    if (auto written = write(*lock, key, made.keyPem()); !written)
        return written;
    return write(*lock, certificate, made.certificatePem());
}

} // namespace

fs::path stateFolder() {
    if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data == '/')
        return fs::path(data) / "gatehouse";
    const char* home = std::getenv("HOME");
    return fs::path(home != nullptr && *home != '\0' ? home : ".") / ".local" / "share" / "gatehouse";
}

Result<void> writePrivate(const fs::path& file, std::string_view bytes) {
    auto lock = FolderLock::take(file.parent_path());
    if (!lock)
        return std::unexpected(lock.error());
    return write(*lock, file, bytes);
}

Result<std::string> readFile(const fs::path& file) {
    const int handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (handle < 0)
        return fail(notRead, {{"file", file.string()}}, {}, reason());
    std::string bytes;
    std::string part(64 * 1024, '\0');
    ssize_t count = 0;
    while (bytes.size() <= mostRead && (count = ::read(handle, part.data(), part.size())) != 0) {
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            break;
        bytes.append(part, 0, static_cast<std::size_t>(count));
    }
    const std::string why = count < 0 ? reason() : bytes.size() > mostRead ? "too large" : std::string();
    ::close(handle);
    if (!why.empty())
        return fail(notRead, {{"file", file.string()}}, {}, why);
    return bytes;
}

Result<std::string> readPrivate(const fs::path& file) {
    if (auto mode = checkMode(file); !mode)
        return std::unexpected(mode.error());
    return readFile(file);
}

bool isOfUserState(const Message& message) {
    return &message == &noFolder || &message == &notWritten || &message == &otherMayRead ||
           &message == &damaged;
}

Result<crypto::SecretString> userSeed() {
    const fs::path file = stateFolder() / "seed";
    if (!fs::exists(file))
        if (auto made = makeSeed(file); !made)
            return std::unexpected(made.error());
    auto seed = readPrivate(file);
    if (!seed)
        return std::unexpected(seed.error());
    if (seed->size() != seedSize)
        return fail(damaged, {{"file", file.string()}});
    return crypto::SecretString::take(std::move(*seed));
}

Result<std::shared_ptr<const crypto::Authority>> userAuthority() {
    const fs::path certificate = stateFolder() / "ca.pem";
    const fs::path key = stateFolder() / "ca-key.pem";
    if (!fs::exists(key) || !fs::exists(certificate))
        if (auto made = makeAuthority(certificate, key); !made)
            return std::unexpected(made.error());
    auto keyPem = readPrivate(key);
    auto certificatePem = readFile(certificate);
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

} // namespace gatehouse::user
