#include <base/ascii.h>
#include <engine/tlsContexts.h>

#include <openssl/ssl.h>

namespace gatehouse::engine {

const Message noAuthority{"no-authority",
                          GH_TEXT("core", "there is no certificate authority to issue certificates with"),
                          GH_TEXT("core", "Start with an authority, or without listeners for https.")};
const Message unusableCertificate{"unusable-certificate",
                                  GH_TEXT("core", "the certificates in {source} cannot be used"),
                                  GH_TEXT("core", "A file of PEM certificates is wanted.")};

namespace {

constexpr std::string_view defaultName = "ingress.local"; // ingress-nginx's "Fake Certificate"
constexpr auto leafLife = std::chrono::hours(24) * 60;    // leaves are good for 90 days
constexpr unsigned char http11[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

int chooseProtocol(SSL*, const unsigned char** out, unsigned char* outSize, const unsigned char* offered,
                   unsigned offeredSize, void*) {
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, outSize, http11, sizeof http11, offered, offeredSize) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK; // a client of h2 only will say so itself
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

void harden(SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_num_tickets(context, 1);
}

} // namespace

TlsContexts::TlsContexts(std::shared_ptr<const crypto::Authority> authority, crypto::Entropy& entropy,
                         std::function<Now()> clock)
    : authority_(std::move(authority)), entropy_(entropy), clock_(std::move(clock)) {}

asio::ssl::context* TlsContexts::server() {
    return leaf(std::string(defaultName));
}

asio::ssl::context* TlsContexts::leaf(const std::string& host) {
    const WallTime now = clock_().wall;
    Leaf& leaf = leaves_[host];
    if (!leaf.context || now > leaf.renewAfter) {
        if (auto made = makeServer(host)) {
            leaf.context = std::move(made); // connections keep their SSL_CTX by its own count
            leaf.renewAfter = now + leafLife;
        }
    }
    return leaf.context.get();
}

std::unique_ptr<asio::ssl::context> TlsContexts::makeServer(const std::string& host) {
    if (!authority_) {
        trouble_ = fail(noAuthority).error();
        return nullptr;
    }
    const auto issued = authority_->issue({host}, clock_(), entropy_);
    if (!issued) {
        trouble_ = issued.error();
        return nullptr;
    }
    auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
    asio::error_code error;
    const std::string chain = issued->certificatePem + authority_->certificatePem();
    context->use_certificate_chain(asio::buffer(chain), error);
    if (!error)
        context->use_private_key(asio::buffer(issued->keyPem), asio::ssl::context::pem, error);
    if (error) {
        trouble_ = fail(unusableCertificate, {{"source", host}}, {}, error.message()).error();
        return nullptr;
    }
    SSL_CTX* const native = context->native_handle();
    harden(native);
    SSL_CTX_set_alpn_select_cb(native, chooseProtocol, nullptr);
    SSL_CTX_callback_ctrl(native, SSL_CTRL_SET_TLSEXT_SERVERNAME_CB,
                          reinterpret_cast<void (*)()>(chooseLeaf));
    SSL_CTX_ctrl(native, SSL_CTRL_SET_TLSEXT_SERVERNAME_ARG, 0, this);
    constexpr unsigned char sessions[] = "gatehouse"; // resumption needs a name for whom it is good
    SSL_CTX_set_session_id_context(native, sessions, sizeof sessions - 1);
    return context;
}

int TlsContexts::chooseLeaf(SSL* ssl, int*, void* self) {
    auto& contexts = *static_cast<TlsContexts*>(self);
    const char* const asked = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    if (!asked || !contexts.hasLeaf_)
        return SSL_TLSEXT_ERR_NOACK;
    const std::string host = lower(asked);
    if (!contexts.hasLeaf_(host))
        return SSL_TLSEXT_ERR_NOACK; // the default certificate stays: the client may say what it thinks of it
    if (asio::ssl::context* const leaf = contexts.leaf(host))
        SSL_set_SSL_CTX(ssl, leaf->native_handle());
    return SSL_TLSEXT_ERR_OK;
}

void TlsContexts::trust(std::vector<std::string> caFiles) {
    if (caFiles == caFiles_)
        return;
    caFiles_ = std::move(caFiles);
    clients_.clear();
}

Result<asio::ssl::context*> TlsContexts::client(const std::string& caPem) {
    std::unique_ptr<asio::ssl::context>& context = clients_[caPem];
    if (!context) {
        auto made = makeClient(caPem);
        if (!made)
            return std::unexpected(made.error());
        context = std::move(*made);
    }
    return context.get();
}

Result<std::unique_ptr<asio::ssl::context>> TlsContexts::makeClient(const std::string& caPem) const {
    auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_client);
    harden(context->native_handle());
    SSL_CTX_set_alpn_protos(context->native_handle(), http11, sizeof http11);
    asio::error_code error;
    context->set_default_verify_paths(error); // a machine without a store still believes what follows
    error.clear();
    if (authority_)
        context->add_certificate_authority(asio::buffer(authority_->certificatePem()), error);
    if (!error && !caPem.empty())
        context->add_certificate_authority(asio::buffer(caPem), error);
    if (error)
        return fail(unusableCertificate, {{"source", "ca"}}, {}, error.message());
    for (const std::string& file : caFiles_) {
        context->load_verify_file(file, error);
        if (error)
            return fail(unusableCertificate, {{"source", file}}, {}, error.message());
    }
    return context;
}

} // namespace gatehouse::engine
