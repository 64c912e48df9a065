#include <base/encoding.h>
#include <crypto/entropy.h>
#include <crypto/secretString.h>

#include <QDebug>
#include <QTest>
#include <algorithm>
#include <concepts>
#include <cstdlib>
#include <fmt/core.h>
#include <fmt/ostream.h>
#include <new>
#include <ostream>
#include <type_traits>

using namespace gatehouse;
using namespace gatehouse::crypto;

static_assert(!std::is_copy_constructible_v<SecretString> && !std::is_copy_assignable_v<SecretString>);
static_assert(std::is_nothrow_move_constructible_v<SecretString>);
static_assert(!std::is_convertible_v<SecretString, std::string_view> &&
              !std::is_convertible_v<SecretString, std::string>);
static_assert(!std::is_convertible_v<std::string, SecretString>, "a secret is made on purpose");
static_assert(!fmt::is_formattable<SecretString>::value);

namespace {

template <class T>
concept Comparable = requires(const T& a, const T& b) { a == b; };
template <class T>
concept ComparableWithText = requires(const T& a, std::string_view b) { a == b; };
template <class T, class Stream>
concept PrintableTo = requires(Stream& stream, const T& value) { stream << value; };

static_assert(!Comparable<SecretString> && !ComparableWithText<SecretString>);
static_assert(!PrintableTo<SecretString, std::ostream> && !PrintableTo<SecretString, QDebug>);
static_assert(PrintableTo<int, QDebug>, "the concept can be true");

// The block whose release is watched, and what stood in it then.
const void* watched = nullptr;
std::size_t watchedSize = 0;
bool released = false;
bool wasClean = false;

void watch(const SecretString& secret) {
    watched = secret.reveal([](std::string_view value) { return value.data(); });
    watchedSize = secret.size();
    released = wasClean = false;
}

void release(void* block) {
    if (block != nullptr && block == watched) {
        const auto* const bytes = static_cast<const char*>(block);
        released = true;
        wasClean = std::all_of(bytes, bytes + watchedSize, [](char c) { return c == 0; });
        watched = nullptr;
    }
    std::free(block);
}

std::string revealed(const SecretString& secret) {
    return secret.reveal([](std::string_view value) { return std::string(value); });
}

} // namespace

void* operator new[](std::size_t size) {
    if (void* const block = std::malloc(size > 0 ? size : 1))
        return block;
    throw std::bad_alloc();
}
void operator delete[](void* block) noexcept {
    release(block);
}
void operator delete[](void* block, std::size_t) noexcept {
    release(block);
}

class tst_crypto_secret : public QObject {
    Q_OBJECT

private slots:
    void wipedWhenItGoes() {
        {
            const SecretString secret("correct horse battery staple");
            watch(secret);
        }
        QVERIFY(released && wasClean);
    }

    void wipedWhenItIsReplaced() {
        SecretString secret("the old one");
        watch(secret);
        secret = SecretString("the new one");
        QVERIFY(released && wasClean && revealed(secret) == "the new one");
    }

    void movedFromIsEmpty() {
        SecretString first("value");
        const char* const before = first.reveal([](std::string_view v) { return v.data(); });
        SecretString second = std::move(first);
        QVERIFY(first.empty() && first.size() == 0 && revealed(first).empty()); // promised, so looked at
        QVERIFY(revealed(second) == "value");
        QVERIFY(before == second.reveal([](std::string_view v) { return v.data(); })); // no copy left behind
        first = std::move(second);
        QVERIFY(second.empty() && revealed(first) == "value");
    }

    void selfAssignmentKeepsTheValue() {
        SecretString secret("value");
        SecretString& same = secret;
        secret = std::move(same);
        QVERIFY(revealed(secret) == "value");
    }

    void takingWipesTheGivenString() {
        for (const std::size_t size : {5u, 15u, 16u, 500u}) { // inside the object, and on the heap
            std::string given(size, 's');
            const char* const bytes = given.data();
            const std::size_t capacity = given.capacity();
            const SecretString secret = SecretString::take(std::move(given));
            QVERIFY(secret.equals(std::string(size, 's')));
            QVERIFY(given.empty() && given.data() == bytes);
            QVERIFY(std::all_of(bytes, bytes + capacity, [](char c) { return c == 0; }));
        }
    }

    void wipeReachesWhatALongerValueLeft() {
        std::string text(100, 'x');
        text.resize(3);
        wipe(text);
        QVERIFY(text.empty());
        QVERIFY(std::all_of(text.data(), text.data() + text.capacity(), [](char c) { return c == 0; }));
    }

    void equality() {
        const SecretString secret(std::string_view("a\0b", 3));
        QVERIFY(secret.equals(std::string_view("a\0b", 3)));
        QVERIFY(!secret.equals("a") && !secret.equals(std::string_view("a\0c", 3)) && !secret.equals(""));
        QVERIFY(SecretString().equals("") && SecretString("").empty());
        QVERIFY(equalsConstantTime("", "") && !equalsConstantTime("", "a") && equalsConstantTime("ab", "ab"));
        QVERIFY(!equalsConstantTime("ab", "aB") && !equalsConstantTime("ab", "abc"));
    }

    void clonesAreApart() {
        SecretString copy;
        {
            const SecretString secret("value");
            copy = secret.clone();
        }
        QVERIFY(copy.equals("value"));
    }

    void revealGivesWhatTheFunctionGives() {
        const SecretString secret("abc");
        static_assert(
            std::same_as<decltype(secret.reveal([](std::string_view v) { return v.size(); })), std::size_t>);
        QCOMPARE(secret.reveal([](std::string_view v) { return v.size(); }), std::size_t(3));
    }

    void seededBytesRepeat() {
        const auto one = seededEntropy(7);
        const auto two = seededEntropy(7);
        const auto other = seededEntropy(8);
        const std::string bytes = one->bytes(100);
        const std::string start = two->bytes(33);
        QVERIFY(start + two->bytes(67) == bytes); // however they are asked for
        QVERIFY(other->bytes(100) != bytes && one->bytes(100) != bytes);
        // On every platform: labs made from a seed are compared across machines.
        QVERIFY(hex(bytes.substr(0, 8)) == "9fc5a7d9f8ce0cd9");
    }

    void systemBytesDiffer() {
        const auto system = systemEntropy();
        QVERIFY(system->bytes(16) != system->bytes(16));
        QVERIFY(system->bytes(0).empty());
        QCOMPARE(system->bytes(3'000'000).size(), std::size_t(3'000'000));
    }
};

QTEST_APPLESS_MAIN(tst_crypto_secret)
#include "tst_crypto_secret.moc"
