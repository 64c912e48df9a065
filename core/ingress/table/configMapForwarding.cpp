// ConfigMap keys of ingress-nginx 1.15.1: Forwarded fields and client address.
#include <ingress/table/rows.h>

namespace gatehouse::ingress::table {

namespace {

constexpr AnnotationRow rows[] = {
    {"use-forwarded-headers", "boolean", Support::Does, "Forwarded fields and client address",
     GH_TEXT("core", "Believe X-Forwarded-For, -Host, -Proto and -Port of whoever connects."), "", "false",
     "false", "", ""},
    {"compute-full-forwarded-for", "boolean", Support::Does, "Forwarded fields and client address",
     GH_TEXT("core", "Append the peer to X-Forwarded-For; only with use-forwarded-headers."), "", "false",
     "false", "", ""},
    {"forwarded-for-header", "text", Support::Does, "Forwarded fields and client address",
     GH_TEXT("core", "Field that carries the client address."), "", "X-Forwarded-For", "X-Forwarded-For", "",
     ""},
    {"forwarded-host-header", "text", Support::Does, "Forwarded fields and client address",
     GH_TEXT("core", "Field whose value becomes X-Original-Forwarded-Host."), "", "X-Forwarded-Host",
     "X-Forwarded-Host", "", ""},
    {"forwarded-for-proxy-protocol-header", "text", Support::NotYet, "Forwarded fields and client address",
     GH_TEXT("core", "Field used for the client address with PROXY protocol."), "",
     "X-Forwarded-For-Proxy-Protocol", "X-Forwarded-For-Proxy-Protocol", "",
     GH_TEXT("core", "PROXY protocol is not read here.")},
    {"enable-real-ip", "boolean", Support::Does, "Forwarded fields and client address",
     GH_TEXT("core", "Take the client address from the field without believing the others."), "", "false",
     "false", "", ""},
    {"proxy-real-ip-cidr", "list", Support::Does, "Forwarded fields and client address",
     GH_TEXT("core", "Peers whose field is believed."), "", "0.0.0.0/0", "0.0.0.0/0", "", ""},
    {"use-proxy-protocol", "boolean", Support::NotYet, "Forwarded fields and client address",
     GH_TEXT("core", "Read the PROXY protocol."), "", "false", "false", "",
     GH_TEXT("core", "PROXY protocol is not read here.")},
    {"proxy-protocol-header-timeout", "duration", Support::NotYet, "Forwarded fields and client address",
     GH_TEXT("core", "Longest wait for the PROXY header."), "", "5s", "5s", "",
     GH_TEXT("core", "See use-proxy-protocol.")},
    {"proxy-add-original-uri-header", "boolean", Support::Does, "Forwarded fields and client address",
     GH_TEXT("core", "Send X-Original-URI to services."), "", "false", "false", "", ""},
    {"generate-request-id", "boolean", Support::Does, "Forwarded fields and client address",
     GH_TEXT("core", "Make an X-Request-ID where the client sent none."), "", "true", "true", "", ""},
    {"proxy-set-headers", "text", Support::Does, "Forwarded fields and client address",
     GH_TEXT("core", "ConfigMap (namespace/name) whose entries are added to every request to a service."), "",
     "", "none", "", ""},
    {"enable-underscores-in-headers", "boolean", Support::Does, "Forwarded fields and client address",
     GH_TEXT("core", "Keep request fields with an underscore in their name."), "", "false", "false", "", ""},
    {"ignore-invalid-headers", "boolean", Support::Does, "Forwarded fields and client address",
     GH_TEXT("core", "Drop request fields with other characters in their name; off lets them pass."), "",
     "true", "true", "", ""},
};

} // namespace

std::span<const AnnotationRow> configMapForwarding() {
    return rows;
}

} // namespace gatehouse::ingress::table
