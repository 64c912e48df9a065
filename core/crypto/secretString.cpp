#include <crypto/secretString.h>

#include <cstring>
#include <openssl/crypto.h>

namespace gatehouse::crypto {

SecretString::SecretString(std::string_view value) : size_(value.size()) {
    if (size_ == 0)
        return;
    bytes_ = std::make_unique_for_overwrite<char[]>(size_);
    std::memcpy(bytes_.get(), value.data(), size_);
}

SecretString SecretString::take(std::string&& value) {
    SecretString taken{std::string_view(value)};
    wipe(value); // not moved: a short string lives inside the given object
    return taken;
}

SecretString::SecretString(SecretString&& other) noexcept
    : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}

SecretString& SecretString::operator=(SecretString&& other) noexcept {
    if (this != &other) {
        OPENSSL_cleanse(bytes_.get(), size_);
        bytes_ = std::move(other.bytes_);
        size_ = std::exchange(other.size_, 0);
    }
    return *this;
}

SecretString::~SecretString() {
    OPENSSL_cleanse(bytes_.get(), size_);
}

SecretString SecretString::clone() const {
    return reveal([](std::string_view value) { return SecretString(value); });
}

bool SecretString::equals(std::string_view other) const {
    return equalsConstantTime({bytes_.get(), size_}, other);
}

bool equalsConstantTime(std::string_view a, std::string_view b) {
    return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

void wipe(std::string& bytes) {
    bytes.resize(bytes.capacity()); // what an earlier, longer value left behind, too
    OPENSSL_cleanse(bytes.data(), bytes.size());
    bytes.clear();
}

} // namespace gatehouse::crypto
