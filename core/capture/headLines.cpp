#include <base/ascii.h>
#include <capture/headLines.h>

namespace gatehouse::capture {

std::vector<std::string_view> HeadLines::all(std::string_view name) const {
    std::vector<std::string_view> out;
    for (const http::Header& field : fields)
        if (equalsIgnoreCase(field.name, name))
            out.push_back(field.value);
    return out;
}

std::string_view HeadLines::get(std::string_view name) const {
    for (const http::Header& field : fields)
        if (equalsIgnoreCase(field.name, name))
            return field.value;
    return {};
}

HeadLines headLines(std::string_view head) {
    HeadLines out;
    bool first = true;
    while (!head.empty()) {
        const auto end = head.find('\n');
        std::string_view line = head.substr(0, end);
        head.remove_prefix(end == std::string_view::npos ? head.size() : end + 1);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (first)
            out.startLine = line;
        else if (const auto colon = line.find(':'); colon != std::string_view::npos)
            out.fields.push_back({line.substr(0, colon), trim(line.substr(colon + 1))});
        first = false;
    }
    return out;
}

} // namespace gatehouse::capture
