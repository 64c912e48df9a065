#include <lab/wholeFile.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#ifdef _WIN32
#include <fstream>
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace gatehouse::lab {

namespace {

namespace fs = std::filesystem;

std::string reason(std::string_view step, const std::error_code& error) {
    return std::string(step) + ": " + error.message();
}

// What the name finally stands for: an editor's link into a repository is written through.
fs::path target(const std::string& path) {
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    return error ? fs::path(path) : real;
}

#ifdef _WIN32

std::string replaceFile(const fs::path& file, std::string_view text) {
    fs::path beside = file;
    beside += ".saving";
    {
        std::ofstream out(beside, std::ios::binary | std::ios::trunc);
        out.write(text.data(), static_cast<std::streamsize>(text.size()));
        out.close();
        if (!out)
            return "write: failed";
    }
    if (MoveFileExW(beside.c_str(), file.c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH) == 0)
        return reason("rename", std::error_code(static_cast<int>(GetLastError()), std::system_category()));
    return {};
}

#else

std::error_code lastError() {
    return {errno, std::generic_category()};
}

// A file descriptor that closes itself, and a temporary that vanishes unless it was renamed.
class Temporary {
public:
    // Named for this process: what another one that was killed left behind is not in the way.
    explicit Temporary(const fs::path& file)
        : name_(file.string() + ".saving." + std::to_string(::getpid())),
          fd_(::open(name_.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666)) {}
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    ~Temporary() {
        if (fd_ >= 0)
            ::close(fd_);
        if (fd_ >= 0 && !kept_)
            ::unlink(name_.c_str());
    }

    bool open() const { return fd_ >= 0; }
    bool write(std::string_view text) const {
        while (!text.empty()) {
            const ssize_t written = ::write(fd_, text.data(), text.size());
            if (written < 0 && errno != EINTR)
                return false;
            text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
        }
        return true;
    }
    bool rightsLike(const fs::path& file) const {
        struct ::stat old{};
        return ::stat(file.c_str(), &old) != 0 || ::fchmod(fd_, old.st_mode & 07777) == 0;
    }
    bool flush() const { return ::fsync(fd_) == 0; }
    bool renameTo(const fs::path& file) {
        kept_ = ::rename(name_.c_str(), file.c_str()) == 0;
        return kept_;
    }

private:
    std::string name_;
    int fd_;
    bool kept_ = false;
};

// Without it a crash of the machine may bring the old name back. Not every file system has it; the file is
// whole either way.
void flushFolder(const fs::path& file) {
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    ::fsync(fd);
    ::close(fd);
}

std::string replaceFile(const fs::path& file, std::string_view text) {
    Temporary temporary(file);
    if (!temporary.open())
        return reason("open", lastError());
    if (!temporary.write(text))
        return reason("write", lastError());
    if (!temporary.rightsLike(file))
        return reason("rights", lastError());
    if (!temporary.flush())
        return reason("flush", lastError());
    if (!temporary.renameTo(file))
        return reason("rename", lastError());
    flushFolder(file);
    return {};
}

#endif

} // namespace

std::string writeWholeFile(const std::string& path, std::string_view text) {
    return replaceFile(target(path), text);
}

} // namespace gatehouse::lab
