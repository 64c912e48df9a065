#include <engine/hop.h>
#include <engine/listeners.h>
#include <engine/loop.h>

namespace gatehouse::engine {

namespace {

constexpr std::size_t requestIdBytes = 16;
constexpr std::size_t randomAtOnce = 4096; // one call to the system serves 256 requests

} // namespace

Loop::Loop(EngineOptions theOptions, std::function<void()> wake)
    : options(std::move(theOptions)), entropy(crypto::systemEntropy()),
      recorder(options.capture, options.pendingLimit, std::move(wake)), pool(sweep),
      tls(options.authority, *entropy, [this] { return now(); }), flights(io),
      listeners(std::make_unique<Listeners>(*this)) {}

Loop::~Loop() = default;

Now Loop::now() const {
    return {std::chrono::system_clock::now(), std::chrono::steady_clock::now()};
}

SteadyTime Loop::in(std::chrono::milliseconds time) const {
    return std::chrono::steady_clock::now() + time;
}

std::string_view Loop::requestId(Arena& arena) {
    constexpr std::string_view digits = "0123456789abcdef";
    if (randomUsed_ + requestIdBytes > randomBytes_.size()) {
        randomBytes_ = entropy->bytes(randomAtOnce);
        randomUsed_ = 0;
    }
    char* const id = arena.take(2 * requestIdBytes);
    for (std::size_t i = 0; i < requestIdBytes; ++i) {
        const auto byte = static_cast<unsigned char>(randomBytes_[randomUsed_++]);
        id[2 * i] = digits[byte >> 4];
        id[2 * i + 1] = digits[byte & 15];
    }
    return {id, 2 * requestIdBytes};
}

std::string_view Loop::date(WallTime now) {
    const auto second = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    if (std::exchange(dateSecond_, second) != second)
        date_ = httpDate(now);
    return date_;
}

gate::GateState& Loop::gateState(const std::string& name) {
    auto& state = gates_[name];
    if (!state)
        state = gate::makeState();
    return *state;
}

provider::ProviderState& Loop::providerState(const std::string& name) {
    auto& state = providers_[name];
    if (!state)
        state = provider::makeState(options.realmKeys);
    return *state;
}

} // namespace gatehouse::engine
