#include <base/ascii.h>
#include <http/head.h>
#include <ingress/page.h>

#include <fmt/format.h>

namespace gatehouse::ingress {

namespace {

// Titles that differ from the reason of the status line or have none (RFC 9110 section 15 knows the rest).
std::string_view title(int status) {
    switch (status) {
    case 302:
        return "302 Found";
    case 307:
        return "307 Temporary Redirect";
    case 401:
        return "401 Authorization Required";
    case 405:
        return "405 Not Allowed";
    case 408:
        return "408 Request Time-out";
    case 413:
        return "413 Request Entity Too Large";
    case 414:
        return "414 Request-URI Too Large";
    case 416:
        return "416 Requested Range Not Satisfiable";
    case 431:
    case 494:
        return "400 Request Header Or Cookie Too Large";
    case 497:
        return "400 The plain HTTP request was sent to HTTPS port";
    case 503:
        return "503 Service Temporarily Unavailable";
    case 504:
        return "504 Gateway Time-out";
    default:
        return {};
    }
}

} // namespace

std::string_view nginxReason(int status) {
    switch (status) {
    case 302:
        return "Moved Temporarily";
    case 401:
        return "Unauthorized";
    case 405:
        return "Not Allowed";
    case 408:
        return "Request Time-out";
    case 413:
        return "Request Entity Too Large";
    case 414:
        return "Request-URI Too Large";
    case 416:
        return "Requested Range Not Satisfiable";
    case 503:
        return "Service Temporarily Unavailable";
    case 504:
        return "Gateway Time-out";
    default:
        return http::reasonPhrase(status);
    }
}

std::string page(int status, PageStyle style) {
    std::string heading(title(status));
    if (heading.empty())
        heading = fmt::format("{} {}", status, http::reasonPhrase(status));
    std::string_view first = heading; // 494 shows 400 as title, the reason as second line
    std::string second;
    if (status == 431 || status == 494 || status == 497) {
        first = "400 Bad Request";
        second = fmt::format("<center>{}</center>\r\n", heading.substr(4));
        return fmt::format(
            "<html>\r\n<head><title>{}</title></head>\r\n<body>\r\n<center><h1>{}</h1></center>\r\n"
            "{}<hr><center>{}</center>\r\n</body>\r\n</html>\r\n",
            heading, first, second, style.serverTokens ? serverName : "nginx");
    }
    std::string out =
        fmt::format("<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n"
                    "<hr><center>{1}</center>\r\n</body>\r\n</html>\r\n",
                    first, style.serverTokens ? serverName : "nginx");
    if (style.padded && status >= 400)
        for (int i = 0; i < 6; ++i)
            out += "<!-- a padding to disable MSIE and Chrome friendly error page -->\r\n";
    return out;
}

bool wantsPadding(std::string_view agent) {
    if (agent.find("Opera") != std::string_view::npos)
        return false;
    const auto msie = agent.find("MSIE ");
    if (msie != std::string_view::npos && msie + 7 < agent.size())
        return true;
    return agent.find("Gecko/") == std::string_view::npos && agent.find("Chrome/") != std::string_view::npos;
}

bool pageClosesConnection(int status) {
    switch (status) {
    case 400:
    case 405: // only for TRACE and CONNECT, refused before keep-alive is looked at
    case 413:
    case 414:
    case 431:
    case 494:
    case 497:
    case 500:
    case 501:
    case 505:
        return true;
    default:
        return false;
    }
}

} // namespace gatehouse::ingress
