#include <desk/keyring.h>
#include <desk/text.h>

#include <QTimer>
#include <memory>
#include <qt6keychain/keychain.h>
#include <utility>

namespace gatehouse::desk {

namespace {

constexpr Message refuses{
    "keyring-refuses", GH_TEXT("desk", "The system's keyring does not work."),
    GH_TEXT("desk", "Unlock it or start one, or keep secrets in a file with a pass-phrase.")};
constexpr Message silent{
    "keyring-silent", GH_TEXT("desk", "The system's keyring does not answer."),
    GH_TEXT("desk", "It may wait for a prompt: look for one. Or keep secrets in a file with a pass-phrase.")};

const QString service = QStringLiteral("gatehouse");

// Runs the job with a time-out. `finished` is called once: with null when the time is up.
template <class Job, class Finished>
void start(Keyring* owner, Job* job, std::chrono::milliseconds patience, Finished finished) {
    auto* deadline = new QTimer(job);
    deadline->setSingleShot(true);
    auto pending = std::make_shared<bool>(true);
    QObject::connect(job, &QKeychain::Job::finished, owner, [pending, finished](QKeychain::Job* ended) {
        if (std::exchange(*pending, false))
            finished(static_cast<Job*>(ended));
    });
    QObject::connect(deadline, &QTimer::timeout, owner, [pending, finished] {
        if (std::exchange(*pending, false))
            finished(nullptr);
    });
    deadline->start(patience);
    job->start(); // deletes itself when it has finished, however late
}

Result<void> outcome(const QKeychain::Job* job) {
    if (job == nullptr)
        return fail(silent);
    if (job->error() != QKeychain::NoError && job->error() != QKeychain::EntryNotFound)
        return fail(refuses, {}, {}, utf8(job->errorString()));
    return {};
}

} // namespace

void Keyring::write(const QString& key, const crypto::SecretString& value, Done done) {
    auto* job = new QKeychain::WritePasswordJob(service);
    job->setKey(key);
    value.reveal([job](std::string_view bytes) {
        job->setBinaryData(QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())));
    });
    start(this, job, patience_, [done](const QKeychain::Job* ended) { done(outcome(ended)); });
}

void Keyring::read(const QString& key, Read done) {
    auto* job = new QKeychain::ReadPasswordJob(service);
    job->setKey(key);
    start(this, job, patience_, [done](const QKeychain::ReadPasswordJob* ended) {
        if (auto ok = outcome(ended); !ok) {
            done(std::unexpected(ok.error()));
            return;
        }
        if (ended->error() == QKeychain::EntryNotFound) {
            done(std::optional<crypto::SecretString>());
            return;
        }
        QByteArray bytes = ended->binaryData();
        done(crypto::SecretString(
            std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size()))));
        bytes.fill('\0');
    });
}

void Keyring::remove(const QString& key, Done done) {
    auto* job = new QKeychain::DeletePasswordJob(service);
    job->setKey(key);
    start(this, job, patience_, [done](const QKeychain::Job* ended) { done(outcome(ended)); });
}

} // namespace gatehouse::desk
