// Header fields as Go's net/http keeps them: canonical names, one list of values a name, sorted by name.
#pragma once

#include <http/head.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::whoami {

using GoHeader = std::map<std::string, std::vector<std::string>>;

// textproto.CanonicalMIMEHeaderKey: "x-real-ip" becomes "X-Real-Ip"; names that are no token stay as they
// are.
std::string canonicalName(std::string_view name);

// What http.Request.Header holds in a server: Host and Transfer-Encoding are taken out (they are fields of
// the request), and "Pragma: no-cache" brings its Cache-Control (net/http fixPragmaCacheControl).
GoHeader requestHeader(http::HeadersView headers);

// http.Request.Write to a client's wire: the text that whoami prints (net/http request.go).
std::string writtenRequest(const http::RequestView& request);

// url.URL.RequestURI of a target as a server has parsed it.
std::string requestUri(std::string_view target);

} // namespace gatehouse::whoami
