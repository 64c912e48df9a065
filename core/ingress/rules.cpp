#include <ingress/ingress.h>
#include <ingress/rules.h>

namespace gatehouse::ingress {

namespace {

constexpr exchange::RuleRow all[] = {rule::defaultServer,
                                     rule::location,
                                     rule::expression,
                                     rule::noPath,
                                     rule::addSlash,
                                     rule::rewriteRedirect,
                                     rule::forward,
                                     rule::rewrite,
                                     rule::badTarget,
                                     rule::badMethod,
                                     rule::badHost,
                                     rule::headTooLarge,
                                     rule::blockedAgent,
                                     rule::certificateMissing,
                                     rule::appRoot,
                                     rule::wwwRedirect,
                                     rule::bodyTooLarge,
                                     rule::preflight,
                                     rule::redirect,
                                     rule::denied,
                                     rule::toHttps,
                                     rule::noEndpoints,
                                     rule::addressDenied,
                                     rule::addressAllowed,
                                     rule::ask,
                                     rule::noAuthLocation,
                                     rule::passed,
                                     rule::unauthorized,
                                     rule::forbidden,
                                     rule::unexpected,
                                     rule::authHeadTooLarge,
                                     rule::signin,
                                     rule::authField,
                                     rule::authMethodField,
                                     rule::authSetHeader,
                                     rule::authHidden,
                                     rule::authResponseHeader,
                                     rule::authCookie,
                                     rule::authChallenge,
                                     rule::hop,
                                     rule::droppedName,
                                     rule::upstreamHost,
                                     rule::requestId,
                                     rule::forwarded,
                                     rule::originalForwarded,
                                     rule::originalUri,
                                     rule::httpoxy,
                                     rule::setHeaders,
                                     rule::forwardedPrefix,
                                     rule::errorBackend,
                                     rule::hsts,
                                     rule::cors,
                                     rule::customHeaders,
                                     rule::addHeaders,
                                     rule::hidden,
                                     rule::serverField,
                                     rule::replaced,
                                     rule::customError,
                                     rule::ownPage};

constexpr exchange::DifferenceRow known[] = {
    {"ingress.two-hosts",
     GH_TEXT("core", "auth-proxy-set-headers or proxy-set-headers with Host sends two Host lines."),
     GH_TEXT("core", "One Host line is sent, the controller's own."),
     GH_TEXT("core",
             "Two Host lines make two parsers disagree about whom a request is for (RFC 9112 section 3.2).")},
    {"ingress.framing-from-auth",
     GH_TEXT("core", "auth-response-headers with Content-Length or Transfer-Encoding copies auth-url's into "
                     "the request."),
     GH_TEXT("core", "These fields, Connection and Host are left out of auth-response-headers."),
     GH_TEXT("core", "The length of auth-url's answer is not the length of the client's body: the request "
                     "would be torn.")},
    {"ingress.repeated-length",
     GH_TEXT("core",
             "nginx lets Content-Length: 3 with another Content-Length: 3 fail with its own 400 page."),
     GH_TEXT("core", "So does the parser, for this and for everything else that could be read in two ways."),
     GH_TEXT("core", "Refusals of the parser are stricter than nginx's in places (RFC 9112 section 6.3).")},
    {"ingress.many-fields", GH_TEXT("core", "nginx counts the bytes of a head, not its fields."),
     GH_TEXT("core", "More than 2000 fields are refused as a head that is too large."),
     GH_TEXT("core", "What every field is looked at for must stay cheap whoever sends it.")},
    {"ingress.accel-redirect",
     GH_TEXT("core", "X-Accel-Redirect of a service makes nginx serve another location."),
     GH_TEXT("core", "The field is only taken off the answer."),
     GH_TEXT("core", "No template of the controller has a location meant for it.")},
    {"ingress.status-pages",
     GH_TEXT("core", "/nginx_status and /healthz answer on hosts that no Ingress serves."),
     GH_TEXT("core", "They are 404."), GH_TEXT("core", "They belong to the controller's own monitoring.")}};

} // namespace

std::span<const exchange::RuleRow> rules() {
    return all;
}

std::span<const exchange::DifferenceRow> differences() {
    return known;
}

} // namespace gatehouse::ingress
