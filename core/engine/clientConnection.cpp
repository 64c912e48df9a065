#include <base/ascii.h>
#include <engine/calls.h>
#include <engine/clientConnection.h>
#include <engine/replyWriter.h>
#include <engine/rules.h>
#include <engine/tunnel.h>
#include <exchange/snapshot.h>
#include <ingress/wire.h>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>

namespace gatehouse::engine {

namespace {

using exchange::Exchange;
using exchange::Outcome;

constexpr std::size_t readSize = 16 * 1024;
constexpr std::uint64_t mostDrained = 64 * 1024; // of a body that nobody read, to keep the connection
constexpr auto lingerTime = std::chrono::milliseconds(2000);
// Quarkus: quarkus.http.limits.max-initial-line-length and .max-header-size, which Keycloak leaves as they
// are.
constexpr http::Limits providerLimits{.startLine = 4096, .head = 4096 + 20 * 1024, .fields = 2000};
constexpr Message headTimeout{"http-head-timeout", GH_TEXT("core", "the request's head did not come in time"),
                              ""};
constexpr Message bodyTimeout{"http-body-timeout", GH_TEXT("core", "the request's body did not come in time"),
                              ""};

} // namespace

void ClientConnection::start(Loop& loop, Socket socket, std::shared_ptr<Door> door) {
    const auto self = std::make_shared<ClientConnection>(loop, std::move(socket), std::move(door));
    asio::co_spawn(loop.io.get_executor(), self->run(), asio::detached);
}

ClientConnection::ClientConnection(Loop& loop, Socket socket, std::shared_ptr<Door> door)
    : Swept(loop.sweep), loop_(loop), wire_(std::make_shared<Wire>(loop.sweep, std::move(socket))),
      door_(std::move(door)), facts_(door_->facts()), peer_(wire_->peerAddress()),
      peerPort_(wire_->peerPort()) {
    loop_.connections.insert(this);
}

ClientConnection::~ClientConnection() {
    loop_.connections.erase(this);
}

void ClientConnection::retire() {
    retired_ = true;
    if (!current_ && buffer_.empty() && !tunnelling_)
        wire_->close(Ended::Stopped);
}

void ClientConnection::retireUnlessOpen() {
    if (!door_->isOpen())
        retire();
}

void ClientConnection::cutTunnel() {
    if (tunnelling_)
        wire_->close(Ended::Stopped);
}

void ClientConnection::swept(SteadyTime) {
    if (current_ && current_->waitingOn && wire_->peerClosed())
        current_->waitingOn->close(Ended::ClientLeft);
}

Task<void> ClientConnection::run() {
    const auto self = shared_from_this(); // lives until the last line
    bool go = true;
    if (facts_->kind == lab::Listener::Kind::Https)
        go = co_await secure();
    while (go)
        go = co_await serveOne();
    wire_->close(Ended::Done);
}

Task<bool> ClientConnection::serveOne() {
    const HeadRead read = co_await readHead();
    if (read == HeadRead::Closed)
        co_return false;
    if (read == HeadRead::Refused)
        co_return co_await refuse(refusal_);
    if (door_->isOpen() && door_->facts()->kind == facts_->kind)
        facts_ = door_->facts();
    else
        retired_ = true;
    co_return co_await converse();
}

// The whole head has one deadline, from its first byte: a byte now and then does not prolong it.
Task<ClientConnection::HeadRead> ClientConnection::readHead() {
    bool begun = !buffer_.empty();
    wire_->readUntil(loop_.in(begun ? loop_.options.patience.head : loop_.options.patience.idle));
    for (;;) {
        if (begun) {
            const auto outcome = http::parseRequest(buffer_.bytes(), fields_, limits());
            if (const auto* const parsed = std::get_if<http::ParsedRequest>(&outcome)) {
                parsed_ = *parsed;
                co_return HeadRead::Head;
            }
            if (const auto* const why = std::get_if<http::Refusal>(&outcome)) {
                refusal_ = *why;
                co_return HeadRead::Refused;
            }
        }
        const std::error_code error = co_await wire_->read(buffer_, readSize);
        if (error && begun && wire_->late()) {
            refusal_ = {408, &headTimeout};
            co_return HeadRead::Refused;
        }
        if (error) {
            if (begun)
                recordRefused("the client left in the middle of a head");
            co_return HeadRead::Closed;
        }
        if (!std::exchange(begun, true))
            wire_->readUntil(loop_.in(loop_.options.patience.head));
    }
}

void ClientConnection::begin(Conversation& conversation) {
    exchange::Exchange& record = *conversation.record;
    record.scheme = wire_->isTls() ? "https" : "http";
    record.peer = peer_;
    record.listener = facts_->name;
    conversation.peerAddress = peer_;
    conversation.peerPort = peerPort_;
    conversation.tls = wire_->isTls();
    conversation.publicPort = facts_->publicPort;
    conversation.requestId = loop_.requestId(conversation.arena());
    conversation.memo = &memo_;
    conversation.client = this;
}

void ClientConnection::recordRefused(std::string_view error) {
    Conversation conversation(loop_, facts_->plan, facts_->generation, Exchange::Kind::Refused);
    begin(conversation);
    conversation.record->client.request.head =
        conversation.arena().keep(buffer_.bytes().substr(0, loop_.options.captureBody));
    conversation.record->client.error = error;
    conversation.note(&rule::noRequest, Outcome::Failed, error);
    conversation.finish();
}

Task<bool> ClientConnection::refuse(const http::Refusal& why) {
    Conversation conversation(loop_, facts_->plan, facts_->generation, Exchange::Kind::Refused);
    begin(conversation);
    conversation.record->client.request.head =
        conversation.arena().keep(buffer_.bytes().substr(0, loop_.options.captureBody));
    conversation.record->client.error = why.why->text;
    conversation.note(&rule::refusedMessage, Outcome::Denied, why.why->text);
    Reply refusal = refusalPage(why.status);
    current_ = &conversation;
    co_await writeReply(*wire_, conversation, refusal, false);
    current_ = nullptr;
    conversation.finish();
    co_await linger();
    co_return false;
}

const http::Limits& ClientConnection::limits() const {
    return providersOwn_ ? providerLimits : facts_->limits;
}

// As the one would answer whose head it would have been; nobody knows more of it than the listener.
Reply ClientConnection::refusalPage(int status) const {
    if (facts_->gate) { // net/http server.go: conn.serve
        Reply reply = page(status == 414 ? 431 : status, Manner::Go);
        reply.held.body.pop_back(); // no line end there
        return reply;
    }
    Reply reply;
    if (providersOwn_) { // Vert.x: HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER says nothing else
        reply.manner = Manner::Keycloak;
        reply.held.status = status;
    } else {
        reply.held = ingress::parserRefusal(status);
    }
    return reply;
}

Task<bool> ClientConnection::converse() {
    const auto kind = parsed_.view.method == "CONNECT" ? Exchange::Kind::Connect : Exchange::Kind::Request;
    Conversation conversation(loop_, facts_->plan, facts_->generation, kind);
    conversation.arena().expect(copiesOfHead * parsed_.size + besideHeads);
    begin(conversation);
    const std::string_view arrived = buffer_.bytes().substr(0, parsed_.size);
    const std::string_view kept = conversation.arena().keep(arrived);
    conversation.takeParsed(parsed_, arrived, kept, fields_);
    if (!parsed_.authority.empty())
        conversation.authority = conversation.arena().keep(parsed_.authority);
    buffer_.consume(parsed_.size);
    bodyReader_ = http::BodyReader(conversation.framing, limits());
    bodyUsed_ = 0;
    continueWanted_ = conversation.framing.expectContinue && !bodyReader_.done();
    conversation.record->authority =
        conversation.authority.empty() ? conversation.request.host() : conversation.authority;
    current_ = &conversation;
    const bool go = co_await converseOn(conversation);
    current_ = nullptr;
    co_return go;
}

Task<bool> ClientConnection::converseOn(Conversation& conversation) {
    RequestBody body(*this, conversation.framing, loop_.options.captureBody);
    conversation.body = &body;
    if (conversation.record->kind == Exchange::Kind::Connect)
        co_return co_await connectProxy(conversation);
    if (facts_->kind == lab::Listener::Kind::Connect && !allowsProxying(conversation.request))
        co_return co_await askForCredentials(conversation);
    placeRequest(conversation);
    conversation.record->client.to = destinationOf(conversation);
    Reply answered;
    if (conversation.authority.empty() || takeAuthority(conversation))
        answered = co_await answer(conversation);
    else
        answered = page(400); // its fields leave no room for another Host
    const bool go = co_await reply(conversation, answered);
    conversation.finish();
    if (!conversation.afterwards.empty()) {
        Origin origin{conversation.plan, conversation.record->generation, conversation.record->id, 1};
        callAfterwards(loop_, std::move(origin), std::move(conversation.afterwards));
    }
    if (!go)
        co_await linger();
    co_return go;
}

// nginx chooses the server by the host of the first line and hands Host on as it came (the ingress decides
// that); a proxy and everybody else go by the first line alone.
bool ClientConnection::takeAuthority(Conversation& conversation) {
    const bool direct = facts_->kind != lab::Listener::Kind::Connect;
    if (direct && std::holds_alternative<AtIngress>(conversation.place)) {
        conversation.note(&rule::absoluteForm, Outcome::Matched, conversation.authority);
        return true;
    }
    const std::string_view authority = std::exchange(conversation.authority, {});
    return adoptAbsoluteForm(conversation, authority);
}

// The host of the first line replaces Host (RFC 9112 section 3.2.2): from here on there is only one.
bool ClientConnection::adoptAbsoluteForm(Conversation& conversation, std::string_view authority) {
    exchange::EditList edits(conversation.arena());
    edits.set("Host", authority, &rule::absoluteForm);
    if (facts_->kind == lab::Listener::Kind::Connect) // was for us (RFC 9110 section 11.7.2)
        edits.remove("Proxy-Authorization", &rule::absoluteForm);
    std::string& out = loop_.scratch;
    out.clear();
    out.append(conversation.request.method).append(" ").append(conversation.request.target);
    out.append(conversation.request.version == http::Version::Http10 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
    exchange::writeFields(conversation.request.headers, edits.edits(), exchange::EditedFields::First, out);
    const std::string_view received = conversation.record->client.request.head;
    const bool taken = conversation.takeHead(conversation.arena().keep(out.append("\r\n")));
    conversation.record->client.request.head = received;
    conversation.note(&rule::absoluteForm, Outcome::Matched, authority);
    return taken;
}

void ClientConnection::placeRequest(Conversation& conversation) {
    const arrangement::Arrangement* const plan = conversation.plan.get();
    if (!plan)
        return;
    if (const auto& gate = facts_->gate) {
        conversation.place = AtGate{*gate};
        return;
    }
    const auto authority = http::parseAuthority(conversation.record->authority);
    if (facts_->kind == lab::Listener::Kind::Connect)
        return placeProxied(conversation, authority.value_or(http::Authority{}));
    placeAt(conversation, authority ? authority->host : std::string());
}

// By the name, at the public port where it came in.
void ClientConnection::placeAt(Conversation& conversation, const std::string& host) {
    const arrangement::Arrangement* const plan = conversation.plan.get();
    const auto* const provider = plan->providerAt(host, conversation.publicPort);
    if (provider)
        conversation.place = AtProvider{provider};
    else if (plan->ingress)
        conversation.place = AtIngress{};
    else if (plan->services.size() == 1) // an arrangement of one service and nothing before it
        conversation.place = AtService{&plan->services.front().backend, plan->services.front().ref.name};
}

bool ClientConnection::mayKeep(const http::Framing& framing) const {
    if (retired_ || loop_.stopping || !framing.keepAlive || continueWanted_)
        return false;
    if (bodyReader_.done() || framing.body == http::BodyKind::None)
        return true;
    return framing.body == http::BodyKind::Length && framing.length <= mostDrained;
}

Task<bool> ClientConnection::reply(Conversation& conversation, Reply& answered) {
    if (answered.abandoned) {
        conversation.record->client.error = "the client left";
        conversation.record->client.status = 499; // nginx's number for it
        co_return false;
    }
    if (answered.upgraded)
        conversation.record->kind = Exchange::Kind::Tunnel;
    const bool keep = mayKeep(conversation.framing) && !answered.upgraded && !answered.closing;
    const bool go = co_await writeReply(*wire_, conversation, answered, keep);
    if (answered.upgraded) {
        co_await tunnelTo(conversation, answered.remote->takeLink(), answered);
        co_return false;
    }
    if (answered.remote)
        co_await answered.remote->stopSending();
    if (!go)
        co_return false;
    co_return co_await drain();
}

Task<void> ClientConnection::tunnelTo(Conversation& conversation, LinkPtr link, const Reply& answered) {
    exchange::Exchange& record = *conversation.record;
    record.live = true;
    loop_.recorder.put(exchange::snapshot(record));
    tunnelling_ = true;
    const TunnelCount count =
        co_await tunnel(loop_, *wire_, buffer_, *link->wire, link->buffer, answered.tunnelIdle);
    tunnelling_ = false;
    record.client.response.body.size = count.toClient;
    record.client.response.body.state = exchange::BodyState::Complete;
    conversation.note(&rule::upgrade, Outcome::Note,
                      std::to_string(count.fromClient) + " bytes from the client, " +
                          std::to_string(count.toClient) + " to it");
}

// What nobody wanted of the body is read so that the next request can be; mayKeep() saw that it is little.
Task<bool> ClientConnection::drain() {
    while (!bodyReader_.done()) {
        const BodyPiece piece = co_await next();
        if (piece.state != BodyPiece::State::More)
            break;
    }
    buffer_.consume(std::exchange(bodyUsed_, 0));
    co_return bodyReader_.done() && wire_->ended() == Ended::Not;
}

Task<void> ClientConnection::linger() {
    co_await wire_->finish(loop_.in(lingerTime));
}

Task<BodyPiece> ClientConnection::next() {
    BodyPiece piece;
    buffer_.consume(std::exchange(bodyUsed_, 0));
    if (std::exchange(continueWanted_, false) && buffer_.empty())
        co_await wire_->write("HTTP/1.1 100 Continue\r\n\r\n");
    for (;;) {
        while (!buffer_.empty() || bodyReader_.done()) {
            const auto step = bodyReader_.feed(buffer_.bytes());
            if (step.refused) {
                piece.state = BodyPiece::State::Broken;
                piece.why = *step.refused;
                co_return piece;
            }
            piece.bytes = step.data;
            if (step.data.empty())
                buffer_.consume(step.consumed);
            else
                bodyUsed_ = step.consumed;
            if (step.done)
                piece.state = BodyPiece::State::End;
            if (step.done || !step.data.empty())
                co_return piece;
            if (step.consumed == 0)
                break;
        }
        wire_->readUntil(loop_.in(loop_.options.patience.body));
        const std::error_code error = co_await wire_->read(buffer_, readSize);
        if (error) {
            piece.state = BodyPiece::State::Broken;
            if (wire_->late())
                piece.why = http::Refusal{408, &bodyTimeout};
            co_return piece;
        }
    }
}

Task<void> ClientConnection::interim(const http::ResponseView& response) {
    if (!current_ || current_->request.version != http::Version::Http11)
        co_return;
    std::string head =
        "HTTP/1.1 " + std::to_string(response.status) + ' ' + std::string(response.reason) + "\r\n";
    const std::vector<exchange::HeadEdit> none;
    exchange::writeFields(response.headers, none, exchange::EditedFields::Last, head);
    head += "\r\n";
    co_await wire_->write(head); // a client that is gone shows at the final answer
}

} // namespace gatehouse::engine
