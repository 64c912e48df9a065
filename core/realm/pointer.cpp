#include <base/ascii.h>
#include <realm/pointer.h>

namespace gatehouse::realm {

std::string pointerStep(std::string_view key) {
    std::string out;
    out.reserve(key.size());
    for (const char c : key)
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    return out;
}

std::vector<std::string> pointerSteps(std::string_view pointer) {
    std::vector<std::string> out;
    if (pointer.starts_with('/'))
        pointer.remove_prefix(1);
    if (pointer.empty())
        return out;
    for (const std::string_view step : split(pointer, '/')) {
        std::string& key = out.emplace_back();
        for (std::size_t i = 0; i < step.size(); ++i)
            if (step[i] == '~' && i + 1 < step.size() && (step[i + 1] == '0' || step[i + 1] == '1'))
                key += step[++i] == '0' ? '~' : '/';
            else
                key += step[i];
    }
    return out;
}

} // namespace gatehouse::realm
