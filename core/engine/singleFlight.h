// Single flight by key: the first goes, the others wait until it is back, and go on with what it left behind.
#pragma once

#include <engine/waiter.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::engine {

class SingleFlight {
public:
    explicit SingleFlight(asio::io_context& io) : io_(io) {}

    // true: you are the holder and must release. false: somebody else was, and is back.
    Task<bool> lock(const std::string& key) {
        const auto found = flights_.find(key);
        if (found == flights_.end()) {
            flights_.emplace(key, std::make_shared<Waiter>(io_));
            co_return true;
        }
        const std::shared_ptr<Waiter> waiter = found->second;
        co_await waiter->wait();
        co_return false;
    }

    void release(const std::string& key) {
        const auto found = flights_.find(key);
        if (found == flights_.end())
            return;
        found->second->open();
        flights_.erase(found);
    }

    // What one Flow holds: let go when the Flow ends, however it ends.
    class Held {
    public:
        explicit Held(SingleFlight& flights) : flights_(flights) {}
        Held(const Held&) = delete;
        Held& operator=(const Held&) = delete;
        ~Held() {
            for (const std::string& key : keys_)
                flights_.release(key);
        }
        void took(std::string key) { keys_.push_back(std::move(key)); }
        void release(const std::string& key) {
            if (std::erase(keys_, key) > 0)
                flights_.release(key);
        }

    private:
        SingleFlight& flights_;
        std::vector<std::string> keys_;
    };

private:
    asio::io_context& io_;
    std::map<std::string, std::shared_ptr<Waiter>, std::less<>> flights_;
};

} // namespace gatehouse::engine
