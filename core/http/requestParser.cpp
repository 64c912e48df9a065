#include <base/ascii.h>
#include <http/fieldParser.h>
#include <http/framingFields.h>
#include <http/grammar.h>
#include <http/refusals.h>
#include <http/url.h>

#include <algorithm>
#include <cstring>

namespace gatehouse::http {

namespace {

using Outcome = std::variant<ParsedRequest, NeedMore, Refusal>;

// Looks at no byte twice and at none beyond the limits, so that the answer cannot depend on how the bytes
// arrived: the first wrong byte decides.
class RequestParser {
public:
    RequestParser(std::string_view bytes, std::vector<FieldSpan>& fields, const Limits& limits)
        : cursor_{bytes.data(), bytes.data(), bytes.data() + bytes.size()}, fields_(fields), limits_(limits) {
        fields_.clear();
        fields_.reserve(usualFields);
    }

    Outcome run() {
        if (!skipLeadingLineEnd() || !takeRequestLine() || !takeFields() || !settle())
            return refusal_.why ? Outcome(refusal_) : Outcome(NeedMore{});
        parsed_.size = static_cast<std::size_t>(cursor_.at - cursor_.base);
        return parsed_;
    }

private:
    bool refuse(const Message& why, int status = 400) {
        refusal_ = {status, &why};
        return false;
    }
    bool more() const { return cursor_.at == cursor_.end; }

    // RFC 9112 section 2.2: one empty line before a request is skipped. (CRLF only.)
    bool skipLeadingLineEnd() {
        if (more() || *cursor_.at != '\r')
            return !more();
        if (cursor_.end - cursor_.at < 2)
            return false;
        if (cursor_.at[1] != '\n')
            return refuse(refusal::requestLine);
        cursor_.at += 2;
        return !more();
    }

    bool takeRequestLine() {
        start_ = cursor_.at;
        const char* const all = cursor_.end;
        const auto window = static_cast<std::ptrdiff_t>(limits_.startLine + 2);
        cursor_.end = std::min(all, all - start_ > window ? start_ + window : all);
        const bool whole = takeMethod() && takeTarget() && takeVersion();
        if (!whole && !refusal_.why && cursor_.end - start_ == window)
            return refuse(refusal::requestLineTooLong, 414);
        cursor_.end = all;
        return whole && checkTarget();
    }

    bool takeWord(grammar::Class of, std::string_view& word, const Message& why) {
        const char* const first = cursor_.at;
        while (!more() && grammar::is(*cursor_.at, of))
            ++cursor_.at;
        if (more())
            return false;
        if (*cursor_.at != ' ' || cursor_.at == first)
            return refuse(why);
        word = {first, static_cast<std::size_t>(cursor_.at - first)};
        ++cursor_.at;
        return true;
    }
    bool takeMethod() { return takeWord(grammar::Token, parsed_.view.method, refusal::requestLine); }
    bool takeTarget() { return takeWord(grammar::Target, parsed_.view.target, refusal::target); }

    bool takeVersion() {
        constexpr std::string_view usual = "HTTP/1.1\r\n";
        constexpr std::string_view pattern = "HTTP/d.d"; // d: a digit
        if (static_cast<std::size_t>(cursor_.end - cursor_.at) >= usual.size() &&
            std::memcmp(cursor_.at, usual.data(), usual.size()) == 0) {
            cursor_.at += usual.size();
            return true;
        }
        const char* const version = cursor_.at;
        for (const char wanted : pattern) {
            if (more())
                return false;
            if (wanted == 'd' ? !asciiDigit(*cursor_.at) : *cursor_.at != wanted)
                return refuse(refusal::requestLine);
            ++cursor_.at;
        }
        if (version[5] != '1' || version[7] > '1')
            return refuse(refusal::version, 505);
        parsed_.view.version = version[7] == '1' ? Version::Http11 : Version::Http10;
        return takeByte('\r') && takeByte('\n');
    }

    bool takeByte(char wanted) {
        if (more())
            return false;
        if (*cursor_.at != wanted)
            return refuse(refusal::requestLine);
        ++cursor_.at;
        return true;
    }

    // RFC 9112 section 3.2: the four forms.
    bool checkTarget() {
        std::string_view& target = parsed_.view.target;
        if (parsed_.view.method == "CONNECT") {
            const auto authority = parseAuthority(target);
            return (authority && authority->port != 0) || refuse(refusal::target);
        }
        if (target.front() == '/' || (target == "*" && parsed_.view.method == "OPTIONS"))
            return true;
        return takeAbsoluteForm(target);
    }

    bool takeAbsoluteForm(std::string_view& target) {
        const std::size_t scheme = startsWithIgnoreCase(target, "http://")    ? 7
                                   : startsWithIgnoreCase(target, "https://") ? 8
                                                                              : 0;
        if (scheme == 0)
            return refuse(refusal::target);
        const std::string_view rest = target.substr(scheme);
        const auto slash = std::min(rest.find('/'), rest.size());
        parsed_.authority = rest.substr(0, slash);
        parsed_.asksForTls = scheme == std::string_view("https://").size();
        if (!validAuthority(parsed_.authority)) // "http://h?q" ends here too: it has no path to look at
            return refuse(refusal::target);
        target = slash == rest.size() ? std::string_view("/") : rest.substr(slash);
        if (slash == rest.size() && parsed_.view.method == "OPTIONS")
            target = "*";
        return true;
    }

    bool takeFields() {
        const char* const all = cursor_.end;
        const auto window = static_cast<std::ptrdiff_t>(limits_.head);
        cursor_.end = all - start_ > window ? start_ + window : all;
        for (;;) {
            FieldSpan span;
            const Message* why = nullptr;
            switch (takeFieldLine(cursor_, span, why)) {
            case LineKind::Field:
                if (fields_.size() == limits_.fields)
                    return refuse(refusal::tooManyFields, 431);
                fields_.push_back(span);
                framing_.take({cursor_.base + span.name, span.nameSize},
                              {cursor_.base + span.value, span.valueSize});
                break;
            case LineKind::Blank:
                cursor_.end = all;
                return true;
            case LineKind::More:
                return cursor_.end - start_ == window && refuse(refusal::headTooLarge, 431);
            case LineKind::Refused:
                return refuse(*why);
            }
        }
    }

    bool settle() {
        const Version version = parsed_.view.version;
        if (const Message* why = framing_.body(version, BodyKind::None, parsed_.framing))
            return refuse(*why, why == &refusal::transferCoding && framing_.unknownCoding() ? 501 : 400);
        if (!framing_.hostIsProper(version))
            return refuse(refusal::host);
        if (version == Version::Http11 && framing_.expectsUnknown())
            return refuse(refusal::expectation, 417);
        parsed_.framing.keepAlive = framing_.keepAlive(version);
        parsed_.framing.expectContinue = version == Version::Http11 && framing_.expectsContinue();
        parsed_.framing.upgrade = framing_.upgrade(version);
        parsed_.view.headers = {cursor_.base, fields_};
        return true;
    }

    Cursor cursor_;
    std::vector<FieldSpan>& fields_;
    const Limits& limits_;
    const char* start_ = nullptr;
    FramingFields framing_;
    ParsedRequest parsed_;
    Refusal refusal_;
};

} // namespace

Outcome parseRequest(std::string_view bytes, std::vector<FieldSpan>& fields, const Limits& limits) {
    return RequestParser(bytes, fields, limits).run();
}

} // namespace gatehouse::http
