#include <gate/goUrl.h>
#include <gate/pages.h>
#include <http/head.h>

#include <fmt/format.h>

namespace gatehouse::gate {

namespace {

constexpr std::string_view documentHead = R"html(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="{prefix}/static/css/bulma.min.css">
</head>
<body>
)html";

constexpr std::string_view signInForm = R"html(<form method="GET" action="{prefix}/start">
<input type="hidden" name="rd" value="{redirect}">
{message}<button type="submit" class="button is-primary">Sign in with {provider}</button>
</form>
)html";

constexpr std::string_view passwordForm = R"html(<hr>
<form method="POST" action="{prefix}/sign_in">
<input type="hidden" name="rd" value="{redirect}">
<label class="label" for="username">Username</label>
<input class="input" type="text" placeholder="e.g. userx@example.com" name="username" id="username">
<label class="label" for="password">Password</label>
<input class="input" type="password" placeholder="********" name="password" id="password">
<button class="button is-primary">Sign in</button>
</form>
)html";

// The fragment of the page's own address belongs to the redirect target; a server never sees it.
constexpr std::string_view fragmentScript = R"html(<script>
if (location.hash)
  for (const field of document.getElementsByName("rd"))
    field.value = field.value.replace(/#.*$/s, "") + location.hash;
</script>
)html";

constexpr std::string_view moreInfo = R"html(<div id="more-info" class="card">
<details>
<summary>More Info</summary>
{message}{request}</details>
</div>
)html";

constexpr std::string_view wayOut = R"html(<hr>
<form method="GET" action="{redirect}">
<button type="submit" class="button is-danger">Go back</button>
</form>
<form method="GET" action="{prefix}/sign_in">
<input type="hidden" name="rd" value="{redirect}">
<button type="submit" class="button is-primary">Sign in</button>
</form>
)html";

std::string footerOf(const PageSettings& settings) {
    std::string inner;
    if (settings.footer.empty())
        inner = fmt::format(
            "<p>Secured with <a href=\"https://github.com/oauth2-proxy/oauth2-proxy#oauth2_proxy\">"
            "OAuth2 Proxy</a> version {}</p>",
            emulatedVersion);
    else if (settings.footer != "-")
        inner = "<p>" + settings.footer + "</p>";
    return "<footer class=\"footer\">" + inner + "</footer>\n</body>\n</html>\n";
}

std::string headOf(const PageSettings& settings, std::string_view title) {
    return fmt::format(fmt::runtime(documentHead), fmt::arg("title", htmlEscape(title)),
                       fmt::arg("prefix", htmlEscape(settings.prefix, true)));
}

std::string_view ownMessage(int status) {
    switch (status) {
    case 500:
        return "Oops! Something went wrong. For more information contact your server administrator.";
    case 404:
        return "We could not find the resource you were looking for.";
    case 403:
        return "You do not have permission to access this resource.";
    case 401:
        return "You need to be logged in to access this resource.";
    default:
        return "Unknown error";
    }
}

std::string_view alertOf(int status) {
    if (status == 400)
        return "<div class=\"alert\">400: Username cannot be empty</div>\n";
    return status == 401 ? "<div class=\"alert\">401: Invalid Username or Password</div>\n" : "";
}

// A form's action is a URL: html/template lets no scheme pass but http, https and mailto.
std::string safeAction(std::string_view target) {
    const auto colon = target.find(':');
    const bool scheme =
        colon != std::string_view::npos && target.substr(0, colon).find('/') == std::string_view::npos;
    if (scheme && !target.starts_with("http:") && !target.starts_with("https:"))
        return "#ZgotmplZ";
    return htmlEscape(target, true);
}

} // namespace

std::string signInPage(const PageSettings& settings, std::string_view redirect, int status) {
    const std::string prefix = htmlEscape(settings.prefix, true);
    const std::string target = htmlEscape(redirect, true);
    const std::string message = settings.signInMessage.empty()
                                    ? std::string()
                                    : "<p class=\"block\">" + settings.signInMessage + "</p>\n";
    std::string out = headOf(settings, "Sign In");
    out += "<section class=\"section\">\n<div class=\"box sign-in-box\">\n";
    if (!settings.logo.empty())
        out += "<div class=\"logo-box\">" + settings.logo + "</div>\n";
    out += fmt::format(fmt::runtime(signInForm), fmt::arg("prefix", prefix), fmt::arg("redirect", target),
                       fmt::arg("message", message), fmt::arg("provider", htmlEscape(settings.providerName)));
    if (settings.passwordForm)
        out +=
            fmt::format(fmt::runtime(passwordForm), fmt::arg("prefix", prefix), fmt::arg("redirect", target));
    out.append(alertOf(status)).append("</div>\n</section>\n").append(fragmentScript);
    return out + footerOf(settings);
}

std::string errorPage(const PageSettings& settings, const ErrorPage& page) {
    const std::string title(http::reasonPhrase(page.status));
    const std::string_view message = settings.debug         ? std::string_view(page.appError)
                                     : page.message.empty() ? ownMessage(page.status)
                                                            : std::string_view(page.message);
    std::string out = headOf(settings, fmt::format("{} {}", page.status, title));
    out += fmt::format(
        "<section class=\"section\">\n<div class=\"box error-box\">\n<div class=\"status-code\">{}</div>\n"
        "<h1 class=\"subtitle\">{}</h1>\n",
        page.status, htmlEscape(title));
    const std::string shown =
        message.empty() ? std::string() : "<div class=\"content\">" + htmlEscape(message) + "</div>\n";
    const std::string request =
        page.requestId.empty()
            ? std::string()
            : "<div class=\"content\">Request ID: " + htmlEscape(page.requestId) + "</div>\n";
    if (!shown.empty() || !request.empty())
        out += fmt::format(fmt::runtime(moreInfo), fmt::arg("message", shown), fmt::arg("request", request));
    if (!page.redirect.empty())
        out += fmt::format(fmt::runtime(wayOut), fmt::arg("redirect", safeAction(page.redirect)),
                           fmt::arg("prefix", htmlEscape(settings.prefix, true)));
    return out + "</div>\n</section>\n" + footerOf(settings);
}

std::string_view builtInLogo() {
    return R"svg(<svg viewBox="0 0 64 64" width="96" height="96" role="img" aria-label="Logo"><path fill="#3b7ddd" d="M32 4 8 14v18c0 14 10 24 24 28 14-4 24-14 24-28V14z"/><path fill="#fff" d="M32 20a8 8 0 0 0-4 15v9h8v-9a8 8 0 0 0-4-15z"/></svg>)svg";
}

std::string_view staticFile(std::string_view path) {
    constexpr std::string_view sheet =
        R"css(body{margin:0;min-height:100vh;background:#f5f5f5;color:#363636;font:1rem/1.5 system-ui,sans-serif}
.section{padding:3rem 1.5rem}.box{background:#fff;border-radius:6px;box-shadow:0 .5em 1em -.125em #0a0a0a1a;padding:1.25rem;text-align:center}
.sign-in-box{max-width:400px;margin:1.25rem auto}.error-box{max-width:600px;margin:1.25rem auto}.logo-box{margin:1.5rem 3rem}
.status-code{font-size:8rem;font-weight:600;line-height:1}.subtitle{font-weight:400}.content{text-align:left;padding:.5rem}
.button{border:1px solid transparent;border-radius:4px;padding:.5em 1em;font-size:1rem;cursor:pointer;margin:.25rem 0}
.is-primary{background:#00806a;color:#fff}.is-danger{background:#c9214e;color:#fff}
.label{display:block;text-align:left;font-weight:600}.input{width:100%;box-sizing:border-box;padding:.5em;margin:.25rem 0 .75rem;border:1px solid #b5b5b5;border-radius:4px}
.alert{background:#c62828;color:#fff;border-radius:5px;padding:5px;margin-top:1rem}
.card{border:1px solid #eee;padding:.75rem;text-align:left}.footer{text-align:center;font-size:.75rem;color:#666}.footer a{color:inherit}
)css";
    return path == "css/bulma.min.css" || path == "css/all.min.css" ? sheet : std::string_view{};
}

} // namespace gatehouse::gate
