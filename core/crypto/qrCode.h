// QR codes (ISO/IEC 18004) of the keys that an authenticator scans. A code shows what it encodes: treat the
// picture and the text of a secret as that secret.
#pragma once

#include <base/error.h>
#include <crypto/png.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::crypto {

struct QrCode {
    std::size_t size = 0;   // modules a side, without the quiet zone
    std::vector<bool> dark; // row by row

    bool at(std::size_t x, std::size_t y) const { return dark[y * size + x]; }
};

// Bytes as they are, error correction L as Keycloak's; fails above 2953 bytes.
Result<QrCode> qrCode(std::string_view text);

// Keycloak's picture (com.google.zxing.qrcode.QRCodeWriter): as many whole pixels a module as find room in
// `side` with a quiet zone of four modules, in the middle; larger where one pixel a module does not fit.
std::string qrPng(const QrCode& code, std::size_t side = 246);

// Lines of half blocks (UTF-8), two rows of modules each. The blocks are the light modules, which suits a
// dark terminal; `lightTerminal` turns it round.
std::string qrText(const QrCode& code, bool lightTerminal = false);

} // namespace gatehouse::crypto
