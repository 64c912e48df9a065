// Keyring: the system's store of secrets (Secret Service, KWallet, Keychain, Credential Manager) through
// QtKeychain, with a time-out around every job: one that waits for a prompt which nobody sees never answers,
// and the error codes do not tell why (QtKeychain 0.13: 7 for all of them).
#pragma once

#include <base/error.h>
#include <crypto/secretString.h>

#include <QObject>
#include <QString>
#include <chrono>
#include <functional>
#include <optional>

namespace gatehouse::desk {

class Keyring : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(Result<void>)>;
    using Read = std::function<void(Result<std::optional<crypto::SecretString>>)>; // none: there is no entry

    explicit Keyring(QObject* parent = nullptr) : QObject(parent) {}
    void setPatience(std::chrono::milliseconds patience) { patience_ = patience; }

    void write(const QString& key, const crypto::SecretString& value, Done done);
    void read(const QString& key, Read done);
    void remove(const QString& key, Done done); // one that is not there is fine

private:
    std::chrono::milliseconds patience_ = std::chrono::seconds(10);
};

} // namespace gatehouse::desk
