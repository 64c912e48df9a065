#include <base/ascii.h>
#include <ingress/addresses.h>
#include <ingress/objectChecks.h>

#include <algorithm>

namespace gatehouse::ingress {

namespace {

// inspector/rules.go: such words in hosts, paths and Secret names take the whole Ingress out.
bool inspected(std::string_view value) {
    for (const std::string_view directive : {"alias", "root"})
        if (const auto at = value.find(directive);
            at != std::string_view::npos && value.find(';', at) != std::string_view::npos)
            return false;
    for (const std::string_view folder : {"/etc/passwd", "/etc/shadow", "/etc/group", "/etc/nginx",
                                          "/etc/ingress-controller", "/var/run/secrets", "_by_lua"})
        if (value.find(folder) != std::string_view::npos)
            return false;
    return true;
}

// RFC 1123 subdomain in small letters, or one with "*." in front (Kubernetes networking/validation).
std::string_view whyNoHost(std::string_view host) {
    if (host.empty())
        return {};
    if (parseAddress(host))
        return "is an address, and a host is a name";
    if (host.starts_with("*."))
        host.remove_prefix(2);
    for (const std::string_view label : split(host, '.')) {
        const auto small = [](char c) { return (c >= 'a' && c <= 'z') || asciiDigit(c); };
        if (label.empty() || !small(label.front()) || !small(label.back()) ||
            !std::all_of(label.begin(), label.end(), [&](char c) { return small(c) || c == '-'; }))
            return "is no host name of small letters, digits, - and . (nor one with *. in front)";
    }
    return {};
}

std::string_view whyNoPath(const lab::IngressPath& path) {
    const std::string_view text = path.path;
    const bool free = path.pathType == lab::PathType::ImplementationSpecific;
    if (text.empty() ? !free : !text.starts_with('/'))
        return "is no absolute path";
    if (free)
        return {};
    for (const std::string_view part : {"//", "/./", "/../", "%2f", "%2F"})
        if (text.find(part) != std::string_view::npos)
            return "has //, /./, /../ or %2F in it";
    if (text.ends_with("/..") || text.ends_with("/."))
        return "ends in a dot segment";
    return {};
}

bool apiServerTakes(const lab::IngressObject& object, Findings& findings) {
    bool takes = true;
    const auto judge = [&](const std::string& value, std::string_view why, FieldId from) {
        if (why.empty())
            return;
        findings.refuse(message::apiServerRefuses, {{"value", value}, {"reason", std::string(why)}}, from);
        takes = false;
    };
    for (const lab::IngressRule& rule : object.rules) {
        judge(rule.host, whyNoHost(rule.host), rule.from);
        for (const lab::IngressPath& path : rule.paths)
            judge(path.path, whyNoPath(path), path.from);
    }
    return takes;
}

} // namespace

bool objectStands(const lab::IngressObject& object, Findings& findings) {
    bool stands = apiServerTakes(object, findings);
    const auto check = [&](std::string_view name, const std::string& value, FieldId from) {
        if (inspected(value))
            return;
        findings.warn(
            message::ingressDropped,
            {{"name", std::string(name)}, {"value", value}, {"reason", "it looks like an nginx directive"}},
            from);
        stands = false;
    };
    for (const lab::IngressRule& rule : object.rules) {
        check("host", rule.host, rule.from);
        for (const lab::IngressPath& path : rule.paths)
            check("path", path.path, path.from);
    }
    for (const lab::IngressTls& tls : object.tls) {
        check("secretName", tls.secretName, tls.from);
        for (const std::string& host : tls.hosts)
            check("hosts", host, tls.from);
    }
    return stands;
}

void webhookChecks(const lab::IngressObject& object, const Settings& settings, Findings& findings) {
    if (!settings.strictPathType)
        return;
    for (const lab::IngressRule& rule : object.rules)
        for (const lab::IngressPath& path : rule.paths) {
            if (path.pathType == lab::PathType::ImplementationSpecific)
                continue;
            const bool plain =
                path.path.starts_with('/') && std::all_of(path.path.begin(), path.path.end(), [](char c) {
                    return asciiAlpha(c) || asciiDigit(c) ||
                           std::string_view("._-/").find(c) != std::string_view::npos;
                });
            if (!plain && !path.path.empty())
                findings.warn(message::webhookRefuses,
                              {{"reason", "the path " + path.path +
                                              " has characters that only the path type "
                                              "ImplementationSpecific may have"}},
                              path.from);
        }
}

} // namespace gatehouse::ingress
