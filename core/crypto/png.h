// Pictures in PNG form (ISO/IEC 15948), as far as QR codes need them.
#pragma once

#include <base/error.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace gatehouse::crypto {

// Grey pixels, row by row, one byte each: 0 is black, 255 white.
struct Picture {
    std::size_t width = 0;
    std::size_t height = 0;
    std::string pixels;
};

std::string writePng(const Picture& picture); // one bit a pixel: black below 128, white from there

// Grey of 1, 2, 4 and 8 bits, RGB of 8 bits, both with or without alpha (shown on white); not interlaced, at
// most 4096 x 4096. Colours become their luminance.
Result<Picture> readPng(std::string_view bytes);

} // namespace gatehouse::crypto
