// Identifiers in the shapes of Keycloak 26.7.
#pragma once

#include <crypto/entropy.h>

#include <initializer_list>
#include <string>
#include <string_view>

namespace gatehouse::provider {

std::string newUuid(crypto::Entropy& entropy);        // version 4
std::string newSessionId(crypto::Entropy& entropy);   // 24 characters: sid, session_state
std::string newTabId(crypto::Entropy& entropy);       // 11 characters
std::string newSessionCode(crypto::Entropy& entropy); // 43 characters
std::string newAlphanumeric(crypto::Entropy& entropy, std::size_t size);

// The same names give the same UUID at each start: ids of things that a lab names without an id.
std::string derivedUuid(std::initializer_list<std::string_view> names);

} // namespace gatehouse::provider
