// ClientConnection: one client, from its first byte to its last: heads in, replies out, one at a time.
#pragma once

#include <engine/conversation.h>
#include <engine/door.h>
#include <engine/reply.h>
#include <http/body.h>

#include <memory>

namespace gatehouse::engine {

class ClientConnection final : public std::enable_shared_from_this<ClientConnection>,
                               private Swept,
                               private BodyStream,
                               private InterimSink {
public:
    static void start(Loop& loop, Socket socket, std::shared_ptr<Door> door);
    ClientConnection(Loop& loop, Socket socket, std::shared_ptr<Door> door);
    ~ClientConnection() override;

    // Ends after what is under way; at once when nothing is.
    void retire();
    void retireUnlessOpen(); // its listener is gone
    void cutTunnel();

private:
    enum class HeadRead : std::uint8_t { Head, Closed, Refused };

    Task<void> run();
    Task<bool> secure();
    Task<bool> tryPlainOnTls();
    void recordRefused(std::string_view error);
    void recordLook(std::string_view error);
    Task<HeadRead> readHead();
    Task<bool> serveOne();
    Task<bool> refuse(const http::Refusal& why);
    Reply refusalPage(int status) const;
    const http::Limits& limits() const;
    Task<bool> converse();
    Task<bool> converseOn(Conversation& conversation);
    Task<bool> reply(Conversation& conversation, Reply& reply);
    Task<void> tunnelTo(Conversation& conversation, LinkPtr link, const Reply& reply);
    Task<bool> drain();
    Task<void> linger();
    bool mayKeep(const http::Framing& framing) const;

    // connectProxy.cpp
    Task<bool> connectProxy(Conversation& conversation);
    Task<bool> connectToLab(Conversation& conversation, std::shared_ptr<Door> door);
    Task<bool> connectToTrusted(Conversation& conversation, const http::Authority& authority);
    Task<bool> askForCredentials(Conversation& conversation);
    Task<bool> denyConnect(Conversation& conversation, int status, std::string_view text);
    void placeProxied(Conversation& conversation, const http::Authority& authority);
    bool allowsProxying(const http::RequestView& request) const;

    void begin(Conversation& conversation);
    void placeRequest(Conversation& conversation);
    void placeAt(Conversation& conversation, const std::string& host);
    bool adoptAbsoluteForm(Conversation& conversation, std::string_view authority);
    bool takeAuthority(Conversation& conversation);

    // BodyStream: the body of the request under way.
    Task<BodyPiece> next() override;
    void abandon() override { wire_->cancelRead(); }
    Task<void> interim(const http::ResponseView& response) override;
    void swept(SteadyTime now) override;

    Loop& loop_;
    std::shared_ptr<Wire> wire_;
    std::shared_ptr<Door> door_;
    std::shared_ptr<const ListenerFacts> facts_; // as accepted, or as the request under way sees them
    std::string peer_;
    std::uint16_t peerPort_ = 0;
    bool providersOwn_ = false; // TLS for the name of an embedded provider
    ReadBuffer buffer_;
    std::vector<http::FieldSpan> fields_;
    http::ParsedRequest parsed_;
    http::Refusal refusal_{400, nullptr};
    gate::Memo memo_;

    http::BodyReader bodyReader_;
    std::size_t bodyUsed_ = 0; // of the buffer, by the piece given out last
    bool continueWanted_ = false;
    Conversation* current_ = nullptr;
    bool retired_ = false;
    bool ownBrowsers_ = false; // came through EngineOptions::ownProxy
    bool tunnelling_ = false;
};

} // namespace gatehouse::engine
