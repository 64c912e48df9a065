// However the bytes of a request are torn into pieces, the same request comes out, or the same refusal.
#include <core/http/wire.h>
#include <cstdint>
#include <cstdlib>

using gatehouse::http::testing::WireReader;
using gatehouse::http::testing::WireResult;

namespace {

WireResult readInPieces(std::string_view bytes, std::size_t size) {
    WireReader reader;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(size, bytes.size())))
        reader.arrive(bytes.substr(0, size));
    return reader.result();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const WireResult whole = readInPieces(bytes, size + 1);
    for (const std::size_t piece : {1, 2, 7})
        if (WireResult torn = readInPieces(bytes, piece); whole.complete || whole.refused != 0) {
            torn.rest = whole.rest; // a refused message may leave more or less behind
            if (!(torn == whole))
                std::abort();
        }
    return 0;
}
