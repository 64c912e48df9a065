// LZ4 frames as oauth2-proxy writes and reads them (oauth2-proxy.md 4.4): 64 KiB independent blocks and a
// checksum of the content; any valid frame is read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::gate {

std::string lz4Compress(std::string_view bytes);
// Nothing when the frame is broken, when bytes follow it, or when the content is larger than `limit`.
std::optional<std::string> lz4Decompress(std::string_view frame, std::size_t limit);

} // namespace gatehouse::gate
