// SecretVault: where the window keeps secrets that a person typed in: the system's keyring, else a file
// encrypted with a pass-phrase (scrypt, AES-256-GCM), else the memory of this run. Never plain text on a
// disk, and the window always says which one is in use.
//
// Keyrings are asked asynchronously and with a time-out, because one that waits for a prompt never answers.
// Values that were fetched are kept in memory, so that compiling a lab can look them up at once.
#pragma once

#include <base/error.h>
#include <crypto/secretString.h>
#include <lab/document.h>

#include <QObject>
#include <QString>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace gatehouse::desk {

class SecretVault : public QObject {
    Q_OBJECT
public:
    enum class Kind : std::uint8_t { NotYetKnown, Keyring, EncryptedFile, ThisRunOnly };
    Q_ENUM(Kind)

    explicit SecretVault(QObject* parent = nullptr);
    ~SecretVault() override;

    // Asks the keyring whether it works (writes, reads and deletes one entry). Ends in `probed`, after
    // `patience` at the latest. Until then Kind is NotYetKnown and values live in memory.
    void probe(std::chrono::milliseconds patience = std::chrono::seconds(10));
    Kind kind() const { return kind_; }
    QString whyNotKeyring() const { return why_; } // empty while the keyring is in use

    // The file, in place of a keyring that does not work. A wrong pass-phrase is an error; a file that is not
    // there is made.
    bool encryptedFileExists() const;
    Result<void> unlockFile(const QString& passPhrase);

    // From memory; what a keyring holds is there after `fetch`.
    std::optional<crypto::SecretString> find(std::string_view lab, std::string_view name) const;
    // Fetches these names; `done` is called on the GUI thread, always, with the first error if there was one.
    void fetch(const std::string& lab, const std::vector<std::string>& names,
               std::function<void(Result<void>)> done);
    void keep(const std::string& lab, const std::string& name, crypto::SecretString value,
              std::function<void(Result<void>)> done);
    void forget(const std::string& lab, const std::string& name, std::function<void(Result<void>)> done);

signals:
    void probed(gatehouse::desk::SecretVault::Kind kind);
    void changed(); // a value came, changed or went: compile again

private:
    class Keyring;
    class File;
    void settle(Kind kind, const QString& why);

    std::map<std::pair<std::string, std::string>, crypto::SecretString> values_;
    std::unique_ptr<Keyring> keyring_;
    std::unique_ptr<File> file_;
    Kind kind_ = Kind::NotYetKnown;
    QString why_;
};

} // namespace gatehouse::desk
