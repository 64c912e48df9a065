#include <engine/calls.h>
#include <engine/clientConnection.h>
#include <engine/engine.h>
#include <engine/listeners.h>

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <future>
#include <thread>

namespace gatehouse::engine {

namespace {

constexpr auto sweepEvery = std::chrono::milliseconds(250);
constexpr auto graceful = std::chrono::seconds(5);
constexpr auto cutEvery = std::chrono::milliseconds(10);

constexpr Message engineStopped{"engine-stopped", GH_TEXT("core", "the engine has been stopped"), ""};

class EngineThread final : public Engine {
public:
    EngineThread(EngineOptions options, std::function<void()> wake)
        : loop_(std::move(options), std::move(wake)), work_(asio::make_work_guard(loop_.io)),
          timer_(loop_.io.get_executor()) {
        scheduleSweep();
    }

    // What lives as long as the engine, before its thread does.
    Result<void> begin() {
        if (auto prepared = loop_.listeners->prepare(nullptr, loop_.generation); !prepared) {
            work_.reset();
            return prepared;
        }
        loop_.listeners->commit();
        ownProxyPort_ = loop_.listeners->ownProxyPort();
        thread_ = std::thread([this] { run(); });
        return {};
    }

    ~EngineThread() override { stop(); }

    void stop() override {
        if (!thread_.joinable())
            return;
        asio::post(loop_.io, [this] { beginToStop(); });
        thread_.join();
    }

    void apply(std::shared_ptr<const arrangement::Arrangement> plan, Done<Listening> done) override {
        if (!thread_.joinable())
            return done(fail(engineStopped));
        asio::post(loop_.io, [this, plan = std::move(plan), done = std::move(done)]() mutable {
            done(applyNow(std::move(plan)));
        });
    }

    void call(exchange::Call call, Done<http::Response> done) override {
        if (!thread_.joinable())
            return done(fail(engineStopped));
        asio::post(loop_.io, [this, call = std::move(call), done = std::move(done)]() mutable {
            asio::co_spawn(loop_.io.get_executor(), callNow(std::move(call), std::move(done)),
                           asio::detached);
        });
    }

    Batch take() override { return loop_.recorder.take(); }
    std::uint16_t ownProxyPort() const override { return ownProxyPort_; }

private:
    using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                             asio::wait_traits<std::chrono::steady_clock>, Executor>;

    // After the time of grace everything is closed and runs on until nothing is left to do: every coroutine
    // has come to its end before the loop is destroyed.
    void run() {
        loop_.io.run();
        loop_.pool.clear();
        do {
            loop_.sweep.run(SteadyTime::max());
            loop_.io.restart();
            loop_.io.run_for(cutEvery);
        } while (!loop_.io.stopped());
    }

    void scheduleSweep() {
        timer_.expires_after(sweepEvery);
        timer_.async_wait([this](std::error_code error) {
            if (error)
                return;
            loop_.sweep.run(loop_.now().steady);
            scheduleSweep();
        });
    }

    Result<Listening> applyNow(std::shared_ptr<const arrangement::Arrangement> plan) {
        if (plan && !loop_.options.authority && wantsTls(*plan))
            return fail(noAuthority);
        const Result<void> prepared = loop_.listeners->prepare(plan, loop_.generation + 1);
        if (!prepared)
            return std::unexpected(prepared.error());
        if (plan)
            prepareTls(*plan);
        loop_.plan = std::move(plan);
        ++loop_.generation;
        return loop_.listeners->commit();
    }

    static bool wantsTls(const arrangement::Arrangement& plan) {
        for (const lab::Listener& listener : plan.listeners)
            if (listener.kind == lab::Listener::Kind::Https)
                return true;
        return false;
    }

    void prepareTls(const arrangement::Arrangement& plan) {
        std::vector<std::string> files;
        for (const lab::Trust& trust : plan.trust)
            if (!trust.caFile.empty())
                files.push_back(trust.caFile);
        loop_.tls.trust(std::move(files));
        loop_.tls.serve([this](std::string_view host) { return hasLeaf(host); });
    }

    // Names of the plan in force, wildcards for one label.
    bool hasLeaf(std::string_view host) const {
        if (!loop_.plan)
            return false;
        const auto dot = host.find('.');
        for (const std::string& name : loop_.plan->tlsHosts) {
            const bool wild = name.starts_with("*.") && dot != std::string_view::npos &&
                              host.substr(dot) == std::string_view(name).substr(1);
            if (name == host || wild)
                return true;
        }
        return false;
    }

    Task<void> callNow(exchange::Call call, Done<http::Response> done) {
        Origin origin;
        origin.plan = loop_.plan;
        origin.generation = loop_.generation;
        Result<http::Response> response = co_await perform(loop_, std::move(origin), std::move(call));
        done(std::move(response));
    }

    void beginToStop() {
        loop_.stopping = true;
        cutAt_ = loop_.now().steady + graceful;
        if (loop_.listeners->prepare(nullptr, loop_.generation)) // nothing to bind, so it cannot fail
            loop_.listeners->commit();
        for (ClientConnection* const connection :
             std::vector(loop_.connections.begin(), loop_.connections.end())) {
            connection->cutTunnel();
            connection->retire();
        }
        timer_.expires_after(std::chrono::milliseconds(0)); // looks at once whether anybody is left
        timer_.async_wait([this](std::error_code error) {
            if (!error)
                awaitLast();
        });
    }

    void awaitLast() {
        if (loop_.connections.empty() || loop_.now().steady >= cutAt_)
            return cut();
        loop_.sweep.run(loop_.now().steady);
        timer_.expires_after(cutEvery);
        timer_.async_wait([this](std::error_code error) {
            if (!error)
                awaitLast();
        });
    }

    void cut() {
        work_.reset();
        loop_.io.stop(); // run() closes what is left and lets it come to its end
    }

    Loop loop_;
    asio::executor_work_guard<Executor> work_;
    Timer timer_;
    SteadyTime cutAt_ = SteadyTime::max();
    std::uint16_t ownProxyPort_ = 0;
    std::thread thread_;
};

} // namespace

Result<std::unique_ptr<Engine>> Engine::start(EngineOptions options, std::function<void()> wake) {
    auto engine = std::make_unique<EngineThread>(std::move(options), std::move(wake));
    if (auto begun = engine->begin(); !begun)
        return std::unexpected(begun.error());
    return engine;
}

Result<Listening> applyAndWait(Engine& engine, std::shared_ptr<const arrangement::Arrangement> arrangement) {
    std::promise<Result<Listening>> promise;
    engine.apply(std::move(arrangement),
                 [&promise](Result<Listening> result) { promise.set_value(std::move(result)); });
    return promise.get_future().get();
}

Result<http::Response> callAndWait(Engine& engine, exchange::Call call) {
    std::promise<Result<http::Response>> promise;
    engine.call(std::move(call),
                [&promise](Result<http::Response> result) { promise.set_value(std::move(result)); });
    return promise.get_future().get();
}

} // namespace gatehouse::engine
