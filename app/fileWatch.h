// Has a file changed since one last looked? By identity, size and time, so that editors which rename a new
// file over the old one are seen too, on every system.
#pragma once

#include <cstdint>
#include <string>

namespace gatehouse::app {

class FileWatch {
public:
    explicit FileWatch(std::string file);
    bool changed(); // true once for each change; a file that is gone for a moment has not changed yet

private:
    struct Mark {
        std::uint64_t device = 0, inode = 0, size = 0;
        std::int64_t seconds = 0, nanoseconds = 0;
        bool operator==(const Mark&) const = default;
    };
    Mark look() const;

    std::string file_;
    Mark last_;
};

} // namespace gatehouse::app
