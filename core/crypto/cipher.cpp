#include <crypto/cipher.h>
#include <crypto/opensslHandle.h>

#include <array>
#include <cstdint>
#include <cstring>

namespace gatehouse::crypto {

namespace {

constexpr std::size_t blockSize = 16;
constexpr std::size_t nonceSize = 12;
constexpr std::size_t tagSize = 16;

// By key size: 16, 24, 32 bytes. Fetched once, kept until the process ends, immutable.
using BySize = std::array<EVP_CIPHER*, 3>;

BySize fetchAll(const std::array<const char*, 3>& names) {
    BySize fetched{};
    for (std::size_t i = 0; i < names.size(); ++i)
        fetched[i] = required(EVP_CIPHER_fetch(nullptr, names[i], nullptr), "EVP_CIPHER_fetch");
    return fetched;
}

const EVP_CIPHER* bySize(const BySize& ciphers, std::string_view key) {
    require(isAesKeySize(key.size()), "an AES key of 16, 24 or 32 bytes");
    return ciphers[key.size() / 8 - 2];
}

const EVP_CIPHER* cfb(std::string_view key) {
    static const BySize fetched = fetchAll({"AES-128-CFB", "AES-192-CFB", "AES-256-CFB"});
    return bySize(fetched, key);
}

const EVP_CIPHER* ecb(std::string_view key) {
    static const BySize fetched = fetchAll({"AES-128-ECB", "AES-192-ECB", "AES-256-ECB"});
    return bySize(fetched, key);
}

const EVP_CIPHER* gcm(std::string_view key) {
    static const BySize fetched = fetchAll({"AES-128-GCM", "AES-192-GCM", "AES-256-GCM"});
    return bySize(fetched, key);
}

enum class Direction : int { Decrypt = 0, Encrypt = 1 };

EVP_CIPHER_CTX* keyed(const EVP_CIPHER* cipher, std::string_view key, Direction direction) {
    CipherContext context(required(EVP_CIPHER_CTX_new(), "EVP_CIPHER_CTX_new"));
    require(EVP_CipherInit_ex2(context.get(), cipher, bytesOf(key), nullptr, static_cast<int>(direction),
                               nullptr) == 1,
            "EVP_CipherInit_ex2");
    return context.release();
}

void startWith(EVP_CIPHER_CTX* context, std::string_view iv, std::size_t size) {
    require(iv.size() == size, "the size of an AES nonce");
    require(EVP_CipherInit_ex2(context, nullptr, nullptr, bytesOf(iv), -1, nullptr) == 1,
            "EVP_CipherInit_ex2");
}

int sizeForOpenssl(std::string_view bytes) {
    require(bytes.size() < 1u << 30, "the size of a text for a cipher");
    return static_cast<int>(bytes.size());
}

// Stream modes give as many bytes as they take.
void transform(EVP_CIPHER_CTX* context, std::string_view in, unsigned char* out) {
    int written = 0;
    require(EVP_CipherUpdate(context, out, &written, bytesOf(in), sizeForOpenssl(in)) == 1 &&
                written == static_cast<int>(in.size()),
            "EVP_CipherUpdate");
}

void associate(EVP_CIPHER_CTX* context, std::string_view associated) {
    if (!associated.empty())
        transform(context, associated, nullptr);
}

std::string encryptCfb(EVP_CIPHER_CTX* context, std::string_view iv, std::string_view plain) {
    startWith(context, iv, blockSize);
    std::string out(plain.size(), '\0');
    if (!plain.empty())
        transform(context, plain, bytesOf(out));
    return out;
}

// Decrypting CFB knows every input of the block cipher beforehand: the nonce, then the sealed blocks (NIST SP
// 800-38A section 6.3). Run through ECB, the processor works on eight of them at once; OpenSSL's own CFB
// takes them one by one, four times as long.
std::string decryptCfb(EVP_CIPHER_CTX* keystream, std::string_view iv, std::string_view sealed) {
    require(iv.size() == blockSize, "the size of an AES nonce");
    if (sealed.empty())
        return {};
    const std::size_t before = (sealed.size() - 1) / blockSize * blockSize; // all blocks but the last
    std::string out;
    out.reserve(blockSize + before);
    out.append(iv).append(sealed.substr(0, before));
    transform(keystream, out, bytesOf(out));
    out.resize(sealed.size());
    std::size_t at = 0;
    for (; at + sizeof(std::uint64_t) <= out.size(); at += sizeof(std::uint64_t)) {
        std::uint64_t a = 0;
        std::uint64_t b = 0;
        std::memcpy(&a, out.data() + at, sizeof a);
        std::memcpy(&b, sealed.data() + at, sizeof b);
        a ^= b;
        std::memcpy(out.data() + at, &a, sizeof a);
    }
    for (; at < out.size(); ++at)
        out[at] = static_cast<char>(out[at] ^ sealed[at]);
    return out;
}

EVP_CIPHER_CTX* keystreamOf(std::string_view key) {
    EVP_CIPHER_CTX* const context = keyed(ecb(key), key, Direction::Encrypt);
    require(EVP_CIPHER_CTX_set_padding(context, 0) == 1, "EVP_CIPHER_CTX_set_padding");
    return context;
}

} // namespace

bool isAesKeySize(std::size_t bytes) {
    return bytes == 16 || bytes == 24 || bytes == 32;
}

void AesCfbKey::Free::operator()(evp_cipher_ctx_st* context) const {
    EVP_CIPHER_CTX_free(context);
}

AesCfbKey::AesCfbKey(std::string_view key)
    : encrypting_(keyed(cfb(key), key, Direction::Encrypt)), keystream_(keystreamOf(key)) {}
AesCfbKey::~AesCfbKey() = default;
AesCfbKey::AesCfbKey(AesCfbKey&&) noexcept = default;
AesCfbKey& AesCfbKey::operator=(AesCfbKey&&) noexcept = default;

std::string AesCfbKey::encrypt(std::string_view iv16, std::string_view plain) const {
    return encryptCfb(encrypting_.get(), iv16, plain);
}

std::string AesCfbKey::decrypt(std::string_view iv16, std::string_view sealed) const {
    return decryptCfb(keystream_.get(), iv16, sealed);
}

std::string aesCfbEncrypt(std::string_view key, std::string_view iv16, std::string_view plain) {
    const CipherContext context(keyed(cfb(key), key, Direction::Encrypt));
    return encryptCfb(context.get(), iv16, plain);
}

std::string aesCfbDecrypt(std::string_view key, std::string_view iv16, std::string_view sealed) {
    const CipherContext keystream(keystreamOf(key));
    return decryptCfb(keystream.get(), iv16, sealed);
}

std::string aesGcmSeal(std::string_view key, std::string_view nonce12, std::string_view plain,
                       std::string_view associated) {
    const CipherContext context(keyed(gcm(key), key, Direction::Encrypt));
    startWith(context.get(), nonce12, nonceSize);
    associate(context.get(), associated);
    std::string out(plain.size() + tagSize, '\0');
    if (!plain.empty())
        transform(context.get(), plain, bytesOf(out));
    unsigned char* const tag = bytesOf(out) + plain.size();
    int written = 0;
    require(EVP_CipherFinal_ex(context.get(), tag, &written) == 1 && written == 0, "EVP_CipherFinal_ex");
    require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(tagSize), tag) == 1,
            "EVP_CTRL_AEAD_GET_TAG");
    return out;
}

std::optional<std::string> aesGcmOpen(std::string_view key, std::string_view nonce12, std::string_view sealed,
                                      std::string_view associated) {
    if (sealed.size() < tagSize)
        return std::nullopt;
    const std::string_view body = sealed.substr(0, sealed.size() - tagSize);
    std::string tag(sealed.substr(body.size()));
    const CipherContext context(keyed(gcm(key), key, Direction::Decrypt));
    startWith(context.get(), nonce12, nonceSize);
    require(
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tagSize), tag.data()) == 1,
        "EVP_CTRL_AEAD_SET_TAG");
    associate(context.get(), associated);
    std::string out(body.size(), '\0');
    if (!body.empty())
        transform(context.get(), body, bytesOf(out));
    unsigned char none[tagSize];
    int written = 0;
    if (EVP_CipherFinal_ex(context.get(), none, &written) != 1) { // the tag does not fit
        takeReason();
        OPENSSL_cleanse(out.data(), out.size()); // unverified plaintext leaves no trace
        return std::nullopt;
    }
    return out;
}

} // namespace gatehouse::crypto
