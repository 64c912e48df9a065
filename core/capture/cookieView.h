// Cookies of an exchange as a person reads them: what was sent, what was set, and what is wrong with it; the
// gate's own session opened with the secrets of the arrangement that decided.
#pragma once

#include <base/message.h>
#include <base/now.h>
#include <exchange/exchange.h>
#include <gate/openedSession.h>
#include <http/cookie.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::capture {

struct SentCookie {
    std::string name;
    std::string value; // a secret
};

struct CookieWarning {
    const Message* what = nullptr; // text without arguments
};

struct SetCookieView {
    http::SetCookie cookie; // its value is a secret
    std::size_t size = 0;   // of the line
    bool deletes = false;   // it is over already
    std::vector<CookieWarning> warnings;
};

struct SessionView {
    std::string gate;
    gate::OpenedSession opened;
    bool isNew = false; // set by this answer; otherwise sent by the client
};

struct CookieView {
    std::vector<SentCookie> sent;
    std::vector<SetCookieView> set;
    std::vector<std::string> unreadable; // names of Set-Cookie lines that say nothing
    std::vector<SessionView> sessions;
};

CookieView cookieView(const exchange::Exchange& exchange, const Now& now);

// What a browser or a person will stumble over (RFC 6265bis sections 4.1.3, 5.7).
std::vector<CookieWarning> cookieWarnings(const http::SetCookie& cookie, std::string_view scheme,
                                          std::string_view host, std::size_t lineSize);

} // namespace gatehouse::capture
