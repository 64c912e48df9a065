// Is this the certificate of that server? For whoever was told by a browser that it does not know the
// authority, and must then look at everything itself: a browser that stops at the unknown authority has not
// checked the name, the dates or the purpose.
#pragma once

#include <base/error.h>
#include <base/now.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::crypto {

// RFC 5280 section 6 with the given authorities as the only trust anchors (never the system's), serverAuth,
// and the name of RFC 6125 section 6: `host` is a DNS name or an IP address, with or without brackets.
// `chainPem`: as the server sent it, leaf first; certificates of the chain are no anchors. `trustedPems`: one
// or more certificates in PEM each.
Result<void> verifyServerCertificate(std::string_view chainPem, const std::vector<std::string>& trustedPems,
                                     std::string_view host, const Now& now);

// Of an error of verifyServerCertificate, for whoever shows a page about it.
bool isOfServerCertificate(const Message& message);

} // namespace gatehouse::crypto
