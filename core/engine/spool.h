// Spool: a request body held until it is whole, in memory at first, in a nameless temporary file beyond that
// (nginx: client_body_buffer_size).
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace gatehouse::engine {

class Spool {
public:
    // false: the temporary file could not be written.
    bool append(std::string_view bytes);
    std::uint64_t size() const { return size_; }
    // All of it while it is in memory; empty when it lies in a file.
    std::string_view memory() const { return file_ ? std::string_view{} : std::string_view(memory_); }

    void rewind();
    // The next bytes, valid until the next call; empty at the end or when reading fails (then failed()).
    std::string_view next();
    bool failed() const { return failed_; }

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::string memory_; // all of it, or what was read from the file last
    std::unique_ptr<std::FILE, Close> file_;
    std::uint64_t size_ = 0;
    bool given_ = false;
    bool failed_ = false;
};

} // namespace gatehouse::engine
