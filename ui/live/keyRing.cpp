#include <arrangement/arrangement.h>
#include <capture/headLines.h>
#include <desk/text.h>

#include <QMetaObject>
#include <live/keyRing.h>
#include <mutex>

namespace gatehouse::live {

namespace {

constexpr Message answeredOtherwise{"keys-answered-otherwise",
                                    GH_TEXT("live", "{url} answered with status {status}"), ""};

} // namespace

// The engine's thread reaches the ring only through this, and only while the ring is there.
struct KeyRing::Inbox {
    std::mutex mutex;
    KeyRing* ring = nullptr;
};

KeyRing::KeyRing(desk::EngineBridge& engine, QObject* parent)
    : QObject(parent), engine_(engine), inbox_(std::make_shared<Inbox>()) {
    inbox_->ring = this;
    connect(&engine_, &desk::EngineBridge::stateChanged, this, [this] { keys_.clear(); });
}

KeyRing::~KeyRing() {
    const std::scoped_lock lock(inbox_->mutex);
    inbox_->ring = nullptr;
}

bool KeyRing::isOwn(const exchange::Exchange& exchange) {
    return exchange.parent == 0 && exchange.kind == exchange::Exchange::Kind::BackChannel &&
           capture::headLines(exchange.client.request.head).get("User-Agent") == userAgent;
}

bool KeyRing::isOurs(const std::string& issuer) const {
    const auto& running = engine_.running();
    if (!running)
        return false;
    for (const arrangement::ProviderPlan& provider : running->providers) {
        std::string base = provider.url.text();
        if (!base.ends_with('/'))
            base += '/';
        if (issuer.starts_with(base))
            return true;
    }
    for (const arrangement::GatePlan& gate : running->gates)
        if (gate.gate->options().text("oidc-issuer-url") == issuer)
            return true;
    return false;
}

const KeyRing::Keys& KeyRing::of(const std::string& issuer) {
    const auto known = keys_.find(issuer);
    if (known != keys_.end())
        return known->second;
    Keys& keys = keys_[issuer];
    if (!engine_.running() || engine_.engine() == nullptr)
        keys.state = State::Stopped;
    else if (!isOurs(issuer))
        keys.state = State::NotOurs;
    else
        askFor(issuer, oidc::discoveryUrl(issuer), exchange::Call::Purpose::Discovery);
    return keys;
}

void KeyRing::askFor(const std::string& issuer, const std::string& url, exchange::Call::Purpose purpose) {
    auto parsed = http::parseUrl(url);
    if (!parsed) {
        failed(issuer, parsed.error());
        return;
    }
    exchange::Call call;
    call.purpose = purpose;
    call.url = std::move(*parsed);
    call.request.headers.add("User-Agent", userAgent);
    call.request.headers.add("Accept", "application/json");
    engine_.engine()->call(std::move(call), [inbox = inbox_, issuer, purpose](Result<http::Response> answer) {
        const std::scoped_lock lock(inbox->mutex);
        if (inbox->ring == nullptr)
            return;
        QMetaObject::invokeMethod(
            inbox->ring,
            [ring = inbox->ring, issuer, purpose, answer = std::move(answer)] {
                ring->answered(issuer, purpose, answer);
            },
            Qt::QueuedConnection);
    });
}

void KeyRing::answered(const std::string& issuer, exchange::Call::Purpose purpose,
                       Result<http::Response> answer) {
    if (keys_.count(issuer) == 0)
        return; // another arrangement runs meanwhile
    if (!answer)
        return failed(issuer, answer.error());
    if (answer->status != 200)
        return failed(
            issuer,
            fail(answeredOtherwise, {{"url", issuer}, {"status", std::to_string(answer->status)}}).error());
    if (purpose == exchange::Call::Purpose::Discovery) {
        const auto discovery = oidc::parseDiscovery(answer->body);
        if (!discovery)
            return failed(issuer, discovery.error());
        return askFor(issuer, discovery->jwksUri, exchange::Call::Purpose::Keys);
    }
    auto keys = oidc::parseKeySet(answer->body);
    if (!keys)
        return failed(issuer, keys.error());
    keys_[issuer] = {State::Here, std::move(*keys), {}};
    emit arrived(desk::qt(issuer));
}

void KeyRing::failed(const std::string& issuer, const Error& error) {
    keys_[issuer] = {State::Failed, {}, desk::whole(error)};
    emit arrived(desk::qt(issuer));
}

} // namespace gatehouse::live
