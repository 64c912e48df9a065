// Documents hold names of secrets only; whoever runs a lab brings a source that knows the values.
#pragma once

#include <crypto/secretString.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace gatehouse::crypto {

struct SecretRef {
    std::string name; // empty = none

    explicit operator bool() const { return !name.empty(); }
    friend bool operator==(const SecretRef&, const SecretRef&) = default;
};

class SecretSource {
public:
    virtual ~SecretSource() = default;
    // nullptr when there is none of that name. Valid as long as the source.
    virtual const SecretString* find(std::string_view name) const = 0;
};

// A source that holds its values itself.
class SecretMap : public SecretSource {
public:
    const SecretString* find(std::string_view name) const override {
        const auto found = values.find(name);
        return found == values.end() ? nullptr : &found->second;
    }

    std::map<std::string, SecretString, std::less<>> values;
};

} // namespace gatehouse::crypto
