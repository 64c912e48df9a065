// The fields of a head that decide how long its message is and what becomes of the connection, collected
// while the head is parsed.
#pragma once

#include <http/parse.h>

#include <string_view>

namespace gatehouse::http {

class FramingFields {
public:
    void take(std::string_view name, std::string_view value);

    // Content-Length and Transfer-Encoding (RFC 9112 section 6), or why not. With neither: `otherwise`.
    const Message* body(Version version, BodyKind otherwise, Framing& framing) const;
    bool keepAlive(Version version) const;
    bool upgrade(Version version) const {
        return version == Version::Http11 && connectionUpgrade_ && upgradeField_;
    }
    // Requests: exactly one valid Host (HTTP/1.0: at most one).
    bool hostIsProper(Version version) const;
    bool expectsContinue() const { return expectContinue_; }
    bool expectsUnknown() const { return expectUnknown_; }
    bool unknownCoding() const; // chunked aside: 501 rather than 400

private:
    void takeConnection(std::string_view value);

    std::string_view host_;
    std::string_view length_;
    std::string_view coding_;
    unsigned hosts_ = 0;
    unsigned lengths_ = 0;
    unsigned codings_ = 0;
    bool close_ = false;
    bool keepAlive_ = false;
    bool connectionUpgrade_ = false;
    bool upgradeField_ = false;
    bool expectContinue_ = false;
    bool expectUnknown_ = false;
};

} // namespace gatehouse::http
