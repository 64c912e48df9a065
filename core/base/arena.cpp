#include <base/arena.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t furtherChunk = 4096;

} // namespace

Arena::Arena(Arena&& other) noexcept
    : chunks_(std::exchange(other.chunks_, {})), next_(std::exchange(other.next_, nullptr)),
      left_(std::exchange(other.left_, 0)), nextChunk_(other.nextChunk_),
      footprint_(std::exchange(other.footprint_, 0)) {}

Arena& Arena::operator=(Arena&& other) noexcept {
    if (this != &other) {
        chunks_ = std::exchange(other.chunks_, {});
        next_ = std::exchange(other.next_, nullptr);
        left_ = std::exchange(other.left_, 0);
        nextChunk_ = other.nextChunk_;
        footprint_ = std::exchange(other.footprint_, 0);
    }
    return *this;
}

void Arena::expect(std::size_t size) {
    if (size > left_)
        nextChunk_ = std::max(nextChunk_, size);
}

char* Arena::take(std::size_t size) {
    if (size > left_ || next_ == nullptr) {
        const std::size_t chunk = std::max(nextChunk_, size);
        chunks_.push_back(std::make_unique_for_overwrite<char[]>(chunk));
        next_ = chunks_.back().get();
        left_ = chunk;
        footprint_ += chunk;
        nextChunk_ = furtherChunk;
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
