#include <crypto/qrCode.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <qrencode.h>
#include <system_error>

namespace gatehouse::crypto {

namespace {

constexpr Message tooLong{"qr-too-long", GH_TEXT("core", "A text of {size} bytes does not fit a QR code"),
                          GH_TEXT("core", "At most 2953 bytes do: shorten the names")};

constexpr std::size_t quietZone = 4; // modules on each side, ISO/IEC 18004 section 9.1

struct FreeCode {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

} // namespace

Result<QrCode> qrCode(std::string_view text) {
    const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
    const int size = static_cast<int>(std::min<std::size_t>(text.size(), 1u << 20));
    const std::unique_ptr<QRcode, FreeCode> made(size == 0 ? nullptr
                                                           : QRcode_encodeData(size, bytes, 0, QR_ECLEVEL_L));
    if (!made)
        return fail(tooLong, {{"size", std::to_string(text.size())}}, {},
                    size == 0 ? "" : std::generic_category().message(errno));
    QrCode code;
    code.size = static_cast<std::size_t>(made->width);
    for (std::size_t i = 0; i < code.size * code.size; ++i)
        code.dark.push_back((made->data[i] & 1) != 0); // the other bits say what a module is for
    return code;
}

std::string qrPng(const QrCode& code, std::size_t side) {
    const std::size_t smallest = code.size + 2 * quietZone;
    const std::size_t scale = std::max<std::size_t>(1, side / smallest);
    Picture picture;
    picture.width = picture.height = std::max(side, smallest);
    picture.pixels.assign(picture.width * picture.height, '\xFF');
    const std::size_t margin = (picture.width - code.size * scale) / 2;
    for (std::size_t y = 0; y < code.size * scale; ++y)
        for (std::size_t x = 0; x < code.size * scale; ++x)
            if (code.at(x / scale, y / scale))
                picture.pixels[(margin + y) * picture.width + margin + x] = '\0';
    return writePng(picture);
}

std::string qrText(const QrCode& code, bool lightTerminal) {
    constexpr std::array<std::string_view, 4> blocks{" ", "\u2580", "\u2584",
                                                     "\u2588"}; // upper half 1, lower 2
    const std::size_t side = code.size + 2 * quietZone;
    const auto ink = [&](std::size_t x, std::size_t y) {
        const std::size_t column = x - quietZone; // what lies before wraps round, and so beyond the size
        const std::size_t row = y - quietZone;
        const bool dark = column < code.size && row < code.size && code.at(column, row);
        return y < side && dark == lightTerminal ? 1u : 0u;
    };
    std::string text;
    for (std::size_t y = 0; y < side; y += 2) {
        for (std::size_t x = 0; x < side; ++x)
            text += blocks[ink(x, y) + 2 * ink(x, y + 1)];
        text += '\n';
    }
    return text;
}

} // namespace gatehouse::crypto
