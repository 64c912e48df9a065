// Reading a QR code from a picture: how a driver without eyes enrols an authenticator.
#pragma once

#include <base/error.h>
#include <crypto/png.h>

#include <string>

namespace gatehouse::crypto {

Result<std::string> qrRead(const Picture& picture); // the first code's bytes

} // namespace gatehouse::crypto
