#include <rehearsal/actor.h>

#include <QTest>
#include <set>

using namespace gatehouse;
using namespace gatehouse::rehearsal;

namespace {

class Memory : public UsedCodes {
public:
    bool contains(std::string_view key, std::int64_t step) const override {
        return steps.contains({std::string(key), step});
    }
    void add(std::string_view key, std::int64_t step) override { steps.emplace(key, step); }
    std::set<std::pair<std::string, std::int64_t>> steps;
};

Now at(std::int64_t seconds) {
    return {WallTime{std::chrono::seconds(1'800'000'000 + seconds)}, {}};
}

const Page both = parsePage("<form id=kc-form-login><input name=username><input name=password type=password>"
                            "<input type=hidden name=credentialId><button id=kc-login name=login>");
const Page nameOnly = parsePage("<form id=kc-form-login><input name=username>");
const Page passwordOnly = parsePage("<form id=kc-form-login><input name=password type=password>");
const Page code = parsePage("<form id=kc-otp-login-form><input name=otp>");
const Page enrol = parsePage("<form id=kc-totp-settings-form><input name=totp><input id=totpSecret "
                             "type=hidden name=totpSecret value=abcdefghijklmnopqrst><input name=userLabel>");
const Page profile = parsePage("<body data-page-id=login-login-update-profile><h1 id=kc-page-title>Update "
                               "Account Information</h1><form id=kc-update-profile-form>");
const Page service = parsePage("<h1>whoami</h1>");

std::vector<std::string> names(const Act& act) {
    std::vector<std::string> out;
    for (const Typed& typed : act.typed)
        out.emplace_back(typed.name);
    return out;
}

} // namespace

class ActorTest : public QObject {
    Q_OBJECT

    crypto::SecretString password{"alice's"}, key{"key of alice"};
    Scenario scenario{"alice", *http::parseUrl("https://whoami.domain.tld/"), "allowed", {}};
    Person person;
    Memory used;

private slots:
    void init() {
        person = Person{};
        person.name = "alice";
        person.password = &password;
        person.otpKey = &key;
        scenario.with = {};
        used.steps.clear();
    }

    void anOrdinaryLogin() {
        Actor actor(scenario, person, used);
        const Act first = actor.next(both, 200, at(0));
        QVERIFY(first.kind == Act::Kind::Submit && first.page == PageKind::Password);
        QCOMPARE(names(first), (std::vector<std::string>{"username", "password"}));
        QVERIFY(first.typed[1].value.equals("alice's") && first.button == "kc-login");
        const Act second = actor.next(code, 200, at(1));
        QVERIFY(second.kind == Act::Kind::Submit && second.typed.size() == 1);
        QVERIFY(second.typed[0].value.equals(crypto::totp("key of alice", at(1).unixSeconds(), {})));
        QVERIFY(actor.next(service, 200, at(2)).kind == Act::Kind::End);
        QVERIFY(!actor.otpRefused() && !actor.enrolled());
    }

    void nameAndPasswordOnPagesOfTheirOwn() {
        Actor actor(scenario, person, used);
        QCOMPARE(names(actor.next(nameOnly, 200, at(0))), std::vector<std::string>{"username"});
        QCOMPARE(names(actor.next(passwordOnly, 200, at(0))), std::vector<std::string>{"password"});
        QVERIFY(actor.next(nameOnly, 200, at(0)).kind == Act::Kind::End); // refused: no second try
        QVERIFY(actor.next(passwordOnly, 200, at(0)).kind == Act::Kind::End);
    }

    void aRefusedPasswordIsNotSentAgain() {
        Actor actor(scenario, person, used);
        QVERIFY(actor.next(both, 200, at(0)).kind == Act::Kind::Submit);
        QVERIFY(actor.next(both, 200, at(0)).kind == Act::Kind::End);
    }

    // The codes of this moment, each once; then it says how long to wait, and goes on with the next one.
    void codesAreUsedOnce() {
        Actor actor(scenario, person, used);
        std::set<std::string> sent;
        Act act;
        for (int i = 0; i < 3; ++i) {
            act = actor.next(code, 200, at(i));
            QVERIFY(act.kind == Act::Kind::Submit);
            act.typed[0].value.reveal([&](std::string_view text) { sent.emplace(text); });
        }
        QCOMPARE(sent.size(), std::size_t(3));
        act = actor.next(code, 200, at(3));
        QVERIFY(act.kind == Act::Kind::Wait && act.wait == std::chrono::seconds(27) && !act.why.empty());
        act = actor.next(code, 200, at(30));
        QVERIFY(act.kind == Act::Kind::Submit);
        act = actor.next(code, 200, at(31));
        QVERIFY(act.kind == Act::Kind::End && actor.otpRefused() && actor.otpStepsOff() == 0);
    }

    void aWrongCodeIsNotTriedAgain() {
        scenario.with.otp = "000000";
        Actor actor(scenario, person, used);
        QVERIFY(actor.next(code, 200, at(0)).kind == Act::Kind::Submit);
        QVERIFY(actor.next(code, 200, at(1)).kind == Act::Kind::End);
        QVERIFY(actor.otpRefused());
    }

    void enrolment() {
        person.otpKey = nullptr;
        Actor refuses(scenario, person, used);
        QVERIFY(refuses.next(enrol, 200, at(0)).kind == Act::Kind::End);
        person.enrols = true;
        Actor actor(scenario, person, used);
        const Act act = actor.next(enrol, 200, at(0));
        QVERIFY(act.kind == Act::Kind::Submit && act.button == "saveTOTPBtn");
        QCOMPARE(names(act), (std::vector<std::string>{"totp", "userLabel"}));
        QVERIFY(act.typed[0].value.equals(crypto::totp("abcdefghijklmnopqrst", at(0).unixSeconds(), {})));
        QVERIFY(actor.enrolled() && actor.enrolled()->key.equals("abcdefghijklmnopqrst"));
        // The new device answers from now on, with another code.
        const Act next = actor.next(code, 200, at(1));
        QVERIFY(next.kind == Act::Kind::Submit);
        QVERIFY(!next.typed[0].value.equals(crypto::totp("abcdefghijklmnopqrst", at(0).unixSeconds(), {})));
        QVERIFY(actor.next(enrol, 200, at(2)).kind == Act::Kind::End); // refused: for a person
    }

    void whatItCannotDoItSays() {
        Actor actor(scenario, person, used);
        const Act act = actor.next(profile, 200, at(0));
        QVERIFY(act.kind == Act::Kind::Stop);
        QCOMPARE(act.why, std::string("Update Account Information"));
        person.password = nullptr;
        QVERIFY(actor.next(both, 200, at(0)).kind == Act::Kind::Stop);
        person.otpKey = nullptr;
        QVERIFY(actor.next(code, 200, at(0)).kind == Act::Kind::Stop);
    }
};

QTEST_APPLESS_MAIN(ActorTest)
#include "tst_rehearsal_actor.moc"
