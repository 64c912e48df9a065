// TLS: whose certificate we show (by SNI, issued on demand by the user's authority) and whom we believe.
#pragma once

#include <base/error.h>
#include <base/now.h>
#include <crypto/authority.h>
#include <crypto/entropy.h>

#include <asio/ssl/context.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct ssl_st; // OpenSSL's SSL

namespace gatehouse::engine {

class TlsContexts {
public:
    TlsContexts(std::shared_ptr<const crypto::Authority> authority, crypto::Entropy& entropy,
                std::function<Now()> clock);

    // Names that get a leaf of their own; all others see one for ingress.local, as ingress-nginx's default.
    void serve(std::function<bool(std::string_view)> hasLeaf) { hasLeaf_ = std::move(hasLeaf); }
    // nullptr without an authority, or when it cannot issue: then `trouble` says why.
    asio::ssl::context* server();
    const Error* trouble() const { return trouble_ ? &*trouble_ : nullptr; }

    // Certificate files of `trust:` entries, beside the system's and the user's authority.
    void trust(std::vector<std::string> caFiles);
    // The context that verifies servers; `caPem` is trusted in addition.
    Result<asio::ssl::context*> client(const std::string& caPem);

private:
    struct Leaf {
        std::unique_ptr<asio::ssl::context> context;
        WallTime renewAfter;
    };
    asio::ssl::context* leaf(const std::string& host);
    std::unique_ptr<asio::ssl::context> makeServer(const std::string& host);
    Result<std::unique_ptr<asio::ssl::context>> makeClient(const std::string& caPem) const;
    static int chooseLeaf(ssl_st* ssl, int* alert, void* self);

    std::shared_ptr<const crypto::Authority> authority_;
    crypto::Entropy& entropy_;
    std::function<Now()> clock_;
    std::function<bool(std::string_view)> hasLeaf_;
    std::map<std::string, Leaf, std::less<>> leaves_;
    std::vector<std::string> caFiles_;
    std::map<std::string, std::unique_ptr<asio::ssl::context>> clients_;
    std::optional<Error> trouble_;
};

extern const Message noAuthority;
extern const Message unusableCertificate;

} // namespace gatehouse::engine
