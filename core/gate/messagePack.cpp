#include <gate/messagePack.h>

#include <bit>
#include <limits>

namespace gatehouse::gate::messagePack {

namespace {

constexpr std::int64_t billion = 1'000'000'000;

// Bytes that a mark's length or value field takes: 1, 2, 4 for the three marks that follow `first`.
constexpr int widthAfter(std::uint8_t mark, std::uint8_t first) {
    return 1 << (mark - first);
}

} // namespace

void Writer::head(std::uint8_t mark, std::uint64_t value, int size) {
    out_.push_back(static_cast<char>(mark));
    for (int i = size - 1; i >= 0; --i)
        out_.push_back(static_cast<char>((value >> (8 * i)) & 0xFF));
}

void Writer::map(std::size_t size) {
    if (size < 16)
        head(static_cast<std::uint8_t>(0x80 | size), 0, 0);
    else
        head(0xDE, size, 2);
}

void Writer::array(std::size_t size) {
    if (size < 16)
        head(static_cast<std::uint8_t>(0x90 | size), 0, 0);
    else if (size <= 0xFFFF)
        head(0xDC, size, 2);
    else
        head(0xDD, size, 4);
}

void Writer::text(std::string_view text) {
    const std::size_t size = text.size();
    if (size < 32)
        head(static_cast<std::uint8_t>(0xA0 | size), 0, 0);
    else if (size <= 0xFF)
        head(0xD9, size, 1);
    else if (size <= 0xFFFF)
        head(0xDA, size, 2);
    else
        head(0xDB, size, 4);
    out_.append(text);
}

void Writer::bytes(std::string_view bytes) {
    const std::size_t size = bytes.size();
    if (size <= 0xFF)
        head(0xC4, size, 1);
    else if (size <= 0xFFFF)
        head(0xC5, size, 2);
    else
        head(0xC6, size, 4);
    out_.append(bytes);
}

void Writer::time(WallTime time) {
    const std::int64_t all = time.time_since_epoch().count();
    const std::int64_t seconds = all >= 0 ? all / billion : -((-all + billion - 1) / billion);
    const auto nanoseconds = static_cast<std::uint64_t>(all - seconds * billion);
    const auto unsignedSeconds = static_cast<std::uint64_t>(seconds);
    if (seconds < 0 || (unsignedSeconds >> 34U) != 0) {
        head(0xC7, 12, 1);
        head(0xFF, nanoseconds, 4);
        for (int i = 7; i >= 0; --i)
            out_.push_back(static_cast<char>((unsignedSeconds >> (8 * i)) & 0xFF));
    } else if (nanoseconds == 0 && unsignedSeconds <= 0xFFFF'FFFF) {
        head(0xD6, 0xFF, 1);
        for (int i = 3; i >= 0; --i)
            out_.push_back(static_cast<char>((unsignedSeconds >> (8 * i)) & 0xFF));
    } else {
        head(0xD7, 0xFF, 1);
        const std::uint64_t both = (nanoseconds << 34U) | unsignedSeconds;
        for (int i = 7; i >= 0; --i)
            out_.push_back(static_cast<char>((both >> (8 * i)) & 0xFF));
    }
}

std::optional<std::string_view> Reader::takeBytes(std::size_t size) {
    if (rest_.size() < size)
        return std::nullopt;
    const std::string_view out = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return out;
}

std::optional<std::uint64_t> Reader::takeUnsigned(int size) {
    const auto bytes = takeBytes(static_cast<std::size_t>(size));
    if (!bytes)
        return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : *bytes)
        value = (value << 8U) | static_cast<std::uint8_t>(c);
    return value;
}

bool Reader::takeNil() {
    if (next() != 0xC0)
        return false;
    rest_.remove_prefix(1);
    return true;
}

// A fixed form (`fix` under `mask`), or the 16- and 32-bit marks `first` and `first + 1`.
std::optional<std::size_t> Reader::takeCount(std::uint8_t fix, std::uint8_t mask, std::uint8_t first) {
    const std::uint8_t mark = next();
    if (mark == first || mark == first + 1) {
        rest_.remove_prefix(1);
        return takeUnsigned(mark == first ? 2 : 4);
    }
    if ((mark & mask) != fix || rest_.empty())
        return std::nullopt;
    rest_.remove_prefix(1);
    return static_cast<std::size_t>(mark & static_cast<std::uint8_t>(~mask));
}

std::optional<std::size_t> Reader::takeMap() {
    return takeCount(0x80, 0xF0, 0xDE);
}

std::optional<std::size_t> Reader::takeArray() {
    return takeCount(0x90, 0xF0, 0xDC);
}

std::optional<std::string_view> Reader::takeText() {
    const std::uint8_t mark = next();
    if (rest_.empty())
        return std::nullopt;
    std::optional<std::uint64_t> size;
    if ((mark & 0xE0) == 0xA0) {
        rest_.remove_prefix(1);
        size = mark & 0x1FU;
    } else if (mark >= 0xD9 && mark <= 0xDB) {
        rest_.remove_prefix(1);
        size = takeUnsigned(widthAfter(mark, 0xD9));
    } else if (mark >= 0xC4 && mark <= 0xC6) {
        rest_.remove_prefix(1);
        size = takeUnsigned(widthAfter(mark, 0xC4));
    }
    return size ? takeBytes(static_cast<std::size_t>(*size)) : std::nullopt;
}

// The size of an extension's data; its mark and length are taken, its type is next.
std::optional<std::size_t> Reader::extensionSize(std::uint8_t mark) {
    if (mark >= 0xD4 && mark <= 0xD8) {
        rest_.remove_prefix(1);
        return std::size_t{1} << (mark - 0xD4);
    }
    if (mark >= 0xC7 && mark <= 0xC9) {
        rest_.remove_prefix(1);
        return takeUnsigned(widthAfter(mark, 0xC7));
    }
    return std::nullopt;
}

namespace {

std::optional<WallTime> timeOf(std::int64_t seconds, std::uint64_t nanoseconds) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / billion - 1;
    if (seconds > most || seconds < -most || nanoseconds >= static_cast<std::uint64_t>(billion))
        return std::nullopt;
    return WallTime(std::chrono::nanoseconds(seconds * billion + static_cast<std::int64_t>(nanoseconds)));
}

} // namespace

std::optional<WallTime> Reader::takeTime() {
    const auto size = extensionSize(next());
    const auto type = size ? takeUnsigned(1) : std::nullopt;
    if (!type || *type != 0xFF)
        return std::nullopt;
    if (*size == 4) {
        const auto seconds = takeUnsigned(4);
        return seconds ? timeOf(static_cast<std::int64_t>(*seconds), 0) : std::nullopt;
    }
    if (*size == 8) {
        const auto both = takeUnsigned(8);
        return both ? timeOf(static_cast<std::int64_t>(*both & 0x3'FFFF'FFFFU), *both >> 34U) : std::nullopt;
    }
    const auto nanoseconds = *size == 12 ? takeUnsigned(4) : std::nullopt;
    const auto seconds = nanoseconds ? takeUnsigned(8) : std::nullopt;
    return seconds ? timeOf(std::bit_cast<std::int64_t>(*seconds), *nanoseconds) : std::nullopt;
}

std::optional<bool> Reader::takeBool() {
    const std::uint8_t mark = next();
    if (mark != 0xC2 && mark != 0xC3)
        return std::nullopt;
    rest_.remove_prefix(1);
    return mark == 0xC3;
}

std::optional<std::int64_t> Reader::takeInteger() {
    const std::uint8_t mark = next();
    if (rest_.empty())
        return std::nullopt;
    if (mark <= 0x7F || mark >= 0xE0) {
        rest_.remove_prefix(1);
        return std::bit_cast<std::int8_t>(mark);
    }
    if (mark < 0xCC || mark > 0xD3)
        return std::nullopt;
    const bool hasSign = mark >= 0xD0;
    const int width = 1 << (mark - (hasSign ? 0xD0 : 0xCC));
    rest_.remove_prefix(1);
    const auto value = takeUnsigned(width);
    if (!value)
        return std::nullopt;
    const int spare = 64 - 8 * width;
    return hasSign ? std::bit_cast<std::int64_t>(*value << spare) >> spare
                   : std::bit_cast<std::int64_t>(*value);
}

std::optional<double> Reader::takeFloat() {
    const std::uint8_t mark = next();
    if (mark != 0xCA && mark != 0xCB)
        return std::nullopt;
    rest_.remove_prefix(1);
    const auto value = takeUnsigned(mark == 0xCA ? 4 : 8);
    if (!value)
        return std::nullopt;
    return mark == 0xCA ? static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(*value)))
                        : std::bit_cast<double>(*value);
}

// Bytes after the mark of a value that is neither text, list, map nor extension.
std::optional<std::size_t> Reader::flatSize(std::uint8_t mark) {
    if (rest_.empty() || mark == 0xC1)
        return std::nullopt;
    if (mark <= 0x7F || mark >= 0xE0 || mark == 0xC0 || mark == 0xC2 || mark == 0xC3)
        return 0;
    if (mark == 0xCA || mark == 0xCB)
        return mark == 0xCA ? 4 : 8;
    if (mark >= 0xCC && mark <= 0xD3)
        return std::size_t{1} << ((mark - 0xCC) & 3);
    return std::nullopt;
}

bool Reader::skip() {
    // Values still to be skipped, level by level; no recursion, bounded depth.
    constexpr int deepest = 32;
    std::size_t open[deepest + 1] = {1};
    int level = 0;
    while (level >= 0) {
        if (open[level] == 0) {
            --level;
            continue;
        }
        --open[level];
        const std::uint8_t mark = next();
        std::optional<std::size_t> inside;
        if ((mark & 0xF0) == 0x80 || mark == 0xDE || mark == 0xDF) {
            inside = takeMap();
            inside = inside ? std::optional(*inside * 2) : std::nullopt;
        } else if ((mark & 0xF0) == 0x90 || mark == 0xDC || mark == 0xDD) {
            inside = takeArray();
        } else if (const auto flat = flatSize(mark)) {
            if (!takeBytes(1 + *flat))
                return false;
            continue;
        } else if (const auto size = extensionSize(mark)) {
            if (!takeBytes(1 + *size))
                return false;
            continue;
        } else {
            if (!takeText())
                return false;
            continue;
        }
        if (!inside || level == deepest)
            return false;
        open[++level] = *inside;
    }
    return true;
}

} // namespace gatehouse::gate::messagePack
