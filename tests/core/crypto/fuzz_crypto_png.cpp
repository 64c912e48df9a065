#include <crypto/qrRead.h>

#include <cstdint>
#include <cstdlib>

using namespace gatehouse::crypto;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto picture = readPng({reinterpret_cast<const char*>(data), size});
    if (!picture)
        return 0;
    if (picture->pixels.size() != picture->width * picture->height)
        std::abort();
    if (picture->pixels.size() < 100'000) // a larger one only costs time
        static_cast<void>(qrRead(*picture));
    return 0;
}
