// Names and paths to servers and locations, as nginx looks them up.
#include <base/ascii.h>
#include <ingress/model.h>

namespace gatehouse::ingress {

const Server& Model::serverFor(std::string_view host) const {
    if (const auto exact = exactNames.find(host); exact != exactNames.end())
        return servers[exact->second];
    for (const NameMatcher& name : wildcards) {
        if (!name.suffix.empty() && host.size() > name.suffix.size() && host.ends_with(name.suffix))
            return servers[name.server];
        if (!name.prefix.empty() && host.size() > name.prefix.size() && host.starts_with(name.prefix))
            return servers[name.server];
    }
    for (const NameMatcher& name : expressions)
        if (name.expression && name.expression->matches(host))
            return servers[name.server];
    return servers[defaultServer];
}

// certificate.lua: the host's own entry, else the one of its parent with a star.
bool Model::certificateFor(std::string_view host) const {
    if (const auto own = certificates.find(host); own != certificates.end())
        return own->second;
    const auto dot = host.find('.');
    if (dot == std::string_view::npos || dot == 0)
        return false;
    const auto parent = certificates.find("*" + std::string(host.substr(dot)));
    return parent != certificates.end() && parent->second;
}

Found findLocation(const Server& server, std::string_view uri, Regex::Captures& captures) {
    if (server.expressions) {
        for (const Location& location : server.locations)
            if (location.expression && location.expression->matches(uri, &captures))
                return {&location, false};
        return {};
    }
    // Locations are sorted by length, so the first prefix that fits is the longest.
    const Location* prefix = nullptr;
    const Location* slash = nullptr;
    for (const Location& location : server.locations) {
        const std::string_view path = location.path;
        if (location.kind == Location::Kind::Exact && uri == path)
            return {&location, false};
        if (location.kind == Location::Kind::Prefix && prefix == nullptr && uri.starts_with(path))
            prefix = &location;
        // proxy_pass with a path that ends in a slash: nginx redirects the path without it.
        if (path.size() == uri.size() + 1 && path.ends_with('/') && path.starts_with(uri) && !location.denied)
            slash = &location;
    }
    if (slash != nullptr)
        return {slash, true};
    return {prefix, false};
}

} // namespace gatehouse::ingress
