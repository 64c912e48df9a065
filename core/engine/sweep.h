// Deadlines without timers: everything that may take too long hangs in one list that is looked through four
// times a second. Arming a deadline is writing a number; a timer a read would cost 0.35 to 0.9 µs a request.
#pragma once

#include <base/now.h>

namespace gatehouse::engine {

class Sweep;

// Something with a deadline. Lives on the engine thread and leaves the list when it dies.
class Swept {
public:
    Swept(const Swept&) = delete;
    Swept& operator=(const Swept&) = delete;

protected:
    explicit Swept(Sweep& sweep);
    virtual ~Swept();
    // Called a few times a second. May cancel operations, and destroy itself or others.
    virtual void swept(SteadyTime now) = 0;

private:
    friend class Sweep;
    Swept() = default; // the list's own head
    Sweep* sweep_ = nullptr;
    Swept* next_ = this;
    Swept* previous_ = this;
};

class Sweep {
public:
    void run(SteadyTime now);

private:
    friend class Swept;
    struct Head final : Swept {
        void swept(SteadyTime) override {}
    };
    Head head_;
    Swept* coming_ = &head_; // the next one of the round under way
};

} // namespace gatehouse::engine
