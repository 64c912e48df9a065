#include <crypto/entropy.h>
#include <desk/engineBridge.h>
#include <desk/text.h>

#include <QMetaObject>
#include <mutex>
#include <user/realmKeyFiles.h>
#include <user/userState.h>
#include <utility>

namespace gatehouse::desk {

namespace {

constexpr std::size_t passwordBytes = 18;

QString freshPassword() {
    const std::string bytes = crypto::systemEntropy()->bytes(passwordBytes);
    return QString::fromLatin1(QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())).toHex());
}

} // namespace

// The engine's thread reaches the bridge only through this, and only while the bridge is there.
struct EngineBridge::Inbox {
    explicit Inbox(EngineBridge* owner) : bridge(owner) {}

    template <class Function>
    void post(Function function) {
        const std::scoped_lock lock(mutex);
        if (bridge != nullptr)
            QMetaObject::invokeMethod(bridge, std::move(function), Qt::QueuedConnection);
    }

    std::mutex mutex;
    EngineBridge* bridge;
};

EngineBridge::EngineBridge(QObject* parent)
    : QObject(parent), inbox_(std::make_shared<Inbox>(this)), proxyPassword_(freshPassword()) {
    qRegisterMetaType<gatehouse::desk::EngineBridge::State>();
    frameTimer_.setSingleShot(true);
    frameTimer_.setInterval(frame);
    connect(&frameTimer_, &QTimer::timeout, this, &EngineBridge::deliver);
}

EngineBridge::~EngineBridge() {
    {
        const std::scoped_lock lock(inbox_->mutex);
        inbox_->bridge = nullptr;
    }
    engine_.reset();
}

Result<void> EngineBridge::startEngine(bool anyFreePort) {
    if (engine_ != nullptr && engineTakesAnyPort_ == anyFreePort)
        return {};
    engine_.reset();
    auto authority = user::userAuthority();
    if (!authority)
        return std::unexpected(authority.error());
    authority_ = *authority;
    engine::EngineOptions options;
    options.authority = authority_;
    options.anyFreePort = anyFreePort;
    options.ownProxy = engine::EngineOptions::OwnProxy{proxyPort_, utf8(proxyPassword_)};
    options.realmKeys = std::make_shared<user::RealmKeyFiles>(
        user::stateFolder() / "realm-keys", [inbox = inbox_](const Error& error) {
            inbox->post([inbox, error] { emit inbox->bridge->complained(error); });
        });
    const auto wake = [inbox = inbox_] {
        inbox->post([inbox] {
            if (!inbox->bridge->frameTimer_.isActive())
                inbox->bridge->frameTimer_.start();
        });
    };
    auto started = engine::Engine::start(options, wake);
    if (!started && proxyPort_ != 0) { // somebody else has it now: a browser that runs already has to be told
        options.ownProxy->port = 0;
        started = engine::Engine::start(options, wake);
    }
    if (!started)
        return std::unexpected(started.error());
    engine_ = std::move(*started);
    engineTakesAnyPort_ = anyFreePort;
    proxyPort_ = engine_->ownProxyPort();
    return {};
}

void EngineBridge::run(std::shared_ptr<const arrangement::Arrangement> arrangement, bool anyFreePort) {
    const bool restarts = engine_ != nullptr && engineTakesAnyPort_ != anyFreePort;
    lastError_ = {};
    setState(State::Starting);
    if (restarts) {
        running_.reset();
        listening_ = {};
    }
    if (auto started = startEngine(anyFreePort); !started) {
        finished(std::unexpected(started.error()), nullptr);
        return;
    }
    engine_->apply(arrangement,
                   [inbox = inbox_, attempt = ++attempt_, arrangement](Result<engine::Listening> outcome) {
                       inbox->post([inbox, attempt, arrangement, outcome = std::move(outcome)] {
                           if (attempt == inbox->bridge->attempt_)
                               inbox->bridge->finished(outcome, arrangement);
                       });
                   });
}

void EngineBridge::stop() {
    if (state_ == State::Failed) { // nothing runs; what failed is looked at no more
        lastError_ = {};
        setState(State::Stopped);
        return;
    }
    if (engine_ == nullptr || state_ == State::Stopped)
        return;
    setState(State::Stopping);
    engine_->apply(nullptr, [inbox = inbox_, attempt = ++attempt_](Result<engine::Listening> outcome) {
        inbox->post([inbox, attempt, outcome = std::move(outcome)] {
            if (attempt == inbox->bridge->attempt_)
                inbox->bridge->finished(outcome, nullptr);
        });
    });
}

void EngineBridge::finished(Result<engine::Listening> outcome,
                            std::shared_ptr<const arrangement::Arrangement> arrangement) {
    if (!outcome) {
        lastError_ = outcome.error();
        setState(running_ == nullptr ? State::Failed : State::Running);
        emit refused(lastError_);
        return;
    }
    running_ = std::move(arrangement);
    listening_ = running_ == nullptr ? engine::Listening{} : std::move(*outcome);
    setState(running_ == nullptr ? State::Stopped : State::Running);
}

void EngineBridge::setState(State state) {
    if (state == state_ && state != State::Running) // Running again: what runs has changed
        return;
    state_ = state;
    emit stateChanged(state);
}

void EngineBridge::deliver() {
    if (engine_ == nullptr)
        return;
    const engine::Batch batch = engine_->take();
    dropped_ += batch.dropped;
    if (!batch.exchanges.empty() || !batch.events.empty() || batch.dropped > 0)
        emit arrived(batch);
}

EngineBridge::Proxy EngineBridge::proxy() const {
    return engine_ == nullptr ? Proxy{}
                              : Proxy{QStringLiteral("127.0.0.1"), engine_->ownProxyPort(), proxyPassword_};
}

QString EngineBridge::authorityPem() const {
    return authority_ == nullptr ? QString() : qt(authority_->certificatePem());
}

} // namespace gatehouse::desk
