// ConfigMap keys of ingress-nginx 1.15.1: Forwarding.
#include <ingress/table/rows.h>

namespace gatehouse::ingress::table {

namespace {

constexpr AnnotationRow rows[] = {
    {"proxy-body-size", "size", Support::Does, "Forwarding",
     GH_TEXT("core", "Largest request body; larger ones get 413."), "", "1m", "1m", "", ""},
    {"proxy-request-buffering", "choice", Support::Does, "Forwarding",
     GH_TEXT("core", "Read the whole request body before the service is asked."), "", "on", "on", "on off",
     ""},
    {"proxy-buffering", "choice", Support::Partly, "Forwarding",
     GH_TEXT("core", "Read services' answers ahead."), "", "off", "off", "on off",
     GH_TEXT("core", "Answers are always streamed here; what passes is the same.")},
    {"proxy-buffers-number", "integer", Support::Partly, "Forwarding",
     GH_TEXT("core", "Number of buffers for an answer."), "", "4", "4", "",
     GH_TEXT("core", "The engine has its own buffers.")},
    {"proxy-buffer-size", "size", Support::Does, "Forwarding",
     GH_TEXT("core", "Largest head of an answer, of the service's (502) and of auth-url's (500)."), "", "4k",
     "4k", "", ""},
    {"proxy-busy-buffers-size", "size", Support::Partly, "Forwarding",
     GH_TEXT("core", "Part of the buffers that may be on the way to the client."), "", "", "nginx's own", "",
     GH_TEXT("core", "The engine has its own buffers.")},
    {"proxy-max-temp-file-size", "size", Support::Partly, "Forwarding",
     GH_TEXT("core", "Largest temporary file for an answer."), "", "1024m", "1024m", "",
     GH_TEXT("core", "Answers are streamed here.")},
    {"proxy-connect-timeout", "duration", Support::Does, "Forwarding",
     GH_TEXT("core", "Longest wait for a connection to the service."), "seconds", "5", "5", "", ""},
    {"proxy-read-timeout", "duration", Support::Does, "Forwarding",
     GH_TEXT("core", "Longest pause while the service answers."), "seconds", "60", "60", "", ""},
    {"proxy-send-timeout", "duration", Support::Does, "Forwarding",
     GH_TEXT("core", "Longest pause while sending to the service."), "seconds", "60", "60", "", ""},
    {"proxy-next-upstream", "list", Support::Does, "Forwarding",
     GH_TEXT("core", "After what the request is tried again, with another endpoint if there is one."), "",
     "error timeout", "error timeout", "", ""},
    {"proxy-next-upstream-timeout", "duration", Support::Does, "Forwarding",
     GH_TEXT("core", "Longest time for all tries."), "seconds", "0", "0", "", ""},
    {"proxy-next-upstream-tries", "integer", Support::Does, "Forwarding", GH_TEXT("core", "Number of tries."),
     "", "3", "3", "", ""},
    {"retry-non-idempotent", "boolean", Support::Does, "Forwarding",
     GH_TEXT("core", "Try POST and its like again too."), "", "false", "false", "", ""},
    {"proxy-http-version", "choice", Support::Does, "Forwarding",
     GH_TEXT("core", "HTTP version towards services and auth-url."), "", "1.1", "1.1", "1.0 1.1", ""},
    {"proxy-ssl-location-only", "boolean", Support::NotYet, "Forwarding",
     GH_TEXT("core", "Use proxy-ssl-* for locations only."), "", "false", "false", "",
     GH_TEXT("core", "Here the service's own `skipCertificateCheck` decides.")},
    {"service-upstream", "boolean", Support::Partly, "Forwarding",
     GH_TEXT("core", "Use Services' cluster addresses."), "", "false", "false", "",
     GH_TEXT("core", "A lab has one address a service.")},
    {"load-balance", "choice", Support::Partly, "Forwarding", GH_TEXT("core", "How endpoints are chosen."),
     "", "round_robin", "round_robin", "round_robin ewma",
     GH_TEXT("core", "A lab has one address a service.")},
    {"upstream-hash-by", "text", Support::Partly, "Forwarding",
     GH_TEXT("core", "Choose the endpoint by a hash of this."), "", "", "none", "",
     GH_TEXT("core", "A lab has one address a service.")},
    {"upstream-hash-by-subset", "boolean", Support::Partly, "Forwarding",
     GH_TEXT("core", "Choose among a subset of endpoints."), "", "false", "false", "",
     GH_TEXT("core", "A lab has one address a service.")},
    {"upstream-hash-by-subset-size", "integer", Support::Partly, "Forwarding",
     GH_TEXT("core", "Endpoints of a subset."), "", "3", "3", "",
     GH_TEXT("core", "A lab has one address a service.")},
    {"upstream-keepalive-connections", "integer", Support::Partly, "Forwarding",
     GH_TEXT("core", "Idle connections to services; 0 sends Connection: close."), "", "320", "320", "",
     GH_TEXT("core", "The engine's pool has its own size.")},
    {"upstream-keepalive-time", "duration", Support::Partly, "Forwarding",
     GH_TEXT("core", "Longest life of a connection to a service."), "", "1h", "1h", "",
     GH_TEXT("core", "The engine's pool decides.")},
    {"upstream-keepalive-timeout", "duration", Support::Partly, "Forwarding",
     GH_TEXT("core", "How long an idle connection to a service is kept."), "seconds", "60", "60", "",
     GH_TEXT("core", "The engine's pool decides.")},
    {"upstream-keepalive-requests", "integer", Support::Partly, "Forwarding",
     GH_TEXT("core", "Requests on one connection to a service."), "", "10000", "10000", "",
     GH_TEXT("core", "The engine's pool decides.")},
    {"grpc-buffer-size-kb", "integer", Support::NotYet, "Forwarding",
     GH_TEXT("core", "Buffer for gRPC answers."), "KiB", "0", "0", "",
     GH_TEXT("core", "gRPC is not spoken here.")},
};

} // namespace

std::span<const AnnotationRow> configMapProxy() {
    return rows;
}

} // namespace gatehouse::ingress::table
