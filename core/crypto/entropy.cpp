#include <crypto/digest.h>
#include <crypto/entropy.h>
#include <crypto/opensslHandle.h>

#include <algorithm>
#include <openssl/rand.h>

namespace gatehouse::crypto {

namespace {

class SystemEntropy final : public Entropy {
public:
    void fill(char* bytes, std::size_t size) override {
        constexpr std::size_t most = 1u << 20; // RAND_bytes counts in int
        while (size > 0) {
            const std::size_t part = std::min(size, most);
            require(RAND_bytes(reinterpret_cast<unsigned char*>(bytes), static_cast<int>(part)) == 1,
                    "RAND_bytes");
            bytes += part;
            size -= part;
        }
    }
};

// SHA-256(seed, counter), block by block: the same on every platform.
class SeededEntropy final : public Entropy {
public:
    explicit SeededEntropy(std::uint64_t seed) : seed_(seed) {}

    void fill(char* bytes, std::size_t size) override {
        for (std::size_t i = 0; i < size; ++i) {
            if (used_ == block_.size()) {
                block_ = digest(Hash::Sha256, std::to_string(seed_) + ' ' + std::to_string(counter_++));
                used_ = 0;
            }
            bytes[i] = block_[used_++];
        }
    }

private:
    std::uint64_t seed_;
    std::uint64_t counter_ = 0;
    std::string block_;
    std::size_t used_ = 0;
};

} // namespace

std::string Entropy::bytes(std::size_t size) {
    std::string out(size, '\0');
    fill(out.data(), size);
    return out;
}

std::unique_ptr<Entropy> systemEntropy() {
    return std::make_unique<SystemEntropy>();
}

std::unique_ptr<Entropy> seededEntropy(std::uint64_t seed) {
    return std::make_unique<SeededEntropy>(seed);
}

} // namespace gatehouse::crypto
