#include <gate/lz4Frame.h>

#include <lz4frame.h>
#include <memory>

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

std::optional<std::string> lz4Decompress(std::string_view frame, std::size_t limit) {
    LZ4F_dctx* made = nullptr;
    if (LZ4F_isError(LZ4F_createDecompressionContext(&made, LZ4F_VERSION)) != 0)
        return std::nullopt;
    const std::unique_ptr<LZ4F_dctx, decltype(&LZ4F_freeDecompressionContext)> context(
        made, &LZ4F_freeDecompressionContext);
    std::string out;
    std::size_t filled = 0;
    std::size_t hint = 1;
    out.resize(frame.size() * 2 + 64);
    while (!frame.empty() || hint != 0) {
        if (filled == out.size()) {
            if (out.size() > limit)
                return std::nullopt;
            out.resize(out.size() * 2);
        }
        std::size_t wrote = out.size() - filled;
        std::size_t read = frame.size();
        hint = LZ4F_decompress(context.get(), out.data() + filled, &wrote, frame.data(), &read, nullptr);
        if (LZ4F_isError(hint) != 0)
            return std::nullopt;
        filled += wrote;
        frame.remove_prefix(read);
        if (hint == 0 && !frame.empty())
            return std::nullopt; // bytes after the frame
        if (hint != 0 && wrote == 0 && read == 0 && filled < out.size())
            return std::nullopt; // the frame ends in the middle
    }
    if (filled > limit)
        return std::nullopt;
    out.resize(filled);
    return out;
}

} // namespace gatehouse::gate
