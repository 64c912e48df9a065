#include <engine/clientConnection.h>
#include <engine/replyWriter.h>
#include <engine/rules.h>

namespace gatehouse::engine {

namespace {

constexpr std::size_t helloSize = 4 * 1024;
constexpr char tlsHandshakeRecord = 0x16; // RFC 8446 section 5.1
constexpr Message plainOnTls{"plain-http-on-tls", GH_TEXT("core", "plain HTTP came to a port for https"),
                             GH_TEXT("core", "Begin the URL with https://.")};

} // namespace

// Looks at the first byte before TLS does: somebody who forgot https:// deserves a page that says so.
Task<bool> ClientConnection::secure() {
    wire_->until(loop_.in(loop_.options.patience.handshake));
    if (buffer_.empty()) {
        const std::error_code nothing = co_await wire_->read(buffer_, helloSize);
        if (nothing)
            co_return false; // nobody asked for anything
    }
    if (buffer_.bytes().front() != tlsHandshakeRecord)
        co_return co_await tryPlainOnTls();
    asio::ssl::context* const context = loop_.tls.server();
    if (!context) {
        recordRefused(loop_.tls.trouble() ? describe(*loop_.tls.trouble()) : "no certificate");
        co_return false;
    }
    const std::error_code error = co_await wire_->handshakeAsServer(*context, buffer_);
    if (error && ownBrowsers_) {
        recordLook(error.message());
        co_return false;
    }
    if (error) {
        recordRefused("TLS handshake: " + error.message());
        co_return false;
    }
    providersOwn_ =
        facts_->plan && facts_->plan->providerAt(wire_->serverName(), facts_->publicPort) != nullptr;
    co_return true;
}

// Chromium does not know the authority: it leaves, has us decide, and comes again.
void ClientConnection::recordLook(std::string_view error) {
    Conversation conversation(loop_, facts_->plan, facts_->generation, exchange::Exchange::Kind::Connect);
    begin(conversation);
    conversation.record->authority = wire_->serverName();
    conversation.note(&rule::certificateLook, exchange::Outcome::Note, error);
    conversation.finish();
}

Task<bool> ClientConnection::tryPlainOnTls() {
    const http::Refusal why{497, &plainOnTls};
    co_return co_await refuse(why);
}

} // namespace gatehouse::engine
