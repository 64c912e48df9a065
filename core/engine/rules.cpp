#include <base/message.h>
#include <engine/engine.h>
#include <engine/rules.h>

#include <array>

namespace gatehouse::engine {

using exchange::RuleRow;

namespace rule {

const RuleRow hopByHop{"engine.hop-by-hop",
                       GH_TEXT("core", "This field speaks of one connection only and does not travel on."),
                       "RFC 9110 7.6.1; nginx: proxy_set_header defaults"};
const RuleRow framing{"engine.framing",
                      GH_TEXT("core", "The body's length is said anew by whoever sends the message."),
                      "RFC 9112 6"};
const RuleRow connection{"engine.connection", GH_TEXT("core", "Whether the client's connection stays open."),
                         "RFC 9112 9; nginx"};
const RuleRow date{"engine.date", GH_TEXT("core", "The time of the answer."), "RFC 9110 6.6.1; nginx, Go"};
const RuleRow upgrade{
    "engine.upgrade",
    GH_TEXT("core", "The connection is asked to become a WebSocket; other protocols are not passed on."),
    "RFC 6455 4.1; nginx would pass any protocol"};
const RuleRow absoluteForm{
    "engine.absolute-form",
    GH_TEXT("core", "The request names its host in the first line, which wins over Host."), "RFC 9112 3.2.2"};
const RuleRow noRequest{"engine.no-request",
                        GH_TEXT("core", "The connection ended before a request had come."), "RFC 9112 9.6"};
const RuleRow refusedMessage{
    "engine.refused-message",
    GH_TEXT("core", "The message can be read in two ways, or is too large; nobody else saw it."),
    "RFC 9112 2-7"};
const RuleRow bodyLimit{"engine.body-limit", GH_TEXT("core", "The request body is larger than allowed here."),
                        "nginx: client_max_body_size"};
const RuleRow retry{"engine.retry",
                    GH_TEXT("core", "The connection failed before any answer; the request was sent again."),
                    "RFC 9110 9.2.2; nginx: proxy_next_upstream"};
const RuleRow upstreamFailed{"engine.upstream-failed", GH_TEXT("core", "The backend gave no usable answer."),
                             "RFC 9110 15.6"};
const RuleRow clientLeft{"engine.client-left",
                         GH_TEXT("core", "The client went away before its answer was ready."),
                         "nginx: status 499"};
const RuleRow deadline{"engine.deadline", GH_TEXT("core", "Somebody took too long."),
                       "nginx: client_header_timeout and others"};
const RuleRow authLoop{"engine.auth-loop",
                       GH_TEXT("core", "Asking whether a request may pass leads to asking again: the path of "
                                       "the gate is protected by itself."),
                       "depth limit of 8; a cluster goes on until connections run out"};
const RuleRow connectProxy{"engine.connect-proxy",
                           GH_TEXT("core", "The proxy opens names of the lab and of its trust list only."),
                           "RFC 9110 9.3.6"};
const RuleRow proxyCredentials{
    "engine.proxy-credentials",
    GH_TEXT("core", "The proxy asks who wants to pass; a browser answers that by itself."), "RFC 9110 11.7"};
const RuleRow certificateLook{
    "engine.certificate-look",
    GH_TEXT("core", "The embedded browser looks at the certificate of this user's authority and hangs up; it "
                    "comes again when Gatehouse has verified it."),
    "Chromium: certificate errors end the handshake"};
const RuleRow notServed{"engine.not-served", GH_TEXT("core", "Nothing of this lab answers here."),
                        "this product"};
const RuleRow truncated{"engine.truncated", GH_TEXT("core", "The message ended before it was whole."),
                        "RFC 9112 8"};
const RuleRow certificateUnchecked{
    "engine.certificate-unchecked",
    GH_TEXT("core", "The server's certificate was not checked, because the lab says so."),
    "oauth2-proxy: ssl-insecure-skip-verify, ssl-upstream-insecure-skip-verify"};

} // namespace rule

std::span<const RuleRow> rules() {
    static const std::array rows{
        rule::hopByHop,        rule::framing,      rule::connection,     rule::date,
        rule::upgrade,         rule::absoluteForm, rule::noRequest,      rule::refusedMessage,
        rule::bodyLimit,       rule::retry,        rule::upstreamFailed, rule::clientLeft,
        rule::deadline,        rule::authLoop,     rule::connectProxy,   rule::proxyCredentials,
        rule::certificateLook, rule::notServed,    rule::truncated,      rule::certificateUnchecked};
    return rows;
}

} // namespace gatehouse::engine
