#include <base/ascii.h>
#include <http/fieldParser.h>
#include <http/framingFields.h>
#include <http/grammar.h>
#include <http/refusals.h>

#include <algorithm>

namespace gatehouse::http {

namespace {

using Outcome = std::variant<ParsedResponse, NeedMore, Refusal>;

// As the parser of requests: the first wrong byte decides, whatever the split.
class ResponseParser {
public:
    ResponseParser(std::string_view bytes, std::vector<FieldSpan>& fields, std::string_view requestMethod,
                   const Limits& limits)
        : cursor_{bytes.data(), bytes.data(), bytes.data() + bytes.size()}, fields_(fields),
          method_(requestMethod), limits_(limits) {
        fields_.clear();
        fields_.reserve(usualFields);
    }

    Outcome run() {
        if (!takeStatusLine() || !takeFields() || !settle())
            return why_ ? Outcome(Refusal{502, why_}) : Outcome(NeedMore{});
        parsed_.size = static_cast<std::size_t>(cursor_.at - cursor_.base);
        return parsed_;
    }

private:
    bool refuse(const Message& why) {
        why_ = &why;
        return false;
    }
    bool more() const { return cursor_.at == cursor_.end; }

    bool takeStatusLine() {
        const char* const all = cursor_.end;
        const auto window = static_cast<std::ptrdiff_t>(limits_.startLine + 2);
        cursor_.end = all - cursor_.base > window ? cursor_.base + window : all;
        const bool whole = takeVersionAndStatus() && takeReason();
        if (!whole && !why_ && cursor_.end - cursor_.base == window)
            return refuse(refusal::statusLineTooLong);
        cursor_.end = all;
        return whole;
    }

    bool takeVersionAndStatus() {
        constexpr std::string_view pattern = "HTTP/1.m dddd"; // m: minor version, d: digits of the status
        for (std::size_t i = 0; i < 12; ++i) {
            if (more())
                return false;
            const char c = *cursor_.at;
            const bool fits = pattern[i] == 'm'   ? c == '0' || c == '1'
                              : pattern[i] == 'd' ? asciiDigit(c)
                                                  : c == pattern[i];
            if (!fits)
                return refuse(refusal::statusLine);
            ++cursor_.at;
        }
        const auto digit = [this](int i) { return cursor_.base[i] - '0'; };
        parsed_.view.version = cursor_.base[7] == '1' ? Version::Http11 : Version::Http10;
        parsed_.view.status = digit(9) * 100 + digit(10) * 10 + digit(11);
        return parsed_.view.status >= 100 || refuse(refusal::statusLine);
    }

    // The blank before an absent reason may be absent too: many servers leave it out, nobody disagrees on it.
    bool takeReason() {
        if (more())
            return false;
        if (*cursor_.at == ' ')
            ++cursor_.at;
        else if (*cursor_.at != '\r')
            return refuse(refusal::statusLine);
        const char* const first = cursor_.at;
        while (!more() && grammar::is(*cursor_.at, grammar::Field))
            ++cursor_.at;
        parsed_.view.reason = {first, static_cast<std::size_t>(cursor_.at - first)};
        for (const char wanted : {'\r', '\n'}) {
            if (more())
                return false;
            if (*cursor_.at != wanted)
                return refuse(refusal::statusLine);
            ++cursor_.at;
        }
        return true;
    }

    bool takeFields() {
        const char* const all = cursor_.end;
        const auto window = static_cast<std::ptrdiff_t>(limits_.head);
        cursor_.end = all - cursor_.base > window ? cursor_.base + window : all;
        for (;;) {
            FieldSpan span;
            const Message* why = nullptr;
            switch (takeFieldLine(cursor_, span, why)) {
            case LineKind::Field:
                if (fields_.size() == limits_.fields)
                    return refuse(refusal::tooManyFields);
                fields_.push_back(span);
                framing_.take({cursor_.base + span.name, span.nameSize},
                              {cursor_.base + span.value, span.valueSize});
                break;
            case LineKind::Blank:
                cursor_.end = all;
                return true;
            case LineKind::More:
                return cursor_.end - cursor_.base == window && refuse(refusal::headTooLarge);
            case LineKind::Refused:
                return refuse(*why);
            }
        }
    }

    // RFC 9112 section 6.3, points 1 and 2.
    bool bodiless() const {
        const int status = parsed_.view.status;
        return method_ == "HEAD" || status < 200 || status == 204 || status == 304 ||
               (method_ == "CONNECT" && status < 300);
    }

    bool settle() {
        const Version version = parsed_.view.version;
        if (const Message* why = framing_.body(version, BodyKind::UntilClose, parsed_.framing))
            return refuse(*why);
        if (bodiless())
            parsed_.framing.body = BodyKind::None;
        parsed_.framing.keepAlive =
            framing_.keepAlive(version) && parsed_.framing.body != BodyKind::UntilClose;
        parsed_.framing.upgrade = framing_.upgrade(version);
        parsed_.view.headers = {cursor_.base, fields_};
        return true;
    }

    Cursor cursor_;
    std::vector<FieldSpan>& fields_;
    std::string_view method_;
    const Limits& limits_;
    FramingFields framing_;
    ParsedResponse parsed_;
    const Message* why_ = nullptr;
};

} // namespace

Outcome parseResponse(std::string_view bytes, std::vector<FieldSpan>& fields, std::string_view requestMethod,
                      const Limits& limits) {
    return ResponseParser(bytes, fields, requestMethod, limits).run();
}

} // namespace gatehouse::http
