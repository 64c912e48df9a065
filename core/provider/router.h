// From a path to its endpoint (keycloak.md 3.1, corrections B "Other paths").
#pragma once

#include <provider/visit.h>

#include <string>
#include <string_view>

namespace gatehouse::provider {

// `path` is what stands behind /realms/{realm}, without a trailing slash: "" or "/protocol/…".
void route(Visit& visit, std::string_view path);

bool wantsHtml(const http::RequestView& request); // the Accept of a browser

} // namespace gatehouse::provider
