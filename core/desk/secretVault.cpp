#include <crypto/entropy.h>
#include <desk/secretVault.h>
#include <desk/text.h>

#include <QPointer>
#include <QThreadPool>
#include <utility>

namespace gatehouse::desk {

namespace {

const QString probeKey = QStringLiteral("probe");

QString keyOf(const std::string& lab, const std::string& name) {
    return qt(lab) + u'/' + qt(name);
}

} // namespace

SecretVault::SecretVault(QObject* parent) : QObject(parent) {}
SecretVault::~SecretVault() = default;

void SecretVault::settle(Kind kind, const QString& why) {
    kind_ = kind;
    why_ = why;
    emit probed(kind);
}

void SecretVault::probe(std::chrono::milliseconds patience) {
    keyring_.setPatience(patience);
    const auto failed = [this](const Error& error) {
        if (kind_ != Kind::EncryptedFile) // a person was quicker
            settle(Kind::ThisRunOnly, whole(error));
    };
    auto canary = std::make_shared<crypto::SecretString>(crypto::systemEntropy()->bytes(16));
    keyring_.write(probeKey, *canary, [this, canary, failed](Result<void> written) {
        if (!written)
            return failed(written.error());
        keyring_.read(probeKey, [this, canary, failed](Result<std::optional<crypto::SecretString>> read) {
            if (!read)
                return failed(read.error());
            const bool same =
                *read && (*read)->reveal([&](std::string_view bytes) { return canary->equals(bytes); });
            keyring_.remove(probeKey, [this, same](Result<void>) {
                if (kind_ != Kind::EncryptedFile)
                    settle(same ? Kind::Keyring : Kind::ThisRunOnly,
                           same ? QString() : tr("The keyring does not give back what it was given."));
            });
        });
    });
}

void SecretVault::unlockFile(const QString& passPhrase, Done done) {
    auto phrase = std::make_shared<crypto::SecretString>(crypto::SecretString::take(utf8(passPhrase)));
    QThreadPool::globalInstance()->start([vault = QPointer<SecretVault>(this), phrase, done] {
        auto unlocked = std::make_shared<Result<std::unique_ptr<SecretFile>>>(SecretFile::unlock(*phrase));
        // The vault lives as long as the window, which waits for the pool at its end.
        QMetaObject::invokeMethod(
            vault.data(),
            [vault, unlocked, done] {
                if (!*unlocked)
                    return done(std::unexpected(unlocked->error()));
                vault->file_ = std::move(**unlocked);
                for (auto& [where, value] : vault->file_->takeEntries())
                    vault->values_.try_emplace(where, std::move(value)); // what was typed in this run counts
                vault->settle(Kind::EncryptedFile, vault->why_);
                emit vault->changed();
                done(vault->file_->write(vault->values_));
            },
            Qt::QueuedConnection);
    });
}

std::optional<crypto::SecretString> SecretVault::find(std::string_view lab, std::string_view name) const {
    const auto found = values_.find({std::string(lab), std::string(name)});
    return found == values_.end() ? std::nullopt : std::optional(found->second.clone());
}

void SecretVault::fetch(const std::string& lab, const std::vector<std::string>& names, Done done) {
    if (kind_ != Kind::Keyring || names.empty())
        return done({});
    struct Fetching {
        std::size_t left;
        Result<void> outcome;
        bool any = false;
    };
    auto fetching = std::make_shared<Fetching>(Fetching{names.size(), {}, false});
    for (const std::string& name : names) {
        keyring_.read(keyOf(lab, name),
                      [this, fetching, lab, name, done](Result<std::optional<crypto::SecretString>> read) {
                          if (!read && fetching->outcome)
                              fetching->outcome = std::unexpected(read.error());
                          if (read && *read)
                              fetching->any |= values_.try_emplace({lab, name}, std::move(**read)).second;
                          if (--fetching->left > 0)
                              return;
                          if (fetching->any)
                              emit changed();
                          done(fetching->outcome);
                      });
    }
}

void SecretVault::keep(const std::string& lab, const std::string& name, crypto::SecretString value,
                       Done done) {
    const auto& kept = values_.insert_or_assign({lab, name}, std::move(value)).first->second;
    emit changed();
    if (kind_ == Kind::Keyring)
        keyring_.write(keyOf(lab, name), kept, std::move(done));
    else
        done(file_ == nullptr ? Result<void>() : file_->write(values_));
}

void SecretVault::forget(const std::string& lab, const std::string& name, Done done) {
    values_.erase({lab, name});
    emit changed();
    if (kind_ == Kind::Keyring)
        keyring_.remove(keyOf(lab, name), std::move(done));
    else
        done(file_ == nullptr ? Result<void>() : file_->write(values_));
}

} // namespace gatehouse::desk
