// MessagePack as far as oauth2-proxy's cookies need it: maps, text, bytes, lists, timestamps (ext -1).
#pragma once

#include <base/now.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::gate::messagePack {

class Writer {
public:
    void map(std::size_t size);
    void array(std::size_t size);
    void text(std::string_view text);
    void bytes(std::string_view bytes);
    void time(WallTime time); // the shortest of the three timestamp forms
    void raw(std::string_view encoded) { out_.append(encoded); }
    std::string take() { return std::move(out_); }

private:
    void head(std::uint8_t mark, std::uint64_t value, int size);
    std::string out_;
};

// Every take… returns nothing when the next value is of another type or the bytes end; then the reader is
// spent.
class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    bool takeNil();
    std::optional<std::size_t> takeMap();       // entries
    std::optional<std::size_t> takeArray();     // items
    std::optional<std::string_view> takeText(); // text or bytes
    std::optional<WallTime> takeTime();
    std::optional<bool> takeBool();
    std::optional<std::int64_t> takeInteger();
    std::optional<double> takeFloat();
    bool skip(); // any value, 32 levels deep at most
    std::string_view rest() const { return rest_; }

private:
    std::optional<std::uint64_t> takeUnsigned(int size);
    std::optional<std::string_view> takeBytes(std::size_t size);
    std::optional<std::size_t> takeCount(std::uint8_t fix, std::uint8_t mask, std::uint8_t first);
    std::optional<std::size_t> extensionSize(std::uint8_t mark);
    std::optional<std::size_t> flatSize(std::uint8_t mark);
    std::uint8_t next() const { return rest_.empty() ? 0xC1 : static_cast<std::uint8_t>(rest_.front()); }
    std::string_view rest_;
};

} // namespace gatehouse::gate::messagePack
