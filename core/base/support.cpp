#include <base/support.h>

namespace gatehouse {

std::string_view name(Support support) {
    switch (support) {
    case Support::Does:
        return "does";
    case Support::Partly:
        return "partly";
    case Support::NotYet:
        return "not yet";
    }
    return "";
}

} // namespace gatehouse
