// Which characters an annotation may have (internal/ingress/annotations/parser/validators.go). Not met: how
// bad that is depends on the annotation.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::ingress::valid {

bool urlWithVariables(std::string_view value); // auth-url, auth-signin
bool url(std::string_view value);              // without variables
bool basic(std::string_view value);            // names, namespace/name
bool extended(std::string_view value);         // with blanks and commas
bool headerList(std::string_view value);
bool nginxVariable(std::string_view value); // auth-cache-key
bool pathWithCapture(std::string_view value);
bool pathWithCaptureNoBlanks(std::string_view value);
bool serverName(std::string_view value);
bool serverNames(std::string_view value);
bool method(std::string_view value);
bool size(std::string_view value);
bool onOff(std::string_view value);
bool anyAll(std::string_view value);
bool httpVersion(std::string_view value);
bool cidrs(std::string_view value);
bool connectionHeader(std::string_view value);
bool httpErrors(std::string_view value);
bool serviceName(std::string_view value);
bool cookieDomain(std::string_view value);
bool nextUpstream(std::string_view value);
bool backendProtocol(std::string_view value);
bool corsOrigins(std::string_view value);
bool corsMethods(std::string_view value);
bool corsExposeHeaders(std::string_view value);
bool anything(std::string_view value);

bool headerName(std::string_view value);
bool cacheDuration(std::string_view value);
bool corsOrigin(std::string_view value);
bool customHeaderValue(std::string_view value);
bool nginxSize(std::string_view value);           // as nginx itself takes it: 12, 8k, 1m, 2g
std::uint64_t nginxBytes(std::string_view value); // of what nginxSize takes; at most 1 TiB of digits

} // namespace gatehouse::ingress::valid
