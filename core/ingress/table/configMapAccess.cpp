// ConfigMap keys of ingress-nginx 1.15.1: Access.
#include <ingress/table/rows.h>

namespace gatehouse::ingress::table {

namespace {

constexpr AnnotationRow rows[] = {
    {"whitelist-source-range", "list", Support::Does, "Access",
     GH_TEXT("core", "Addresses and networks that may come in where an Ingress says nothing."), "", "",
     "everybody", "", ""},
    {"denylist-source-range", "list", Support::Does, "Access",
     GH_TEXT("core", "Addresses and networks that get 403 where an Ingress says nothing."), "", "", "nobody",
     "", ""},
    {"block-cidrs", "list", Support::Does, "Access",
     GH_TEXT("core", "Addresses and networks that get 403 everywhere."), "", "", "nobody", "", ""},
    {"block-user-agents", "list", Support::Does, "Access",
     GH_TEXT("core", "User-Agent values that get 403: exact ones, or regular expressions that begin with ~."),
     "", "", "nobody", "", ""},
    {"block-referers", "list", Support::Does, "Access",
     GH_TEXT("core", "Referer values that get 403: exact ones, or regular expressions that begin with ~."),
     "", "", "nobody", "", ""},
    {"limit-req-status-code", "integer", Support::NotYet, "Access",
     GH_TEXT("core", "Status for too many requests."), "", "503", "503", "",
     GH_TEXT("core", "No limits are kept here.")},
    {"limit-conn-status-code", "integer", Support::NotYet, "Access",
     GH_TEXT("core", "Status for too many connections."), "", "503", "503", "",
     GH_TEXT("core", "No limits are kept here.")},
    {"limit-conn-zone-variable", "text", Support::NotYet, "Access",
     GH_TEXT("core", "What connections are counted by."), "", "$binary_remote_addr", "$binary_remote_addr",
     "", GH_TEXT("core", "No limits are kept here.")},
    {"limit-rate", "integer", Support::NotYet, "Access", GH_TEXT("core", "Speed of an answer."),
     "KiB a second", "0", "no limit", "", GH_TEXT("core", "No limits are kept here.")},
    {"limit-rate-after", "integer", Support::NotYet, "Access",
     GH_TEXT("core", "Bytes of an answer before limit-rate begins."), "KiB", "0", "0", "",
     GH_TEXT("core", "No limits are kept here.")},
};

} // namespace

std::span<const AnnotationRow> configMapAccess() {
    return rows;
}

} // namespace gatehouse::ingress::table
