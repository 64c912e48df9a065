// sslRequired: who may come without TLS (corrections 20).
#include <base/ascii.h>
#include <provider/endpoints.h>

#include <array>
#include <charconv>

namespace gatehouse::provider {
namespace {

std::optional<std::array<unsigned, 4>> parseV4(std::string_view text) {
    std::array<unsigned, 4> out{};
    const auto parts = split(text, '.');
    if (parts.size() != 4)
        return std::nullopt;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto [end, failed] =
            std::from_chars(parts[i].data(), parts[i].data() + parts[i].size(), out[i]);
        if (failed != std::errc{} || end != parts[i].data() + parts[i].size() || out[i] > 255)
            return std::nullopt;
    }
    return out;
}

} // namespace

bool isPrivateAddress(std::string_view address) {
    if (const auto v4 = parseV4(address)) {
        const auto& [a, b, c, d] = *v4;
        return a == 127 || a == 10 || (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168) ||
               (a == 169 && b == 254);
    }
    const std::string v6 = lower(address);
    if (v6.starts_with("::ffff:"))
        return isPrivateAddress(std::string_view(v6).substr(7));
    return v6 == "::1" || v6 == "0:0:0:0:0:0:0:1" || v6.starts_with("fe8") || v6.starts_with("fe9") ||
           v6.starts_with("fea") || v6.starts_with("feb") || v6.starts_with("fc") || v6.starts_with("fd");
}

bool httpsMissing(const Visit& visit) {
    const auto& required = visit.realm.data().sslRequired;
    if (visit.https || required == "none" || required == "NONE")
        return false;
    return required == "all" || required == "ALL" || !isPrivateAddress(visit.env.peerAddress);
}

} // namespace gatehouse::provider
