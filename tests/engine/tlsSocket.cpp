#include "tlsSocket.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <utility>

namespace gatehouse::engine::testing {

namespace {

SSL_CTX* context() {
    static SSL_CTX* const made = [] {
        std::signal(SIGPIPE, SIG_IGN);           // OpenSSL writes without MSG_NOSIGNAL
        return SSL_CTX_new(TLS_client_method()); // lives as long as the process
    }();
    return made;
}

} // namespace

void TlsSocket::Free::operator()(ssl_st* ssl) const {
    SSL_free(ssl);
}

TlsSocket::TlsSocket(RawSocket socket, const std::string& serverName)
    : socket_(std::move(socket)), ssl_(SSL_new(context())) {
    SSL_set_fd(ssl_.get(), socket_.descriptor());
    SSL_ctrl(ssl_.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
             const_cast<char*>(serverName.c_str()));
    if (SSL_connect(ssl_.get()) != 1) {
        ERR_print_errors_fp(stderr);
        std::abort();
    }
}

bool TlsSocket::send(std::string_view bytes) {
    return SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) ==
           static_cast<int>(bytes.size());
}

void TlsSocket::finishSending() {
    SSL_shutdown(ssl_.get());
    socket_.finishSending();
}

std::string TlsSocket::receive() {
    std::string bytes(64 * 1024, '\0');
    const int size = SSL_read(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
    proper_ = size <= 0 && SSL_get_error(ssl_.get(), size) == SSL_ERROR_ZERO_RETURN;
    ERR_clear_error();
    bytes.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return bytes;
}

bool TlsSocket::readUntil(std::string_view end) {
    while (held.find(end) == std::string::npos) {
        const std::string more = receive();
        if (more.empty())
            return false;
        held += more;
    }
    return true;
}

std::string TlsSocket::readAll() {
    for (std::string more = receive(); !more.empty(); more = receive())
        held += more;
    return std::exchange(held, {});
}

} // namespace gatehouse::engine::testing
