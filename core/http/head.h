// Heads: a start line and header fields as they stood on the wire, without a copy.
//
// A head is one run of bytes plus the spans of its fields; HeadersView looks at somebody's bytes, HeadBuffer
// owns them. Names keep their case, values their bytes (RFC 9110 section 5.5: obs-text passes), order is
// kept.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::http {

struct Header {
    std::string_view name;
    std::string_view value;
};

// Offsets from the base of the bytes the head was parsed from.
struct FieldSpan {
    std::uint32_t name = 0;
    std::uint32_t nameSize = 0;
    std::uint32_t value = 0;
    std::uint32_t valueSize = 0;
};

class HeadersView {
public:
    HeadersView() = default;
    HeadersView(const char* base, std::span<const FieldSpan> fields) : base_(base), fields_(fields) {}

    std::size_t size() const { return fields_.size(); }
    bool empty() const { return fields_.empty(); }
    Header operator[](std::size_t i) const {
        const FieldSpan& f = fields_[i];
        return {{base_ + f.name, f.nameSize}, {base_ + f.value, f.valueSize}};
    }

    // First value of that name (case-free), or nullopt.
    std::optional<std::string_view> find(std::string_view name) const;
    std::string_view get(std::string_view name) const { return find(name).value_or(std::string_view{}); }
    bool has(std::string_view name) const { return find(name).has_value(); }
    std::size_t count(std::string_view name) const;
    // Every value of that name, in order.
    std::vector<std::string_view> all(std::string_view name) const;

    class Iterator {
    public:
        Iterator(const HeadersView& view, std::size_t at) : view_(&view), at_(at) {}
        Header operator*() const { return (*view_)[at_]; }
        Iterator& operator++() {
            ++at_;
            return *this;
        }
        bool operator!=(const Iterator& other) const { return at_ != other.at_; }

    private:
        const HeadersView* view_;
        std::size_t at_;
    };
    Iterator begin() const { return {*this, 0}; }
    Iterator end() const { return {*this, size()}; }

private:
    const char* base_ = nullptr;
    std::span<const FieldSpan> fields_;
};

// Owned header fields. Views taken from it die with the next change.
class Headers {
public:
    Headers() = default;
    Headers(std::initializer_list<Header> headers);

    void add(std::string_view name, std::string_view value);
    void set(std::string_view name, std::string_view value); // replaces all of that name, else adds
    void remove(std::string_view name);
    HeadersView view() const { return {bytes_.data(), fields_}; }
    operator HeadersView() const { return view(); } // a Headers is read wherever a view is
    std::size_t size() const { return fields_.size(); }
    bool empty() const { return fields_.empty(); }

private:
    std::string bytes_; // removed fields leave their bytes behind until the list dies
    std::vector<FieldSpan> fields_;
};

enum class Version : std::uint8_t { Http10, Http11 };

// One request as a decision sees it. Everything points into bytes that somebody else keeps for as long as the
// decision (a Flow included) lives.
struct RequestView {
    std::string_view method;
    std::string_view target; // origin-form, exactly as sent (RFC 9112 section 3.2.1)
    Version version = Version::Http11;
    HeadersView headers;
    std::string_view body; // only for routes that read bodies (forms); otherwise empty

    std::string_view path() const { return target.substr(0, target.find('?')); }
    std::string_view query() const { // without the '?'
        const auto mark = target.find('?');
        return mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
    }
    std::string_view host() const { return headers.get("Host"); }
};

struct ResponseView {
    int status = 0;
    std::string_view reason;
    Version version = Version::Http11;
    HeadersView headers;
    std::string_view body;
};

struct Request {
    std::string method = "GET";
    std::string target = "/";
    Headers headers;
    std::string body;

    RequestView view() const { return {method, target, Version::Http11, headers, body}; }
};

struct Response {
    int status = 200;
    std::string reason; // empty: the registered phrase
    Headers headers;
    std::string body;

    ResponseView view() const { return {status, reason, Version::Http11, headers, body}; }
};

std::string_view reasonPhrase(int status); // RFC 9110 section 15; "" when unregistered

} // namespace gatehouse::http
