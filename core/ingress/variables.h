// nginx variables in configuration values: parsed once, expanded a request.
#pragma once

#include <base/arena.h>
#include <exchange/edit.h>
#include <http/head.h>

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::ingress {

enum class Variable : std::uint8_t {
    Literal,
    Nothing, // known to nginx, and empty where these values are used
    Host,
    HttpHost,
    BestHttpHost,
    Scheme,
    PassAccessScheme,
    PassPort,
    ServerPort,
    RequestUri,
    EscapedRequestUri,
    Uri,
    Args,
    IsArgs,
    Request,
    RequestMethod,
    ServerProtocol,
    RemoteAddr,
    PeerAddr,
    FullForwardedFor,
    RequestId, // $req_id: the client's or a new one
    NewRequestId,
    Https,
    ConnectionUpgrade,
    HttpField,
    Cookie,
    Argument,
    Capture
};

struct Piece {
    Variable variable = Variable::Literal;
    std::string text; // literal text; the name of a field (as in $http_…), cookie or argument
    std::uint8_t number = 0;
};

struct Template {
    std::vector<Piece> pieces;
    bool isLiteral() const {
        return pieces.empty() || (pieces.size() == 1 && pieces[0].variable == Variable::Literal);
    }
    std::string_view literal() const { return pieces.empty() ? std::string_view{} : pieces[0].text; }
};

// Variables that are the same for all requests of a location ($namespace, $ingress_name, …), and those that
// exist only if some location defines them.
struct TemplateScope {
    std::map<std::string, std::string, std::less<>> constants;
    bool escapedRequestUri = false; // some location has a sign-in: the variable exists
    bool escapedIsFilled = false;   // this location has one
    bool fullForwardedFor = false;
    int captures = 0;
};

struct ParsedTemplate {
    Template value;
    std::string unknown; // a variable that nginx does not know: it refuses the configuration
};
ParsedTemplate parseTemplate(std::string_view text, const TemplateScope& scope);
Template literalTemplate(std::string_view text);
Template variableTemplate(Variable variable, std::string_view name = {});

// What the variables of one request are made of; views that live as long as its arena.
struct State {
    const http::RequestView* request = nullptr; // only while a decision runs
    std::string_view host;                      // $host
    std::string_view httpHost;                  // $http_host
    std::string_view bestHttpHost;
    std::string_view scheme;
    std::string_view passAccessScheme;
    std::string_view passPort;
    std::string_view serverPort;
    std::string_view uri;        // normalised
    std::string_view args;       // raw
    std::string_view remoteAddr; // after realip
    std::string_view peerAddr;
    std::string_view forwardedFor; // $http_x_forwarded_for, all lines
    std::string_view requestId;
    std::string_view newRequestId;
    std::string_view upgrade;
    std::string_view authUri; // in the sub-request $uri is the internal name
    std::array<std::string_view, 10> captures{};
    bool invalidNames = false; // the client sent field names that nginx drops
    bool tls = false;
};

// Value of a request field as nginx sees it: names with '-' or '_' alike, several lines joined with ", ".
std::string_view fieldValue(http::HeadersView headers, std::string_view variableName, bool underscores,
                            Arena& arena);

std::string_view expand(const Template& value, const State& state, Arena& arena);

} // namespace gatehouse::ingress
