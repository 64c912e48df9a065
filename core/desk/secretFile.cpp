#include <crypto/cipher.h>
#include <crypto/entropy.h>
#include <crypto/passwordHash.h>
#include <desk/secretFile.h>

#include <optional>
#include <user/userState.h>

namespace gatehouse::desk {

namespace {

constexpr Message wrongPassPhrase{
    "secret-file-pass-phrase", GH_TEXT("desk", "The pass-phrase does not open {file}."),
    GH_TEXT("desk", "Type it again. If it is lost, delete the file: its secrets are gone then.")};
constexpr Message damaged{
    "secret-file-damaged", GH_TEXT("desk", "{file} is no file of secrets, or is damaged."),
    GH_TEXT("desk", "Restore it from a backup, or delete it: its secrets are gone then.")};
constexpr Message noPassPhrase{"secret-file-empty-pass-phrase", GH_TEXT("desk", "The pass-phrase is empty."),
                               GH_TEXT("desk", "Type one.")};

constexpr std::string_view head = "gatehouse-secrets 1\n";
constexpr std::size_t saltSize = 16, nonceSize = 12, keySize = 32;

std::filesystem::path place() {
    return user::stateFolder() / "secrets";
}

std::map<std::string, std::string> fileArgument() {
    return {{"file", place().string()}};
}

void append(std::string& out, std::string_view part) {
    const auto size = static_cast<std::uint32_t>(part.size());
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>((size >> shift) & 0xFF);
    out += part;
}

// Reads lengths and bytes off the front; nothing once something did not fit.
class Parts {
public:
    explicit Parts(std::string_view bytes) : rest_(bytes) {}
    bool atEnd() const { return rest_.empty(); }
    std::optional<std::string_view> next() {
        if (rest_.size() < 4)
            return std::nullopt;
        std::size_t size = 0;
        for (std::size_t i = 0; i < 4; ++i)
            size = size << 8 | static_cast<unsigned char>(rest_[i]);
        rest_.remove_prefix(4);
        if (size > rest_.size())
            return std::nullopt;
        const std::string_view part = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return part;
    }

private:
    std::string_view rest_;
};

std::optional<SecretEntries> entriesOf(std::string_view plain) {
    SecretEntries out;
    Parts parts(plain);
    while (!parts.atEnd()) {
        const auto lab = parts.next();
        const auto name = parts.next();
        const auto value = parts.next();
        if (!value)
            return std::nullopt;
        out.insert_or_assign({std::string(*lab), std::string(*name)}, crypto::SecretString(*value));
    }
    return out;
}

crypto::SecretString keyOf(const crypto::SecretString& passPhrase, std::string_view salt) {
    return passPhrase.reveal([&](std::string_view phrase) {
        return crypto::SecretString::take(crypto::scrypt(phrase, salt, keySize));
    });
}

} // namespace

bool SecretFile::exists() {
    std::error_code error;
    return std::filesystem::exists(place(), error);
}

Result<std::unique_ptr<SecretFile>> SecretFile::unlock(const crypto::SecretString& passPhrase) {
    if (passPhrase.empty())
        return fail(noPassPhrase);
    if (!exists()) {
        const std::string salt = crypto::systemEntropy()->bytes(saltSize);
        std::unique_ptr<SecretFile> made(new SecretFile(salt, keyOf(passPhrase, salt)));
        if (auto written = made->write({}); !written)
            return std::unexpected(written.error());
        return made;
    }
    const auto bytes = user::readPrivate(place());
    if (!bytes)
        return std::unexpected(bytes.error());
    std::string_view rest = *bytes;
    if (!rest.starts_with(head) || rest.size() < head.size() + saltSize + nonceSize)
        return fail(damaged, fileArgument());
    const std::string_view authenticated = rest.substr(0, head.size() + saltSize);
    const std::string_view salt = authenticated.substr(head.size());
    rest.remove_prefix(authenticated.size());
    std::unique_ptr<SecretFile> file(new SecretFile(std::string(salt), keyOf(passPhrase, salt)));
    auto plain = file->key_.reveal([&](std::string_view key) {
        return crypto::aesGcmOpen(key, rest.substr(0, nonceSize), rest.substr(nonceSize), authenticated);
    });
    if (!plain)
        return fail(wrongPassPhrase, fileArgument());
    auto entries = entriesOf(*plain);
    crypto::wipe(*plain);
    if (!entries)
        return fail(damaged, fileArgument());
    file->entries_ = std::move(*entries);
    return file;
}

Result<void> SecretFile::write(const SecretEntries& entries) const {
    std::string plain;
    for (const auto& [where, value] : entries) {
        append(plain, where.first);
        append(plain, where.second);
        value.reveal([&](std::string_view bytes) { append(plain, bytes); });
    }
    const std::string nonce = crypto::systemEntropy()->bytes(nonceSize);
    std::string out = std::string(head) + salt_;
    const std::string sealed =
        key_.reveal([&](std::string_view key) { return crypto::aesGcmSeal(key, nonce, plain, out); });
    crypto::wipe(plain);
    out += nonce + sealed;
    return user::writePrivate(place(), out);
}

} // namespace gatehouse::desk
