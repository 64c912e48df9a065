// SecretString: a value that leaves only by reveal(). Move-only, on the heap, wiped, compared in constant
// time, neither printable nor formattable nor comparable with ==.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse::crypto {

class SecretString {
public:
    SecretString() = default;
    explicit SecretString(std::string_view value);
    // Takes the bytes and wipes the given string.
    static SecretString take(std::string&& value);
    SecretString(SecretString&& other) noexcept;
    SecretString& operator=(SecretString&& other) noexcept;
    SecretString(const SecretString&) = delete;
    SecretString& operator=(const SecretString&) = delete;
    ~SecretString();

    SecretString clone() const;
    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }
    bool equals(std::string_view other) const; // constant time in the content (the length is no secret)

    // The one door. Whoever calls it is a row of exits() or a computation that keeps the value inside.
    template <class F>
    decltype(auto) reveal(F&& use) const {
        return std::forward<F>(use)(std::string_view(bytes_.get(), size_));
    }

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_ = 0;
};

// Constant time in the content.
bool equalsConstantTime(std::string_view a, std::string_view b);
void wipe(std::string& bytes);

} // namespace gatehouse::crypto
