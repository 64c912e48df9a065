#include <ingress/regex.h>

#include <algorithm>
#include <pcre2.h>

namespace gatehouse::ingress {

namespace {

struct FreeCode {
    void operator()(pcre2_code* code) const { pcre2_code_free(code); }
};
struct FreeMatch {
    void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
};

} // namespace

struct Regex::Code {
    std::unique_ptr<pcre2_code, FreeCode> code;
};

std::optional<Regex> Regex::compile(std::string_view expression, bool caseless, std::string& why) {
    int error = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code* const code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.data()), expression.size(),
                                           caseless ? PCRE2_CASELESS : 0u, &error, &offset, nullptr);
    if (code == nullptr) {
        std::array<PCRE2_UCHAR, 128> text{};
        pcre2_get_error_message(error, text.data(), text.size());
        why = reinterpret_cast<const char*>(text.data());
        return std::nullopt;
    }
    return Regex(std::make_shared<const Code>(std::unique_ptr<pcre2_code, FreeCode>(code)));
}

bool Regex::matches(std::string_view subject, Captures* captures) const {
    const std::unique_ptr<pcre2_match_data, FreeMatch> data(
        pcre2_match_data_create_from_pattern(code_->code.get(), nullptr));
    const int groups = pcre2_match(code_->code.get(), reinterpret_cast<PCRE2_SPTR>(subject.data()),
                                   subject.size(), 0, 0, data.get(), nullptr);
    if (groups <= 0)
        return false;
    if (captures == nullptr)
        return true;
    captures->fill({});
    const PCRE2_SIZE* const ends = pcre2_get_ovector_pointer(data.get());
    for (std::size_t i = 0; i < std::min(static_cast<std::size_t>(groups), captures->size()); ++i)
        if (ends[2 * i] != PCRE2_UNSET)
            (*captures)[i] = subject.substr(ends[2 * i], ends[2 * i + 1] - ends[2 * i]);
    return true;
}

} // namespace gatehouse::ingress
