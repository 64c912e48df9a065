#include "browser.h"

#include "page.h"

#include <base/ascii.h>

namespace gatehouse::observations {
namespace {

std::string pathOf(std::string_view url) {
    constexpr std::string_view origin = "http://localhost:18080";
    return std::string(url.starts_with(origin) ? url.substr(origin.size()) : url);
}

} // namespace

std::string formBody(const Fields& fields) {
    return http::formText(http::Form(fields.begin(), fields.end()));
}

http::Response Browser::send(const Sent& sent) {
    http::Request request;
    request.method = sent.method;
    request.target = pathOf(sent.url);
    request.headers.add("Host", "localhost:18080");
    const auto usual = [&](std::string_view name, std::string_view value) {
        for (const auto& [given, text] : sent.headers)
            if (equalsIgnoreCase(given, name))
                return;
        request.headers.add(name, value);
    };
    usual("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0");
    usual("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
    usual("Accept-Language", "en");
    for (const auto& [name, value] : sent.headers)
        request.headers.add(name, value);
    if (sent.form)
        usual("Content-Type", "application/x-www-form-urlencoded");
    std::string cookie;
    for (const auto& [name, value] : cookies)
        cookie += (cookie.empty() ? "" : "; ") + name + "=" + value;
    if (!cookie.empty())
        request.headers.add("Cookie", cookie);
    request.body = sent.body.value_or("");

    Arena arena;
    exchange::Trace trace(arena);
    provider::Env env{.now = {.wall = WallTime(std::chrono::seconds(time))},
                      .entropy = *entropy_,
                      .state = *state_,
                      .peerAddress = "127.0.0.1",
                      .tls = false,
                      .arena = arena,
                      .trace = trace,
                      .events = &events};
    const auto view = request.view();
    auto answer = world_.provider->handle(view, env);
    auto& response = std::get<exchange::Respond>(answer.what);
    for (auto& call : answer.afterwards)
        afterwards.push_back(std::move(call));
    takeCookies(response);
    if (response.headers.view().get("Content-Type").starts_with("text/html")) {
        page = pageFacts(response.body);
        if (page.contains("forms"))
            action = page["forms"][0].value("action", "");
    }
    return std::move(response);
}

http::Response Browser::submit(const Fields& fields) {
    return send({.method = "POST", .url = action, .body = formBody(fields), .form = true});
}

void Browser::takeCookies(const http::Response& response) {
    for (const auto line : response.headers.view().all("Set-Cookie")) {
        const auto equals = line.find('=');
        const std::string name(line.substr(0, equals));
        const auto value = line.substr(equals + 1, line.find(';') - equals - 1);
        if (line.find("Max-Age=0") != std::string_view::npos)
            cookies.erase(name);
        else
            cookies[name] = std::string(value);
    }
}

} // namespace gatehouse::observations
