#include <base/ascii.h>
#include <base/encoding.h>
#include <crypto/secretString.h>
#include <engine/clientConnection.h>
#include <engine/connect.h>
#include <engine/replyWriter.h>
#include <engine/rules.h>
#include <engine/tunnel.h>
#include <exchange/snapshot.h>

namespace gatehouse::engine {

namespace {

using exchange::Outcome;

constexpr std::string_view established = "HTTP/1.1 200 Connection established\r\n\r\n";

const lab::Trust* trusted(const arrangement::Arrangement& plan, const http::Authority& authority) {
    for (const lab::Trust& trust : plan.trust)
        if (equalsIgnoreCase(trust.host, authority.host) && trust.port == authority.port)
            return &trust;
    return nullptr;
}

void recordOpened(Conversation& conversation, std::string_view where) {
    exchange::Leg& client = conversation.record->client;
    client.response.head = established.substr(0, established.size() - 2);
    client.status = 200;
    client.to.party = exchange::Party::Engine;
    conversation.note(&rule::connectProxy, Outcome::Matched, where);
}

} // namespace

bool ClientConnection::allowsProxying(const http::RequestView& request) const {
    const bool own = facts_->ownProxy;
    const std::string& wanted = own ? loop_.options.ownProxy->password : loop_.options.connectCredentials;
    if (wanted.empty())
        return true;
    const std::string_view given = request.headers.get("Proxy-Authorization");
    if (!startsWithIgnoreCase(given, "Basic "))
        return false;
    const auto decoded = fromBase64(trim(given.substr(6)));
    if (!decoded)
        return false;
    // user-id ":" password, the first without a colon (RFC 7617 section 2)
    const auto colon = decoded->find(':');
    const std::string_view password =
        colon == std::string::npos ? std::string_view() : std::string_view(*decoded).substr(colon + 1);
    return crypto::equalsConstantTime(own ? password : std::string_view(*decoded), wanted);
}

// A plain request to the proxy: for the lab's listener of that public port, or for a provider elsewhere that
// speaks plain HTTP: its origin, and no other.
void ClientConnection::placeProxied(Conversation& conversation, const http::Authority& authority) {
    constexpr std::uint16_t httpPort = 80;
    if (parsed_.asksForTls)
        return; // not to be sent on in the clear
    const std::uint16_t port = authority.port != 0 ? authority.port : httpPort;
    if (const auto* const external = conversation.plan->externalAt("http", authority.host, port)) {
        conversation.place = AtExternal{external};
        return;
    }
    const auto target = loop_.listeners->at(port, false);
    if (!target)
        return;
    conversation.publicPort = target->publicPort;
    placeAt(conversation, authority.host);
}

// RFC 9110 section 9.3.6, for names of the lab and of its trust list; anything else is refused, so that a
// browser behind it reaches nothing but the lab.
Task<bool> ClientConnection::connectProxy(Conversation& conversation) {
    const auto authority = http::parseAuthority(conversation.request.target);
    conversation.record->authority = conversation.request.target;
    const arrangement::Arrangement* const plan = conversation.plan.get();
    if (facts_->kind != lab::Listener::Kind::Connect)
        co_return co_await denyConnect(conversation, 405, "CONNECT is for the proxy's listener");
    if (!allowsProxying(conversation.request))
        co_return co_await askForCredentials(conversation);
    if (plan && authority && plan->isLabName(authority->host)) {
        std::shared_ptr<Door> door = loop_.listeners->door(authority->port);
        if (door)
            co_return co_await connectToLab(conversation, std::move(door));
    }
    if (plan && authority &&
        (trusted(*plan, *authority) || plan->externalAt("https", authority->host, authority->port)))
        co_return co_await connectToTrusted(conversation, *authority);
    co_return co_await denyConnect(conversation, 403,
                                   "neither the lab nor its trust list names this host and port");
}

// The connection goes on as if it had come to that listener: no second socket, and the true peer address.
Task<bool> ClientConnection::connectToLab(Conversation& conversation, std::shared_ptr<Door> door) {
    recordOpened(conversation, door->facts()->name);
    const std::error_code error = co_await wire_->write(established);
    conversation.finish();
    current_ = nullptr;
    if (error)
        co_return false;
    ownBrowsers_ = facts_->ownProxy;
    door_ = std::move(door);
    facts_ = door_->facts();
    if (facts_->kind == lab::Listener::Kind::Https)
        co_return co_await secure();
    co_return true;
}

Task<bool> ClientConnection::connectToTrusted(Conversation& conversation, const http::Authority& authority) {
    ServerAddress server;
    server.url.scheme = "http"; // bytes only: what is spoken in them is the client's affair
    server.url.host = authority.host;
    server.url.port = authority.port;
    Result<LinkPtr> link = co_await connect(loop_, server, false, loop_.options.patience.connect);
    if (!link) {
        const std::string why = describe(link.error());
        const int status = isTimeout(link.error()) ? 504 : 502;
        co_return co_await denyConnect(conversation, status, why);
    }
    recordOpened(conversation, (*link)->address);
    const std::error_code error = co_await wire_->write(established);
    if (!error) {
        conversation.record->live = true;
        loop_.recorder.put(exchange::snapshot(*conversation.record));
        tunnelling_ = true;
        co_await tunnel(loop_, *wire_, buffer_, *(*link)->wire, (*link)->buffer, loop_.options.patience.idle);
        tunnelling_ = false;
    }
    conversation.finish();
    co_return false;
}

// A client shows them only to who asks (RFC 9110 section 11.7.1): that is no refusal yet.
Task<bool> ClientConnection::askForCredentials(Conversation& conversation) {
    const bool wrong = conversation.request.headers.has("Proxy-Authorization");
    if (!wrong)
        conversation.note(&rule::proxyCredentials, Outcome::Answered);
    co_return co_await denyConnect(conversation, 407,
                                   wrong ? "the proxy's credentials are wrong" : std::string_view());
}

// `text` is why; without one it has been said.
Task<bool> ClientConnection::denyConnect(Conversation& conversation, int status, std::string_view text) {
    if (!text.empty())
        conversation.note(&rule::connectProxy, Outcome::Denied, text);
    Reply denial = page(status, Manner::Go);
    denial.held.body = text.empty() ? denial.held.body : std::string(text) + '\n';
    if (status == 407)
        denial.held.headers.add("Proxy-Authenticate", "Basic realm=\"gatehouse\"");
    if (status == 405)
        denial.held.headers.add("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    conversation.record->client.error = text;
    co_await writeReply(*wire_, conversation, denial, false);
    conversation.finish();
    co_await linger();
    co_return false;
}

} // namespace gatehouse::engine
