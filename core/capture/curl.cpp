#include <base/ascii.h>
#include <capture/curl.h>
#include <capture/headLines.h>

#include <algorithm>

namespace gatehouse::capture {

namespace {

// curl makes these itself, from the address, the body and the connection.
bool isCurlsOwn(std::string_view name) {
    constexpr std::string_view own[] = {"Host",       "Content-Length",      "Connection",
                                        "Keep-Alive", "Transfer-Encoding",   "TE",
                                        "Expect",     "Proxy-Authorization", "Proxy-Connection"};
    return std::any_of(std::begin(own), std::end(own),
                       [name](std::string_view other) { return equalsIgnoreCase(name, other); });
}

bool isPlain(char c) {
    return asciiAlpha(c) || asciiDigit(c) || std::string_view("_-./:=@%+,").find(c) != std::string_view::npos;
}

std::string urlOf(const exchange::Exchange& exchange) {
    const std::string scheme = exchange.scheme.empty() ? "http" : exchange.scheme;
    return scheme + "://" + exchange.authority +
           (exchange.target.starts_with('/') ? exchange.target : "/" + exchange.target);
}

constexpr std::string_view secretsLeftOut = "secrets are left out: put your own values in the place of …";

constexpr std::string_view authorityNeeded =
    "the certificate is Gatehouse's own: `gatehouse ca export` writes the file for --cacert";

// A NUL cannot be an argument of any program.
bool isText(std::string_view body) {
    return body.find('\0') == std::string_view::npos;
}

class Command {
public:
    explicit Command(const CurlOptions& options) : options_(options) {}

    void argument(std::string_view option, std::string_view value) {
        out_ += " \\\n  ";
        out_ += option;
        out_ += ' ';
        out_ += shellWord(clean(value));
    }
    void flag(std::string_view option) { out_.append(" ").append(option); }
    void word(std::string_view value) { out_ += ' ' + shellWord(clean(value)); }
    void note(std::string_view text) { before_.append("# ").append(text).append("\n"); }
    std::string take() { return before_ + out_; }

private:
    std::string clean(std::string_view value) const {
        return options_.redact ? (*options_.redact)(value) : std::string(value);
    }
    const CurlOptions& options_;
    std::string before_;
    std::string out_ = "curl";
};

} // namespace

std::string shellWord(std::string_view text) {
    if (!text.empty() && std::all_of(text.begin(), text.end(), isPlain))
        return std::string(text);
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'')
            out += "'\\''";
        else
            out.push_back(c);
    }
    return out + "'";
}

std::string curlCommand(const exchange::Exchange& exchange, const CurlOptions& options) {
    Command command(options);
    command.word(urlOf(exchange));
    const exchange::Body& body = exchange.client.request.body;
    const bool sendsBody = body.size > 0 && isText(body.start);
    if (exchange.method == "HEAD")
        command.flag("--head");
    else if (exchange.method != (sendsBody ? "POST" : "GET"))
        command.argument("--request", exchange.method);
    // curl -s --connect-to "HOST1:PORT1:HOST2:PORT2": empty first parts stand for every host and port.
    if (!options.connectTo.empty()) {
        command.argument("--connect-to", "::" + options.connectTo);
        if (exchange.scheme == "https")
            command.note(authorityNeeded);
    }
    // The redactor knows secrets by their place: a whole line is what it has to see.
    for (const http::Header& field : headLines(exchange.client.request.head).fields) {
        if (isCurlsOwn(field.name))
            continue;
        const std::string name(field.name);
        command.argument("--header",
                         field.value.empty() ? name + ";" : name + ": " + std::string(field.value));
    }
    if (sendsBody)
        command.argument("--data-raw", body.start);
    if (body.size > body.start.size())
        command.note("the body was larger than what is kept of it: only its beginning is here");
    else if (body.size > 0 && !sendsBody)
        command.note("the body is not text: it is left out");
    if (options.redact)
        command.note(secretsLeftOut);
    return command.take() + "\n";
}

} // namespace gatehouse::capture
