// Stable bytes for one exchange: a bump allocator whose string_views stay valid until the arena dies.
//
// Header edits, trace details and captured heads of one exchange live here, so that an exchange costs one or
// two allocations instead of one a header. Not thread-safe; handed over whole.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace gatehouse {

class Arena {
public:
    explicit Arena(std::size_t firstChunk = 4096) : nextChunk_(firstChunk) {}
    // What was moved from is empty and usable: it must not go on writing into a chunk that it gave away.
    Arena(Arena&& other) noexcept;
    Arena& operator=(Arena&& other) noexcept;
    ~Arena() = default;
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    // So much is about to be kept: the next chunk is to hold it all.
    void expect(std::size_t size);
    std::string_view keep(std::string_view bytes);
    // `size` writable bytes without alignment promise; never null.
    char* take(std::size_t size);

    // Bytes obtained from the system, for bounding a store.
    std::size_t footprint() const { return footprint_; }

private:
    std::vector<std::unique_ptr<char[]>> chunks_;
    char* next_ = nullptr;
    std::size_t left_ = 0;
    std::size_t nextChunk_;
    std::size_t footprint_ = 0;
};

} // namespace gatehouse
