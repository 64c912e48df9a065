// A generated secret in the shape its field asks for. Private to this room.
#pragma once

#include <arrangement/secrets.h>

namespace gatehouse::arrangement {

// The same seed, lab and name give the same value (RFC 5869: HKDF-SHA256).
crypto::SecretString generateSecret(const crypto::SecretString& seed, std::string_view lab,
                                    std::string_view name, SecretShape shape);

} // namespace gatehouse::arrangement
