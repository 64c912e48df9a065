#include <base/ascii.h>
#include <ingress/page.h>
#include <ingress/wire.h>

#include <fmt/format.h>
#include <iterator>

namespace gatehouse::ingress {

namespace {

bool isFraming(std::string_view name) {
    return equalsIgnoreCase(name, "Content-Length") || equalsIgnoreCase(name, "Transfer-Encoding");
}

bool isNeighbours(std::string_view name) { // between the service and nginx only
    return equalsIgnoreCase(name, "Transfer-Encoding") || equalsIgnoreCase(name, "Connection") ||
           equalsIgnoreCase(name, "Keep-Alive") || equalsIgnoreCase(name, "Date");
}

bool dropped(std::string_view name, std::span<const exchange::HeadEdit> edits) {
    for (const exchange::HeadEdit& edit : edits)
        if (edit.op != exchange::HeadEdit::Op::Add && equalsIgnoreCase(edit.name, name))
            return true;
    return false;
}

void line(std::string_view name, std::string_view value, std::string& out) {
    out.append(name).append(": ").append(value).append("\r\n");
}

} // namespace

void writeRequestHead(std::string_view method, std::string_view target, bool http10, http::HeadersView client,
                      std::span<const exchange::HeadEdit> edits, RequestFraming framing, std::string& out) {
    out.append(method).append(" ").append(target).append(http10 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
    exchange::writeFields({}, edits, exchange::EditedFields::First, out);
    if (framing.length)
        fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", *framing.length);
    else if (framing.chunked)
        out += "Transfer-Encoding: chunked\r\n";
    for (const http::Header field : client)
        if (!isFraming(field.name) && !dropped(field.name, edits))
            line(field.name, field.value, out);
    out += "\r\n";
}

void writeAnswerHead(int status, std::string_view reason, http::HeadersView upstream,
                     std::span<const exchange::HeadEdit> edits, const AnswerFraming& framing,
                     std::string& out) {
    fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", status, reason);
    const http::Headers fields = exchange::edited(upstream, edits, exchange::EditedFields::Last);
    const auto lead = [&](std::string_view name) {
        if (const auto value = fields.view().find(name))
            line(name, *value, out);
    };
    lead("Server");
    if (!framing.date.empty())
        line("Date", framing.date, out);
    lead("Content-Type");
    if (framing.length && status != 204 && status / 100 != 1)
        fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", *framing.length);
    lead("Last-Modified");
    if (framing.chunked)
        out += "Transfer-Encoding: chunked\r\n";
    out += framing.upgrade     ? "Connection: upgrade\r\n"
           : framing.keepAlive ? "Connection: keep-alive\r\n"
                               : "Connection: close\r\n";
    for (const http::Header field : fields.view()) {
        const bool led = equalsIgnoreCase(field.name, "Server") ||
                         equalsIgnoreCase(field.name, "Content-Type") ||
                         equalsIgnoreCase(field.name, "Last-Modified");
        // The Content-Length of a preflight's 204 is no framing field: nginx sets it by hand.
        const bool framed = equalsIgnoreCase(field.name, "Content-Length") && status != 204;
        if (!led && !framed && !isNeighbours(field.name))
            line(field.name, field.value, out);
    }
    out += "\r\n";
}

exchange::Respond parserRefusal(int status) {
    exchange::Respond out;
    out.status = status == 431 || status == 497 ? 400 : status;
    out.reason = nginxReason(out.status);
    out.headers.add("Content-Type", "text/html");
    out.body = page(status, {});
    return out;
}

bool closesAfter(const exchange::Respond& answer) {
    return pageClosesConnection(answer.status) ||
           equalsIgnoreCase(answer.headers.view().get("Connection"), "close");
}

} // namespace gatehouse::ingress
