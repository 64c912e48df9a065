#include <engine/wire.h>

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace gatehouse::engine {

std::string Wire::serverName() const {
    const char* const name =
        tls_ ? SSL_get_servername(tls_->native_handle(), TLSEXT_NAMETYPE_host_name) : nullptr;
    return name ? name : "";
}

Task<std::error_code> Wire::handshakeAsServer(asio::ssl::context& context, ReadBuffer& buffer) {
    tls_ = std::make_unique<asio::ssl::stream<Socket&>>(socket_, context);
    const std::string first(buffer.bytes());
    buffer.consume(first.size());
    const asio::const_buffer early = asio::buffer(first);
    const auto [error, used] = co_await tls_->async_handshake(asio::ssl::stream_base::server, early, tupled);
    if (error)
        co_return error;
    if (used < first.size()) // records beyond the handshake that came with it would be lost
        co_return std::make_error_code(std::errc::protocol_error);
    co_return std::error_code();
}

Task<std::error_code> Wire::handshakeAsClient(asio::ssl::context& context, const std::string& host,
                                              bool verify) {
    tls_ = std::make_unique<asio::ssl::stream<Socket&>>(socket_, context);
    SSL* const ssl = tls_->native_handle();
    asio::error_code noAddress;
    const bool literal = (asio::ip::make_address(host, noAddress), !noAddress);
    if (!literal)
        SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                 const_cast<char*>(host.c_str()));
    SSL_set_verify(ssl, verify ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
    X509_VERIFY_PARAM* const wanted = SSL_get0_param(ssl);
    X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (literal)
        X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str());
    else
        X509_VERIFY_PARAM_set1_host(wanted, host.data(), host.size());
    const auto [error] = co_await tls_->async_handshake(asio::ssl::stream_base::client, tupled);
    co_return error;
}

std::string Wire::certificateComplaint() const {
    const long result = tls_ ? SSL_get_verify_result(tls_->native_handle()) : X509_V_OK;
    return result == X509_V_OK ? std::string() : X509_verify_cert_error_string(result);
}

} // namespace gatehouse::engine
