#include <base/ascii.h>
#include <http/framingFields.h>
#include <http/refusals.h>
#include <http/url.h>

namespace gatehouse::http {

namespace {

constexpr std::size_t mostLengthDigits = 18; // fits 64 bits with room to add

// 1*DIGIT and nothing else: no sign, no list, no blanks inside.
bool parseLength(std::string_view text, std::uint64_t& length) {
    if (text.empty() || text.size() > mostLengthDigits)
        return false;
    length = 0;
    for (const char c : text) {
        if (!asciiDigit(c))
            return false;
        length = length * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return true;
}

} // namespace

void FramingFields::take(std::string_view name, std::string_view value) {
    switch (name.size()) { // most names are told apart by their length alone
    case 4:
        if (equalsIgnoreCase(name, "host")) {
            host_ = value;
            ++hosts_;
        }
        break;
    case 6:
        if (equalsIgnoreCase(name, "expect")) {
            const bool known = equalsIgnoreCase(value, "100-continue");
            expectContinue_ = expectContinue_ || known;
            expectUnknown_ = expectUnknown_ || !known;
        }
        break;
    case 7:
        upgradeField_ = upgradeField_ || (equalsIgnoreCase(name, "upgrade") && !value.empty());
        break;
    case 10:
        if (equalsIgnoreCase(name, "connection"))
            takeConnection(value);
        break;
    case 14:
        if (equalsIgnoreCase(name, "content-length")) {
            length_ = value;
            ++lengths_;
        }
        break;
    case 17:
        if (equalsIgnoreCase(name, "transfer-encoding")) {
            coding_ = value;
            ++codings_;
        }
        break;
    default:
        break;
    }
}

void FramingFields::takeConnection(std::string_view value) {
    for (;;) {
        const auto end = value.find(',');
        const std::string_view option = trim(value.substr(0, end));
        if (equalsIgnoreCase(option, "close"))
            close_ = true;
        else if (equalsIgnoreCase(option, "keep-alive"))
            keepAlive_ = true;
        else if (equalsIgnoreCase(option, "upgrade"))
            connectionUpgrade_ = true;
        if (end == std::string_view::npos)
            return;
        value.remove_prefix(end + 1);
    }
}

const Message* FramingFields::body(Version version, BodyKind otherwise, Framing& framing) const {
    if (lengths_ > 1 || (lengths_ == 1 && !parseLength(length_, framing.length)))
        return &refusal::contentLength;
    if (codings_ > 0) {
        if (lengths_ > 0)
            return &refusal::lengthAndCoding;
        if (version == Version::Http10)
            return &refusal::transferCodingIn10;
        if (codings_ > 1 || unknownCoding())
            return &refusal::transferCoding;
        framing.body = BodyKind::Chunked;
    } else if (lengths_ == 1) {
        framing.body = framing.length == 0 ? BodyKind::None : BodyKind::Length;
    } else {
        framing.body = otherwise;
    }
    return nullptr;
}

bool FramingFields::unknownCoding() const {
    return codings_ == 1 && !equalsIgnoreCase(coding_, "chunked");
}

bool FramingFields::keepAlive(Version version) const {
    return !close_ && (version == Version::Http11 || keepAlive_);
}

bool FramingFields::hostIsProper(Version version) const {
    if (hosts_ == 0)
        return version == Version::Http10;
    return hosts_ == 1 && validAuthority(host_);
}

} // namespace gatehouse::http
