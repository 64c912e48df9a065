#include <base/arena.h>

#include <algorithm>
#include <cstring>

namespace gatehouse {

char* Arena::take(std::size_t size) {
    if (size > left_) {
        const std::size_t chunk = std::max(nextChunk_, size);
        chunks_.push_back(std::make_unique_for_overwrite<char[]>(chunk));
        next_ = chunks_.back().get();
        left_ = chunk;
        footprint_ += chunk;
        nextChunk_ = std::max<std::size_t>(nextChunk_, 4096);
    }
    char* const start = next_;
    next_ += size;
    left_ -= size;
    return start;
}

std::string_view Arena::keep(std::string_view bytes) {
    if (bytes.empty())
        return {};
    char* const copy = take(bytes.size());
    std::memcpy(copy, bytes.data(), bytes.size());
    return {copy, bytes.size()};
}

} // namespace gatehouse
