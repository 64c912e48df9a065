// Reads one Ingress's annotations as the controller does: missing, empty, refused by the validator, or a
// value.
#pragma once

#include <ingress/findings.h>
#include <lab/lab.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse::ingress {

inline constexpr std::string_view annotationPrefix = "nginx.ingress.kubernetes.io/";

enum class Reading : std::uint8_t {
    Missing,
    Empty,   // there, and nothing in it
    Invalid, // refused by its validator: the whole Ingress may fall
    Wrong,   // passed the validator, and is no value of its type
    Value
};

template <class T>
struct Read {
    Reading reading = Reading::Missing;
    T value{};
    std::string raw;
    FieldId from;

    bool has() const { return reading == Reading::Value; }
    bool invalid() const { return reading == Reading::Invalid; }
    bool given() const { return reading != Reading::Missing; }
    T or_(T other) const { return has() ? value : std::move(other); }
};

using Validator = bool (*)(std::string_view);

class AnnotationReader {
public:
    AnnotationReader(const lab::IngressObject& object, Findings& findings)
        : object_(object), findings_(findings) {}

    Read<std::string> text(std::string_view name, Validator validator, std::string_view alias = {}) const;
    Read<bool> boolean(std::string_view name) const;
    Read<std::int64_t> integer(std::string_view name) const;

    // The value is not what the annotation takes, and the controller goes on with `instead`.
    template <class T>
    void ignored(std::string_view name, const Read<T>& read, std::string_view reason,
                 std::string_view instead) const {
        findings_.warn(message::valueIgnored,
                       {{"name", std::string(name)},
                        {"value", read.raw},
                        {"reason", std::string(reason)},
                        {"instead", std::string(instead)}},
                       read.from);
    }
    // boolean and integer with the usual ending: a bad value is ignored, the default counts.
    bool flag(std::string_view name, bool byDefault) const;
    std::int64_t number(std::string_view name, std::int64_t byDefault) const;
    std::string setting(std::string_view name, Validator validator, const std::string& byDefault) const;

    const lab::IngressObject& object() const { return object_; }
    Findings& findings() const { return findings_; }

private:
    const lab::KeyValue* find(std::string_view name) const;

    const lab::IngressObject& object_;
    Findings& findings_;
};

} // namespace gatehouse::ingress
