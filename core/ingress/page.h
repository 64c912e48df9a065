// nginx's own pages, byte for byte (nginx 1.27 src/http/ngx_http_special_response.c).
#pragma once

#include <string>
#include <string_view>

namespace gatehouse::ingress {

struct PageStyle {
    bool serverTokens = false; // "nginx/1.27.1" instead of "nginx"
    bool padded = false;       // for Chrome and MSIE: statuses from 400
};
std::string page(int status, PageStyle style);

std::string_view nginxReason(int status);      // of the status line: "Moved Temporarily" for 302
bool wantsPadding(std::string_view userAgent); // ngx_http_process_user_agent
bool pageClosesConnection(int status);         // statuses after which nginx ends keep-alive

inline constexpr std::string_view serverName = "nginx/1.27.1";

} // namespace gatehouse::ingress
