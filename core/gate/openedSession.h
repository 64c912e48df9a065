// A session cookie, opened for a person who looks at it. Tokens in it are secrets, as ever.
#pragma once

#include <base/now.h>
#include <gate/session.h>

#include <cstddef>
#include <memory>
#include <string>

namespace gatehouse::gate {

struct OpenedSession {
    std::string cookie;                     // its name
    std::size_t parts = 0;                  // cookies that it is split into; 0: it is one
    std::shared_ptr<const Session> session; // null: it cannot be accepted
    std::string why;                        // then
};

} // namespace gatehouse::gate
