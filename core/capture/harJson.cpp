#include <base/ascii.h>
#include <base/encoding.h>
#include <capture/decision.h>
#include <capture/har.h>
#include <capture/headLines.h>
#include <capture/headerTable.h>
#include <http/cookie.h>
#include <http/url.h>
#include <lab/utf8.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace gatehouse::capture {

namespace {

using Json = nlohmann::ordered_json;
using exchange::Exchange;
using exchange::HeadEdit;
using exchange::Leg;
using exchange::Message;

// ISO 8601 with milliseconds, in UTC.
std::string isoTime(WallTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::milliseconds>(time - day));
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                       clock.subseconds().count());
}

double milliseconds(std::chrono::nanoseconds time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

class Writer {
public:
    explicit Writer(const Redactor& redact) : redact_(redact) {}

    Json entry(const Exchange& exchange) const {
        const exchange::Timing& when = exchange.client.when;
        const double wait = milliseconds(when.firstByte.count() > 0 ? when.firstByte : when.done);
        Json out{{"startedDateTime", isoTime(when.started.wall)},
                 {"time", milliseconds(when.done)},
                 {"request", request(exchange)},
                 {"response", response(exchange)},
                 {"cache", Json::object()},
                 {"timings",
                  {{"send", 0}, {"wait", wait}, {"receive", std::max(0.0, milliseconds(when.done) - wait)}}}};
        if (const std::string& address = reached(exchange).address; address.starts_with("127."))
            out["serverIPAddress"] = address.substr(0, address.find(':'));
        out["_gatehouse"] = extras(exchange);
        return out;
    }

private:
    std::string clean(std::string_view text) const { return redact_(text); }

    // The redactor knows secrets by their field, so it has to see the line.
    std::string cleanValue(std::string_view name, std::string_view value) const {
        const std::string line = clean(std::string(name) + ": " + std::string(value));
        return line.size() > name.size() + 2 ? line.substr(name.size() + 2) : std::string();
    }

    Json headers(std::string_view head) const {
        Json out = Json::array();
        for (const http::Header& field : headLines(head).fields)
            out.push_back({{"name", field.name}, {"value", cleanValue(field.name, field.value)}});
        return out;
    }

    static std::string versionOf(std::string_view startLine) {
        const auto at = startLine.find("HTTP/");
        return at == std::string_view::npos ? "HTTP/1.1" : std::string(startLine.substr(at, 8));
    }

    Json requestCookies(const HeadLines& lines) const {
        Json out = Json::array();
        for (const std::string_view field : lines.all("Cookie"))
            for (std::string_view pair : split(field, ';')) {
                pair = trim(pair);
                const std::string_view name = pair.substr(0, pair.find('='));
                if (!name.empty())
                    out.push_back({{"name", name}, {"value", redacted}});
            }
        return out;
    }

    Json responseCookies(const HeadLines& lines) const {
        Json out = Json::array();
        for (const std::string_view line : lines.all("Set-Cookie")) {
            const auto cookie = http::parseSetCookie(line);
            if (!cookie)
                continue;
            Json one{{"name", cookie->name},
                     {"value", redacted},
                     {"httpOnly", cookie->httpOnly},
                     {"secure", cookie->secure}};
            if (!cookie->path.empty())
                one["path"] = cookie->path;
            if (!cookie->domain.empty())
                one["domain"] = cookie->domain;
            if (cookie->expires)
                one["expires"] = isoTime(*cookie->expires);
            out.push_back(std::move(one));
        }
        return out;
    }

    Json query(std::string_view target) const {
        Json out = Json::array();
        const auto mark = target.find('?');
        if (mark != std::string_view::npos)
            for (const auto& [name, value] : http::parseForm(target.substr(mark + 1)))
                out.push_back(
                    {{"name", name},
                     {"value", isSecretParameter(lower(name)) ? std::string(redacted) : clean(value)}});
        return out;
    }

    Json request(const Exchange& exchange) const {
        const Message& message = exchange.client.request;
        const HeadLines lines = headLines(message.head);
        Json out{{"method", exchange.method},
                 {"url", clean(exchange.scheme + "://" + exchange.authority + exchange.target)},
                 {"httpVersion", versionOf(lines.startLine)},
                 {"cookies", requestCookies(lines)},
                 {"headers", headers(message.head)},
                 {"queryString", query(exchange.target)},
                 {"headersSize", message.head.size() + 2}, // the blank line is not kept
                 {"bodySize", message.body.size}};
        if (message.body.size > 0)
            out["postData"] = {{"mimeType", lines.get("Content-Type")}, {"text", clean(message.body.start)}};
        return out;
    }

    Json content(const Message& message, std::string_view type) const {
        Json out{{"size", message.body.size}, {"mimeType", type.empty() ? "x-unknown" : type}};
        if (message.body.start.empty())
            return out;
        const std::string text = clean(message.body.start);
        const bool readable = lab::firstInvalidUtf8(text) == std::string_view::npos;
        out["text"] = readable ? text : base64(text);
        if (!readable)
            out["encoding"] = "base64";
        if (message.body.size > message.body.start.size())
            out["comment"] = "only the beginning was kept";
        return out;
    }

    Json response(const Exchange& exchange) const {
        const Message& message = exchange.client.response;
        const HeadLines lines = headLines(message.head);
        const auto second = lines.startLine.find(' ', 9);
        Json out{
            {"status", exchange.client.status},
            {"statusText",
             second == std::string_view::npos ? std::string_view{} : lines.startLine.substr(second + 1)},
            {"httpVersion", versionOf(lines.startLine)},
            {"cookies", responseCookies(lines)},
            {"headers", headers(message.head)},
            {"content", content(message, lines.get("Content-Type"))},
            {"redirectURL", clean(lines.get("Location"))},
            {"headersSize", message.head.empty() ? -1 : static_cast<std::int64_t>(message.head.size() + 2)},
            {"bodySize", message.body.size}};
        if (!exchange.client.error.empty())
            out["comment"] = clean(exchange.client.error);
        return out;
    }

    Json edits(const Exchange& exchange, const std::vector<HeadEdit>& list) const {
        constexpr std::string_view operations[] = {"set", "add", "remove"};
        Json out = Json::array();
        for (const HeadEdit& edit : list) {
            Json one{{"op", operations[static_cast<std::size_t>(edit.op)]}, {"name", edit.name}};
            if (edit.op != HeadEdit::Op::Remove)
                one["value"] = edit.secret ? std::string(redacted) : cleanValue(edit.name, edit.value);
            one["rule"] = edit.rule->id;
            one["text"] = edit.rule->text;
            if (const std::string field = fieldPath(exchange, edit.from); !field.empty())
                one["field"] = field;
            out.push_back(std::move(one));
        }
        return out;
    }

    Json leg(const Exchange& exchange, const Leg& one) const {
        Json out{{"party", name(one.to.party)},
                 {"name", one.to.name},
                 {"address", one.to.address},
                 {"status", one.status},
                 {"requestLine", clean(headLines(one.request.head).startLine)},
                 {"requestHeaders", headers(one.request.head)},
                 {"requestEdits", edits(exchange, one.requestEdits)},
                 {"responseHeaders", headers(one.response.head)},
                 {"responseEdits", edits(exchange, one.responseEdits)},
                 {"time", milliseconds(one.when.done)}};
        if (!one.error.empty())
            out["error"] = clean(one.error);
        return out;
    }

    Json trace(const Exchange& exchange) const {
        Json out = Json::array();
        for (const exchange::TraceStep& step : exchange.trace) {
            Json one{{"rule", step.rule->id},
                     {"text", step.rule->text},
                     {"outcome", name(step.outcome)},
                     {"detail", clean(step.detail)}};
            if (const std::string field = fieldPath(exchange, step.from); !field.empty())
                one["field"] = field;
            out.push_back(std::move(one));
        }
        return out;
    }

    Json extras(const Exchange& exchange) const {
        Json attempts = Json::array();
        for (const Leg& one : exchange.attempts)
            attempts.push_back(leg(exchange, one));
        return {{"id", exchange.id},
                {"parent", exchange.parent},
                {"kind", name(exchange.kind)},
                {"party", name(reached(exchange).party)},
                {"decision", row(judge(exchange, {}).decision).name},
                {"listener", exchange.listener},
                {"peer", exchange.peer},
                {"trace", trace(exchange)},
                {"requestEdits", edits(exchange, exchange.client.requestEdits)},
                {"responseEdits", edits(exchange, exchange.client.responseEdits)},
                {"attempts", std::move(attempts)}};
    }

    const Redactor& redact_;
};

} // namespace

std::string har(const std::vector<exchange::ExchangePtr>& exchanges, const HarOptions& options) {
    Json entries = Json::array();
    for (const exchange::ExchangePtr& exchange : exchanges)
        entries.push_back(Writer(*options.redact(*exchange)).entry(*exchange));
    const Json out{{"log",
                    {{"version", "1.2"},
                     {"creator", {{"name", "Gatehouse"}, {"version", options.version}}},
                     {"comment", "secrets are left out"},
                     {"entries", std::move(entries)}}}};
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace gatehouse::capture
