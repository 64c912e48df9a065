#include <app/fileWatch.h>
#include <sys/stat.h>

namespace gatehouse::app {

FileWatch::FileWatch(std::string file) : file_(std::move(file)), last_(look()) {}

FileWatch::Mark FileWatch::look() const {
    struct stat facts{};
    if (::stat(file_.c_str(), &facts) != 0)
        return {};
#ifdef __APPLE__
    const auto& time = facts.st_mtimespec;
#else
    const auto& time = facts.st_mtim;
#endif
    return {static_cast<std::uint64_t>(facts.st_dev), static_cast<std::uint64_t>(facts.st_ino),
            static_cast<std::uint64_t>(facts.st_size), time.tv_sec, time.tv_nsec};
}

bool FileWatch::changed() {
    const Mark now = look();
    if (now == Mark{} || now == last_)
        return false;
    last_ = now;
    return true;
}

} // namespace gatehouse::app
