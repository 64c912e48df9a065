// Flow: a computation that asks in the middle and reads top to bottom.
//
//   Flow<Answer, Ask, Given> callback(...) {
//       Given token = co_await tokenCall(code);   // yields an Ask, resumes with what was Given
//       ...
//       co_return answer;
//   }
//
// Driving it: while (!flow.done()) flow.give(perform(flow.ask())); auto answer = flow.take();
// Destroying a Flow at any point is its cancellation. No threads, no executor, no allocation but the frame.
//
// GCC 12 miscompiles aggregates and lambdas written inside a co_await expression (double free): await a named
// local or a call that returns the ask. A house test watches it.
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace gatehouse {

template <class Out, class Ask, class Given>
class Flow {
public:
    struct promise_type {
        std::optional<Ask> ask;
        std::optional<Given> given;
        std::optional<Out> out;

        Flow get_return_object() { return Flow(Handle::from_promise(*this)); }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_value(Out value) { out.emplace(std::move(value)); }
        void unhandled_exception() { std::terminate(); } // floors 0-5 return errors, they throw none

        struct Answered {
            promise_type& promise;
            bool await_ready() noexcept { return false; }
            void await_suspend(std::coroutine_handle<>) noexcept {}
            Given await_resume() {
                Given value = std::move(*promise.given);
                promise.given.reset();
                return value;
            }
        };
        Answered await_transform(Ask question) {
            ask.emplace(std::move(question));
            return Answered{*this};
        }
    };

    Flow(Flow&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
    Flow& operator=(Flow&& other) noexcept {
        if (this != &other) {
            if (handle_)
                handle_.destroy(); // now, not when `other` goes: what is cancelled lets go of what it held
            handle_ = std::exchange(other.handle_, {});
        }
        return *this;
    }
    ~Flow() {
        if (handle_)
            handle_.destroy();
    }

    bool done() const { return handle_.done(); }
    Ask& ask() { return *handle_.promise().ask; } // only while !done()
    void give(Given value) {                      // only while !done()
        handle_.promise().given.emplace(std::move(value));
        handle_.promise().ask.reset();
        handle_.resume();
    }
    Out take() { return std::move(*handle_.promise().out); } // only once, when done()

private:
    using Handle = std::coroutine_handle<promise_type>;
    explicit Flow(Handle handle) : handle_(handle) {}
    Handle handle_;
};

} // namespace gatehouse
