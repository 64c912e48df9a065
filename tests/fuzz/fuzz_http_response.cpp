// A response head is read within its bytes, and never claims more than there is.
#include <http/parse.h>

#include <cstdint>
#include <cstdlib>

using namespace gatehouse::http;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    for (const std::string_view method : {"GET", "HEAD", "CONNECT"}) {
        std::vector<FieldSpan> fields;
        const auto outcome = parseResponse(bytes, fields, method, Limits{});
        if (const auto* response = std::get_if<ParsedResponse>(&outcome)) {
            if (response->size > size)
                std::abort();
            for (const Header field : response->view.headers)
                if (field.name.data() < bytes.data() ||
                    field.value.data() + field.value.size() > bytes.data() + size)
                    std::abort();
        } else if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
            if (!refusal->why)
                std::abort();
        }
    }
    return 0;
}
