#include <base/ascii.h>
#include <base/encoding.h>
#include <capture/redactor.h>
#include <http/url.h>

#include <algorithm>
#include <array>

namespace gatehouse::capture {

namespace {

constexpr std::array<std::string_view, 8> secretFields{"authorization",
                                                       "proxy-authorization",
                                                       "cookie",
                                                       "set-cookie",
                                                       "x-forwarded-access-token",
                                                       "x-auth-request-access-token",
                                                       "x-auth-request-id-token",
                                                       "x-forwarded-id-token"};

constexpr std::array<std::string_view, 25> secretParameters{"access_token",
                                                            "refresh_token",
                                                            "id_token",
                                                            "id_token_hint",
                                                            "logout_token",
                                                            "token",
                                                            "code",
                                                            "code_verifier",
                                                            "client_secret",
                                                            "client_assertion",
                                                            "password",
                                                            "password-new",
                                                            "password-confirm",
                                                            "otp",
                                                            "totp",
                                                            "totpsecret",
                                                            "state",
                                                            "nonce",
                                                            "session_code",
                                                            "client_data",
                                                            "session_state",
                                                            "device_code",
                                                            "user_code",
                                                            "assertion",
                                                            "basic-auth-password"};

// Where a value ends in a query, a form, a header line, JSON or markup.
bool endsValue(char c) {
    return c == '&' || c == ';' || c == '"' || c == '\'' || c == '<' || c == '>' || c == ' ' || c == '\r' ||
           c == '\n' || c == '#' || c == ')' || c == ',' || c == '\\';
}

bool isNameChar(char c) {
    return asciiAlpha(c) || asciiDigit(c) || c == '_' || c == '-';
}

bool isTokenChar(char c) {
    return isNameChar(c) || c == '.';
}

// One pass over a text; each step either copies a byte or replaces a secret.
class Pass {
public:
    explicit Pass(std::string_view text) : text_(text) {}

    std::string run() {
        while (at_ < text_.size()) {
            if (startsLine() && fieldLine())
                continue;
            if (parameter() || jsonMember() || jwt())
                continue;
            out_.push_back(text_[at_++]);
        }
        return std::move(out_);
    }

private:
    bool startsLine() const { return at_ == 0 || text_[at_ - 1] == '\n'; }
    bool startsName() const { return at_ == 0 || !isNameChar(text_[at_ - 1]); }

    std::string_view nameAt(std::size_t from) const {
        std::size_t end = from;
        while (end < text_.size() && isNameChar(text_[end]))
            ++end;
        return text_.substr(from, end - from);
    }

    void copy(std::size_t to) {
        out_.append(text_.substr(at_, to - at_));
        at_ = to;
    }

    void replace(std::size_t to) {
        if (to > at_)
            out_.append(redacted);
        at_ = to;
    }

    // "Cookie: a=1; b=2": names stay. "Authorization: Bearer x": the scheme stays.
    bool fieldLine() {
        const std::string_view name = nameAt(at_);
        const std::size_t colon = at_ + name.size();
        if (name.empty() || colon >= text_.size() || text_[colon] != ':' || !isSecretField(lower(name)))
            return false;
        const std::size_t end = std::min(text_.find_first_of("\r\n", colon), text_.size());
        std::size_t value = colon + 1;
        while (value < end && text_[value] == ' ')
            ++value;
        copy(value);
        if (lower(name).ends_with("cookie"))
            cookies(end, equalsIgnoreCase(name, "set-cookie"));
        else
            authorization(end);
        return true;
    }

    void cookies(std::size_t end, bool onlyFirst) {
        while (at_ < end) {
            const std::size_t pairEnd = std::min(text_.find(';', at_), end);
            const std::size_t equals = text_.find('=', at_);
            if (equals != std::string_view::npos && equals < pairEnd) {
                copy(equals + 1);
                replace(pairEnd);
            }
            if (onlyFirst) { // the rest of a Set-Cookie is attributes
                copy(end);
                return;
            }
            copy(std::min(pairEnd + 1, end));
        }
    }

    void authorization(std::size_t end) {
        const std::size_t blank = text_.find(' ', at_);
        if (blank != std::string_view::npos && blank < end)
            copy(blank + 1);
        replace(end);
    }

    bool parameter() {
        if (!startsName())
            return false;
        const std::string_view name = nameAt(at_);
        const std::size_t equals = at_ + name.size();
        if (name.empty() || equals >= text_.size() || text_[equals] != '=' || !isSecretParameter(lower(name)))
            return false;
        copy(equals + 1);
        std::size_t end = at_;
        while (end < text_.size() && !endsValue(text_[end]))
            ++end;
        replace(end);
        return true;
    }

    bool jsonMember() {
        if (text_[at_] != '"')
            return false;
        const std::string_view name = nameAt(at_ + 1);
        std::size_t next = at_ + 1 + name.size();
        if (name.empty() || next >= text_.size() || text_[next] != '"' || !isSecretParameter(lower(name)))
            return false;
        for (++next; next < text_.size() && (text_[next] == ' ' || text_[next] == ':'); ++next) {
        }
        if (next >= text_.size() || text_[next] != '"')
            return false;
        copy(next + 1);
        std::size_t end = at_;
        while (end < text_.size() && text_[end] != '"')
            end += text_[end] == '\\' ? 2 : 1;
        replace(std::min(end, text_.size()));
        return true;
    }

    // header.payload.signature, the first beginning with {" in base64url (RFC 7515 section 3.1)
    bool jwt() {
        if (!text_.substr(at_).starts_with("eyJ") || (at_ > 0 && isTokenChar(text_[at_ - 1])))
            return false;
        std::size_t end = at_;
        int dots = 0;
        for (; end < text_.size() && isTokenChar(text_[end]); ++end)
            dots += text_[end] == '.' ? 1 : 0;
        if (dots < 2)
            return false;
        replace(end);
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string out_;
};

void replaceAll(std::string& text, std::string_view value) {
    for (auto at = text.find(value); at != std::string::npos; at = text.find(value, at + redacted.size()))
        text.replace(at, value.size(), redacted);
}

} // namespace

bool isSecretField(std::string_view name) {
    return std::find(secretFields.begin(), secretFields.end(), name) != secretFields.end();
}

bool isSecretParameter(std::string_view name) {
    return std::find(secretParameters.begin(), secretParameters.end(), name) != secretParameters.end();
}

Redactor::Redactor(const crypto::SecretSource& secrets, const std::vector<std::string>& names) {
    for (const std::string& name : names)
        if (const crypto::SecretString* secret = secrets.find(name))
            learn(*secret);
}

void Redactor::learn(const crypto::SecretString& value) {
    value.reveal([this](std::string_view bytes) {
        if (bytes.size() >= 4)
            learnForms(bytes);
    });
}

void Redactor::learnForms(std::string_view value) {
    std::vector<std::string> forms{std::string(value), http::percentEncode(value),
                                   http::formText({{"", std::string(value)}}).substr(1), base64(value),
                                   base64Url(value)};
    for (std::string& form : forms)
        if (std::none_of(ledger_.begin(), ledger_.end(),
                         [&](const crypto::SecretString& known) { return known.equals(form); }))
            ledger_.push_back(crypto::SecretString::take(std::move(form)));
    std::stable_sort(
        ledger_.begin(), ledger_.end(),
        [](const crypto::SecretString& a, const crypto::SecretString& b) { return a.size() > b.size(); });
}

std::string Redactor::operator()(std::string_view text) const {
    std::string out(text);
    for (const crypto::SecretString& secret : ledger_)
        secret.reveal([&out](std::string_view value) { replaceAll(out, value); });
    return Pass(out).run();
}

} // namespace gatehouse::capture
