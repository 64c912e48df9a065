#include <crypto/png.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <zlib.h>

namespace gatehouse::crypto {

namespace {

constexpr Message unreadable{
    "png-unreadable", GH_TEXT("core", "The picture cannot be read"),
    GH_TEXT("core", "Gatehouse reads PNG files of up to 4096 by 4096 pixels, not interlaced")};

constexpr std::string_view signature("\x89PNG\r\n\x1a\n", 8);
constexpr std::size_t mostPixels = 4096; // a side

unsigned byteAt(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

std::uint32_t number32(std::string_view bytes, std::size_t at) {
    return byteAt(bytes, at) << 24 | byteAt(bytes, at + 1) << 16 | byteAt(bytes, at + 2) << 8 |
           byteAt(bytes, at + 3);
}

std::string bytes32(std::size_t number) {
    return {static_cast<char>(number >> 24 & 0xFF), static_cast<char>(number >> 16 & 0xFF),
            static_cast<char>(number >> 8 & 0xFF), static_cast<char>(number & 0xFF)};
}

std::uint32_t checksum(std::string_view bytes) {
    return static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

std::string chunk(std::string_view type, std::string_view data) {
    std::string body(type);
    body.append(data);
    return bytes32(data.size()) + body + bytes32(checksum(body));
}

std::string deflated(const std::string& bytes) {
    uLongf size = compressBound(static_cast<uLong>(bytes.size()));
    std::string out(size, '\0');
    // Into a buffer of compressBound() bytes it fails only for want of memory.
    if (compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
                  static_cast<uLong>(bytes.size()), Z_BEST_COMPRESSION) != Z_OK)
        std::abort();
    out.resize(size);
    return out;
}

// What the header chunk says (section 11.2.2).
struct Shape {
    std::size_t width = 0;
    std::size_t height = 0;
    unsigned depth = 0;    // bits a sample
    unsigned channels = 0; // samples a pixel
    std::size_t rowBytes() const { return (width * channels * depth + 7) / 8; }
    std::size_t pixelBytes() const { return std::max<std::size_t>(1, channels * depth / 8); }
};

std::optional<Shape> shapeOf(std::string_view header) {
    if (header.size() != 13)
        return std::nullopt;
    Shape shape{number32(header, 0), number32(header, 4), byteAt(header, 8), 0};
    switch (byteAt(header, 9)) { // the colour type
    case 0:
        shape.channels = 1;
        break;
    case 2:
        shape.channels = 3;
        break;
    case 4:
        shape.channels = 2;
        break;
    case 6:
        shape.channels = 4;
        break;
    default: // a palette
        return std::nullopt;
    }
    const unsigned depth = shape.depth;
    const bool depthFits = depth == 8 || (shape.channels == 1 && (depth == 1 || depth == 2 || depth == 4));
    const bool sizeFits =
        shape.width > 0 && shape.width <= mostPixels && shape.height > 0 && shape.height <= mostPixels;
    const bool plain = byteAt(header, 10) == 0 && byteAt(header, 11) == 0 && byteAt(header, 12) == 0;
    return depthFits && sizeFits && plain ? std::optional(shape) : std::nullopt;
}

struct Parts {
    Shape shape;
    std::string data; // the IDAT chunks, joined
};

std::optional<Parts> partsOf(std::string_view bytes) {
    constexpr std::size_t around = 12; // size, type, checksum
    if (!bytes.starts_with(signature))
        return std::nullopt;
    bytes.remove_prefix(signature.size());
    std::optional<Shape> shape;
    std::string data;
    while (bytes.size() >= around) {
        const std::size_t size = number32(bytes, 0);
        if (size > bytes.size() - around)
            return std::nullopt;
        const std::string_view type = bytes.substr(4, 4);
        const std::string_view content = bytes.substr(8, size);
        if (checksum(bytes.substr(4, 4 + size)) != number32(bytes, 8 + size))
            return std::nullopt;
        bytes.remove_prefix(around + size);
        if (!shape) {
            shape = type == "IHDR" ? shapeOf(content) : std::nullopt;
            if (!shape)
                return std::nullopt;
        } else if (type == "IDAT") {
            data.append(content);
        } else if (type == "IEND") {
            return Parts{*shape, std::move(data)};
        } // the others say nothing that a luminance depends on
    }
    return std::nullopt;
}

// Section 9.4: of the left, upper and upper left neighbour the one nearest to left + up - upper left.
unsigned paeth(unsigned left, unsigned up, unsigned upLeft) {
    const int a = static_cast<int>(left);
    const int b = static_cast<int>(up);
    const int c = static_cast<int>(upLeft);
    const int estimate = a + b - c;
    const int byA = std::abs(estimate - a);
    const int byB = std::abs(estimate - b);
    const int byC = std::abs(estimate - c);
    if (byA <= byB && byA <= byC)
        return left;
    return byB <= byC ? up : upLeft;
}

// Undoes the filter of one row in place; `above` is empty for the first row.
bool unfilter(unsigned filter, char* row, std::string_view above, const Shape& shape) {
    const std::size_t step = shape.pixelBytes();
    for (std::size_t i = 0; i < shape.rowBytes(); ++i) {
        const unsigned left = i >= step ? static_cast<unsigned char>(row[i - step]) : 0;
        const unsigned up = above.empty() ? 0 : byteAt(above, i);
        const unsigned upLeft = above.empty() || i < step ? 0 : byteAt(above, i - step);
        unsigned predicted = 0;
        switch (filter) {
        case 0:
            return true;
        case 1:
            predicted = left;
            break;
        case 2:
            predicted = up;
            break;
        case 3:
            predicted = (left + up) / 2;
            break;
        case 4:
            predicted = paeth(left, up, upLeft);
            break;
        default:
            return false;
        }
        row[i] = static_cast<char>((static_cast<unsigned char>(row[i]) + predicted) & 0xFF);
    }
    return true;
}

char luminanceAt(std::string_view row, std::size_t x, const Shape& shape) {
    if (shape.depth < 8) {
        const std::size_t bit = x * shape.depth;
        const unsigned most = (1u << shape.depth) - 1;
        const unsigned sample = byteAt(row, bit / 8) >> (8 - shape.depth - bit % 8) & most;
        return static_cast<char>(sample * 255 / most);
    }
    const std::size_t at = x * shape.channels;
    const bool coloured = shape.channels >= 3;
    // ITU-R BT.601's weights.
    unsigned grey =
        coloured ? (299 * byteAt(row, at) + 587 * byteAt(row, at + 1) + 114 * byteAt(row, at + 2)) / 1000
                 : byteAt(row, at);
    if (shape.channels % 2 == 0) {
        const unsigned opaque = byteAt(row, at + shape.channels - 1);
        grey = (grey * opaque + 255 * (255 - opaque)) / 255;
    }
    return static_cast<char>(grey);
}

} // namespace

std::string writePng(const Picture& picture) {
    std::string rows;
    for (std::size_t y = 0; y < picture.height; ++y) {
        std::string row((picture.width + 7) / 8, '\0');
        for (std::size_t x = 0; x < picture.width; ++x)
            if (byteAt(picture.pixels, y * picture.width + x) >= 128)
                row[x / 8] = static_cast<char>(static_cast<unsigned char>(row[x / 8]) | 0x80u >> x % 8);
        rows += '\0'; // no filter: of no use with one bit a pixel
        rows += row;
    }
    const std::string oneBitGrey("\x01\0\0\0\0", 5); // then deflate, filters, not interlaced
    std::string png(signature);
    png += chunk("IHDR", bytes32(picture.width) + bytes32(picture.height) + oneBitGrey);
    png += chunk("IDAT", deflated(rows));
    png += chunk("IEND", "");
    return png;
}

Result<Picture> readPng(std::string_view bytes) {
    const auto parts = partsOf(bytes);
    if (!parts)
        return fail(unreadable);
    const Shape& shape = parts->shape;
    const std::size_t stride = shape.rowBytes() + 1; // each row begins with its filter
    std::string rows(stride * shape.height, '\0');
    auto size = static_cast<uLongf>(rows.size());
    const int inflated = uncompress(reinterpret_cast<Bytef*>(rows.data()), &size,
                                    reinterpret_cast<const Bytef*>(parts->data.data()),
                                    static_cast<uLong>(parts->data.size()));
    if (inflated != Z_OK || size != rows.size())
        return fail(unreadable, {}, {}, zError(inflated));

    Picture picture{shape.width, shape.height, {}};
    picture.pixels.reserve(shape.width * shape.height);
    std::string_view above;
    for (std::size_t y = 0; y < shape.height; ++y) {
        char* const row = rows.data() + y * stride + 1;
        if (!unfilter(byteAt(rows, y * stride), row, above, shape))
            return fail(unreadable);
        above = std::string_view(row, shape.rowBytes());
        for (std::size_t x = 0; x < shape.width; ++x)
            picture.pixels += luminanceAt(above, x, shape);
    }
    return picture;
}

} // namespace gatehouse::crypto
