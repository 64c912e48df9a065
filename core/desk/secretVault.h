// SecretVault: where the window keeps secrets that a person typed in: the system's keyring, else a file
// encrypted with a pass-phrase (scrypt, AES-256-GCM), else the memory of this run. Never plain text on a
// disk, and the window always says which one is in use.
//
// Keyrings are asked asynchronously and with a time-out, because one that waits for a prompt never answers.
// Values that were fetched are kept in memory, so that compiling a lab can look them up at once.
#pragma once

#include <base/error.h>
#include <crypto/secretString.h>
#include <desk/keyring.h>
#include <desk/secretFile.h>

#include <QObject>
#include <QString>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::desk {

class SecretVault : public QObject {
    Q_OBJECT
public:
    enum class Kind : std::uint8_t { NotYetKnown, Keyring, EncryptedFile, ThisRunOnly };
    Q_ENUM(Kind)
    using Done = std::function<void(Result<void>)>; // on the GUI thread, always called, at once or later

    explicit SecretVault(QObject* parent = nullptr);
    ~SecretVault() override;

    // Asks the keyring whether it works: writes, reads and deletes one entry. Ends in `probed`, after
    // `patience` for each of the three at the latest. Until then values live in memory.
    void probe(std::chrono::milliseconds patience = std::chrono::seconds(10));
    Kind kind() const { return kind_; }
    QString whyNotKeyring() const { return why_; } // empty while the keyring is in use

    // The file, in place of a keyring that does not work. A wrong pass-phrase is an error; a file that is not
    // there is made. Deriving the key takes a tenth of a second, on a thread of its own.
    bool encryptedFileExists() const { return SecretFile::exists(); }
    void unlockFile(const QString& passPhrase, Done done);

    // From memory; what a keyring holds is there after `fetch`.
    std::optional<crypto::SecretString> find(std::string_view lab, std::string_view name) const;
    // `done` has the first error; a name without a value is none.
    void fetch(const std::string& lab, const std::vector<std::string>& names, Done done);
    // In memory at once, whatever the keyring or the disk then says.
    void keep(const std::string& lab, const std::string& name, crypto::SecretString value, Done done);
    void forget(const std::string& lab, const std::string& name, Done done);

signals:
    void probed(gatehouse::desk::SecretVault::Kind kind);
    void changed(); // a value came, changed or went: compile again

private:
    void settle(Kind kind, const QString& why);

    SecretEntries values_;
    Keyring keyring_;
    std::unique_ptr<SecretFile> file_; // unlocked
    Kind kind_ = Kind::NotYetKnown;
    QString why_;
};

} // namespace gatehouse::desk
