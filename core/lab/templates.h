// Labs to start from, with comments for newcomers: "story", "empty", and the one that `protect` fills in.
#pragma once

#include <http/url.h>

#include <span>
#include <string>
#include <string_view>

namespace gatehouse::lab {

struct Template {
    std::string_view name;
    std::string_view description;
    std::string_view text;
};
std::span<const Template> templates();

// A lab that protects the service at `url` under the public name `host`.
std::string protectTemplate(const http::Url& url, std::string_view host);

} // namespace gatehouse::lab
