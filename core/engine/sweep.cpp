#include <engine/sweep.h>

namespace gatehouse::engine {

Swept::Swept(Sweep& sweep) : sweep_(&sweep), next_(&sweep.head_), previous_(sweep.head_.previous_) {
    previous_->next_ = this;
    sweep.head_.previous_ = this;
}

Swept::~Swept() {
    if (sweep_ && sweep_->coming_ == this)
        sweep_->coming_ = next_;
    next_->previous_ = previous_;
    previous_->next_ = next_;
}

void Sweep::run(SteadyTime now) {
    for (Swept* at = head_.next_; at != &head_; at = coming_) {
        coming_ = at->next_;
        at->swept(now);
    }
    coming_ = &head_;
}

} // namespace gatehouse::engine
