#include <base/ascii.h>
#include <http/url.h>
#include <whoami/data.h>

#include <charconv>
#include <cstdint>

namespace gatehouse::whoami {
namespace {

constexpr std::int64_t mostBytes = 8 * 1024 * 1024;

std::int64_t wantedSize(const http::Form& query) {
    const auto text = http::formValue(query, "size").value_or("");
    std::int64_t size = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), size);
    if (text.empty() || failed != std::errc{} || end != text.data() + text.size())
        size = 1;
    if (size < 0)
        size = 0;
    const auto unit = lower(http::formValue(query, "unit").value_or(""));
    const std::int64_t factor = unit == "kb"   ? std::int64_t{1} << 10
                                : unit == "mb" ? std::int64_t{1} << 20
                                : unit == "gb" ? std::int64_t{1} << 30
                                : unit == "tb" ? std::int64_t{1} << 40
                                               : 1;
    return size > mostBytes / factor ? mostBytes : size * factor;
}

// traefik/whoami contentReader: sizes 0 and 1 are empty.
std::string content(std::int64_t size) {
    static constexpr std::string_view letters = "-ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if (size < 2)
        return {};
    std::string out(static_cast<std::size_t>(size), '|');
    for (std::size_t i = 1; i + 1 < out.size(); ++i)
        out[i] = letters[i % letters.size()];
    return out;
}

} // namespace

exchange::Respond data(const http::RequestView& request) {
    const auto query = http::parseForm(request.query());
    const auto flag = http::formValue(query, "attachment").value_or("");
    exchange::Respond out;
    out.body = content(wantedSize(query));
    for (const auto* yes : {"1", "t", "T", "TRUE", "true", "True"})
        if (flag == yes)
            out.headers.add("Content-Disposition", "Attachment");
    out.headers.add("Content-Type", "text/plain; charset=utf-8");
    return out;
}

} // namespace gatehouse::whoami
