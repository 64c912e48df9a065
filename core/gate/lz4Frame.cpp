// Read by hand on top of LZ4's blocks: the library's frame reader takes and gives back 128 KiB of memory for
// each cookie.
#include <gate/lz4Frame.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <lz4.h>
#include <lz4frame.h>

namespace gatehouse::gate {

std::string lz4Compress(std::string_view bytes) {
    LZ4F_preferences_t preferences{};
    preferences.frameInfo.blockSizeID = LZ4F_max64KB;
    preferences.frameInfo.blockMode = LZ4F_blockIndependent;
    preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
    std::string out(LZ4F_compressFrameBound(bytes.size(), &preferences), '\0');
    const std::size_t size =
        LZ4F_compressFrame(out.data(), out.size(), bytes.data(), bytes.size(), &preferences);
    out.resize(LZ4F_isError(size) != 0 ? 0 : size); // an error needs too small a buffer or no memory
    return out;
}

namespace {

std::uint32_t littleEndian(const char* at) {
    std::uint32_t value = 0;
    if constexpr (std::endian::native == std::endian::little)
        std::memcpy(&value, at, sizeof value);
    else
        for (int i = 3; i >= 0; --i)
            value = (value << 8U) | static_cast<std::uint8_t>(at[i]);
    return value;
}

// XXH32 with seed 0 (github.com/Cyan4973/xxHash, doc/xxhash_spec.md).
constexpr std::array<std::uint32_t, 5> prime{2654435761U, 2246822519U, 3266489917U, 668265263U, 374761393U};

std::uint32_t round(std::uint32_t lane, std::uint32_t word) {
    return std::rotl(lane + word * prime[1], 13) * prime[0];
}

std::uint32_t xxh32(std::string_view bytes) {
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    std::uint32_t hash = prime[4];
    if (left >= 16) {
        std::array<std::uint32_t, 4> lanes{prime[0] + prime[1], prime[1], 0, 0 - prime[0]};
        for (; left >= 16; left -= 16)
            for (std::uint32_t& lane : lanes) {
                lane = round(lane, littleEndian(at));
                at += 4;
            }
        hash = std::rotl(lanes[0], 1) + std::rotl(lanes[1], 7) + std::rotl(lanes[2], 12) +
               std::rotl(lanes[3], 18);
    }
    hash += static_cast<std::uint32_t>(bytes.size());
    for (; left >= 4; left -= 4, at += 4)
        hash = std::rotl(hash + littleEndian(at) * prime[2], 17) * prime[3];
    for (; left > 0; --left, ++at)
        hash = std::rotl(hash + static_cast<std::uint8_t>(*at) * prime[4], 11) * prime[0];
    hash = (hash ^ (hash >> 15U)) * prime[1];
    hash = (hash ^ (hash >> 13U)) * prime[2];
    return hash ^ (hash >> 16U);
}

constexpr std::uint32_t magic = 0x184D2204;
constexpr std::uint8_t blockChecksum = 0x10;
constexpr std::uint8_t contentSize = 0x08;
constexpr std::uint8_t contentChecksum = 0x04;

class FrameReader {
public:
    FrameReader(std::string_view frame, std::size_t limit) : rest_(frame), limit_(limit) {}

    std::optional<std::string> read() {
        if (!takeHeader())
            return std::nullopt;
        for (;;) {
            const auto head = take(4);
            if (!head)
                return std::nullopt;
            const std::uint32_t size = littleEndian(head->data());
            if (size == 0)
                break;
            if (!takeBlock(size & 0x7FFF'FFFFU, (size >> 31U) != 0))
                return std::nullopt;
        }
        if ((flags_ & contentChecksum) != 0) {
            const auto sum = take(4);
            if (!sum || littleEndian(sum->data()) != xxh32(out_))
                return std::nullopt;
        }
        const bool sized = (flags_ & contentSize) == 0 || announced_ == out_.size();
        return rest_.empty() && sized ? std::optional(std::move(out_)) : std::nullopt;
    }

private:
    std::optional<std::string_view> take(std::size_t size) {
        if (rest_.size() < size)
            return std::nullopt;
        const std::string_view out = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return out;
    }

    bool takeHeader() {
        const auto begin = take(6);
        if (!begin || littleEndian(begin->data()) != magic)
            return false;
        const char* descriptor = begin->data() + 4;
        flags_ = static_cast<std::uint8_t>(descriptor[0]);
        const auto sizes = static_cast<std::uint8_t>(descriptor[1]);
        // Version 1, no reserved bits, no dictionary, block sizes 4 to 7.
        if ((flags_ & 0xC3) != 0x40 || (sizes & 0x8F) != 0 || (sizes >> 4U) < 4)
            return false;
        blockMost_ = std::size_t{1} << (8 + 2 * (sizes >> 4U));
        if ((flags_ & contentSize) != 0) {
            const auto size = take(8);
            if (!size)
                return false;
            announced_ = littleEndian(size->data()) | (std::uint64_t{littleEndian(size->data() + 4)} << 32U);
        }
        const auto sum = take(1);
        if (!sum)
            return false;
        const std::string_view described(descriptor, static_cast<std::size_t>(sum->data() - descriptor));
        return static_cast<std::uint8_t>(sum->front()) == ((xxh32(described) >> 8U) & 0xFF);
    }

    bool takeBlock(std::size_t size, bool stored) {
        const auto block = size > blockMost_ ? std::nullopt : take(size);
        if (!block)
            return false;
        if ((flags_ & blockChecksum) != 0) {
            const auto sum = take(4);
            if (!sum || littleEndian(sum->data()) != xxh32(*block))
                return false;
        }
        if (!stored)
            return unpack(*block);
        out_.append(*block);
        return out_.size() <= limit_;
    }

    // Small blocks unpack into little room at the first try; the second try has all the room a block may
    // need.
    bool unpack(std::string_view block) {
        const std::size_t most = std::min(blockMost_, limit_ + 1 - out_.size());
        return tryUnpack(block, std::min(most, 4 * block.size() + 64)) || tryUnpack(block, most);
    }

    bool tryUnpack(std::string_view block, std::size_t room) {
        const std::size_t before = out_.size();
        const std::size_t window =
            std::min<std::size_t>(before, 64 * 1024); // what linked blocks look back to
        out_.resize(before + room);
        const int wrote = LZ4_decompress_safe_usingDict(
            block.data(), out_.data() + before, static_cast<int>(block.size()), static_cast<int>(room),
            out_.data() + before - window, static_cast<int>(window));
        out_.resize(before + (wrote < 0 ? 0 : static_cast<std::size_t>(wrote)));
        return wrote >= 0 && out_.size() <= limit_;
    }

    std::string_view rest_;
    std::size_t limit_;
    std::uint8_t flags_ = 0;
    std::size_t blockMost_ = 0;
    std::uint64_t announced_ = 0;
    std::string out_;
};

} // namespace

std::optional<std::string> lz4Decompress(std::string_view frame, std::size_t limit) {
    return FrameReader(frame, limit).read();
}

} // namespace gatehouse::gate
