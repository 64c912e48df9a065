#include "scriptedServer.h"

#include <http/body.h>
#include <http/parse.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace gatehouse::engine::testing {

ScriptedServer::ScriptedServer(Script script) : script_(std::move(script)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size);
    ::listen(listener_, 1024);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept(); });
}

ScriptedServer::~ScriptedServer() {
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
    {
        const std::lock_guard lock(mutex_);
        for (const int descriptor : open_)
            ::shutdown(descriptor, SHUT_RDWR);
    }
    for (std::thread& thread : threads_)
        thread.join();
}

void ScriptedServer::answer(Script script) {
    const std::lock_guard lock(mutex_);
    script_ = std::move(script);
}

void ScriptedServer::accept() {
    for (;;) {
        const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (descriptor < 0)
            return;
        ++connections_;
        const std::lock_guard lock(mutex_);
        open_.push_back(descriptor);
        threads_.emplace_back([this, descriptor, script = script_] {
            RawSocket socket(descriptor);
            script(socket);
            const std::lock_guard closing(mutex_);
            std::erase(open_, descriptor);
            socket.close();
        });
    }
}

std::vector<std::string> ScriptedServer::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

ScriptedServer::Request ScriptedServer::readRequest(RawSocket& socket) {
    Request request;
    std::vector<http::FieldSpan> fields;
    http::Framing framing;
    for (;;) {
        const auto outcome = http::parseRequest(socket.held, fields, {.head = 4 * 1024 * 1024});
        if (const auto* const parsed = std::get_if<http::ParsedRequest>(&outcome)) {
            framing = parsed->framing;
            request.head = socket.held.substr(0, parsed->size);
            break;
        }
        const std::string more =
            std::holds_alternative<http::NeedMore>(outcome) ? socket.receive(60'000) : "";
        if (more.empty())
            return {};
        socket.held += more;
    }
    {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request.head);
    }
    socket.held.erase(0, request.head.size());
    http::BodyReader body(framing, {});
    while (!body.done()) {
        if (socket.held.empty() && (socket.held = socket.receive(60'000)).empty())
            return {};
        const auto step = body.feed(socket.held);
        request.body.append(step.data);
        socket.held.erase(0, step.consumed);
        if (step.refused)
            return {};
    }
    return request;
}

} // namespace gatehouse::engine::testing
