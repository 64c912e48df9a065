// Bytes that came and were not used yet: one run of memory a connection, grown up to what its reader allows.
#pragma once

#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace gatehouse::engine {

class ReadBuffer {
public:
    std::string_view bytes() const { return {data_.get() + begin_, end_ - begin_}; }
    bool empty() const { return begin_ == end_; }
    std::size_t size() const { return end_ - begin_; }

    void consume(std::size_t size) {
        begin_ += size;
        if (begin_ == end_)
            begin_ = end_ = 0;
    }

    // At least `least` bytes to read into; what is there may move.
    std::span<char> room(std::size_t least) {
        if (capacity_ - end_ < least)
            makeRoom(least);
        return {data_.get() + end_, capacity_ - end_};
    }
    void filled(std::size_t size) { end_ += size; }

    void put(std::string_view bytes) {
        std::memcpy(room(bytes.size()).data(), bytes.data(), bytes.size());
        filled(bytes.size());
    }

private:
    void makeRoom(std::size_t least) {
        const std::size_t held = size();
        if (capacity_ < held + least) {
            const std::size_t larger = capacity_ == 0 ? held + least : 2 * (held + least);
            auto grown = std::make_unique_for_overwrite<char[]>(larger);
            if (held > 0)
                std::memcpy(grown.get(), data_.get() + begin_, held);
            data_ = std::move(grown);
            capacity_ = larger;
        } else if (held > 0) {
            std::memmove(data_.get(), data_.get() + begin_, held);
        }
        begin_ = 0;
        end_ = held;
    }

    std::unique_ptr<char[]> data_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

} // namespace gatehouse::engine
