#include <engine/reply.h>

namespace gatehouse::engine {

namespace {

// nginx's wording where it differs from the registered one (ngx_http_header_filter_module.c).
std::string_view nginxPhrase(int status) {
    switch (status) {
    case 302:
        return "Moved Temporarily";
    case 400:
        return "Bad Request";
    case 413:
        return "Request Entity Too Large";
    case 414:
        return "Request-URI Too Large";
    case 431:
        return "Request Header Or Cookie Too Large";
    case 503:
        return "Service Temporarily Unavailable";
    case 504:
        return "Gateway Time-out";
    case 408:
        return "Request Time-out";
    case 405:
        return "Not Allowed";
    default:
        return http::reasonPhrase(status);
    }
}

} // namespace

void Reply::settle() {
    const http::ResponseView from = view();
    http::Response edited;
    edited.status = from.status;
    edited.reason = from.reason;
    edited.headers = exchange::edited(from.headers, edits, exchange::EditedFields::Last);
    edited.body = std::move(held.body);
    held = std::move(edited);
    headReplaced = true;
    edits.clear();
}

Reply page(int status, Manner manner) {
    Reply reply;
    reply.manner = manner;
    reply.own = true;
    reply.held.status = status;
    if (manner != Manner::Nginx) {
        reply.held.headers.add("Content-Type", "text/plain; charset=utf-8");
        reply.held.body = std::to_string(status) + ' ' + std::string(http::reasonPhrase(status)) + '\n';
        return reply;
    }
    const std::string title = std::to_string(status) + ' ' + std::string(nginxPhrase(status));
    reply.held.reason = nginxPhrase(status);
    reply.held.headers.add("Content-Type", "text/html");
    reply.held.body = "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" +
                      title + "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
    return reply;
}

} // namespace gatehouse::engine
