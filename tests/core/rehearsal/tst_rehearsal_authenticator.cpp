#include <rehearsal/authenticator.h>

#include <QTest>
#include <set>

using namespace gatehouse;
using namespace gatehouse::rehearsal;
using namespace std::chrono_literals;

namespace {

class MadeUpClock : public Clock {
public:
    Now now() override { return {WallTime{std::chrono::seconds(seconds)}, {}}; }
    void wait(std::chrono::milliseconds time, std::string_view why) override {
        seconds += std::chrono::duration_cast<std::chrono::seconds>(time).count();
        said.emplace_back(why);
    }
    std::int64_t seconds = 1'800'000'010; // ten seconds into a step
    std::vector<std::string> said;
};

class Memory : public UsedCodes {
public:
    bool contains(std::string_view key, std::int64_t step) const override {
        return steps.contains({std::string(key), step});
    }
    void add(std::string_view key, std::int64_t step) override { steps.emplace(key, step); }
    std::set<std::pair<std::string, std::int64_t>> steps;
};

const crypto::OtpPolicy policy;

} // namespace

class AuthenticatorTest : public QObject {
    Q_OBJECT

private slots:
    void noCodeIsSentTwiceAndTheWaitIsSaid() {
        MadeUpClock clock;
        Memory used;
        std::vector<std::string> codes;
        for (int run = 0; run < 5; ++run) { // each run is a program of its own: only the memory is shared
            Authenticator phone(crypto::SecretString("key of alice"), policy, 1, 0, used);
            codes.push_back(phone.next(clock));
        }
        QCOMPARE(std::set<std::string>(codes.begin(), codes.end()).size(), codes.size());
        QCOMPARE(codes[0], crypto::totp("key of alice", 1'800'000'010, policy));
        QCOMPARE(codes[1], crypto::totp("key of alice", 1'800'000'010 - 30, policy));
        QCOMPARE(codes[2], crypto::totp("key of alice", 1'800'000'010 + 30, policy));
        QVERIFY(!clock.said.empty());
        QVERIFY(codes[3] == crypto::totp("key of alice", 1'800'000'010 + 60, policy));
    }

    void withoutAWindowTheNeighboursAreNotTried() {
        MadeUpClock clock;
        Memory used;
        Authenticator phone(crypto::SecretString("k"), policy, 0, 0, used);
        const std::string first = phone.next(clock);
        QVERIFY(clock.said.empty());
        QVERIFY(phone.next(clock) != first);
        QCOMPARE(clock.said.size(), std::size_t{1});
        QCOMPARE(clock.seconds % 30, std::int64_t{0});
    }

    void aPhoneTwoMinutesOffIsRecognised() {
        MadeUpClock clock;
        Memory used;
        Authenticator phone(crypto::SecretString("k"), policy, 1, 120, used);
        const std::string code = phone.next(clock);
        QCOMPARE(phone.stepsOff(code, clock.now()).value_or(0), std::int64_t{4});
        QVERIFY(!phone.stepsOff("not a code", clock.now()).has_value());
        QCOMPARE(phone.stepsOff(crypto::totp("k", clock.seconds - 30, policy), clock.now()).value_or(9),
                 std::int64_t{0});
    }

    void keysDoNotStandInTheMemory() {
        MadeUpClock clock;
        Memory used;
        Authenticator(crypto::SecretString("a very secret key"), policy, 1, 0, used).next(clock);
        QVERIFY(used.steps.begin()->first.find("secret") == std::string::npos);
    }
};

QTEST_APPLESS_MAIN(AuthenticatorTest)
#include "tst_rehearsal_authenticator.moc"
