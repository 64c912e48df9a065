// Where random bytes come from: the system, or a seed (tests, reproducible labs).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace gatehouse::crypto {

class Entropy {
public:
    virtual ~Entropy() = default;
    virtual void fill(char* bytes, std::size_t size) = 0;
    std::string bytes(std::size_t size);
};

std::unique_ptr<Entropy> systemEntropy();                   // RAND_bytes; terminates when the system has none
std::unique_ptr<Entropy> seededEntropy(std::uint64_t seed); // tests only: predictable

} // namespace gatehouse::crypto
