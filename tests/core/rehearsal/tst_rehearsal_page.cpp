#include <base/encoding.h>
#include <crypto/qrCode.h>
#include <rehearsal/page.h>

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::rehearsal;

class PageTest : public QObject {
    Q_OBJECT

private slots:
    void aLoginPageGivesItsFormByKeycloaksIds() {
        const Page page = parsePage(R"(<!DOCTYPE html><html><head><title>Sign in to demo</title></head>
            <body id="keycloak-bg" data-page-id="login-login"><h1 id="kc-page-title"> Sign in
            to your account </h1><form id="kc-form-login" action="https://k/realms/demo?a=1&amp;b=2" method="POST">
            <input id="username" name="username" type="text" value="al&quot;ice"><input type="password" name="password">
            <input type="checkbox" name="rememberMe" checked><button id="kc-login" name="login">Sign In</button></form>
            </body></html>)");
        QCOMPARE(page.facts.title, std::string("Sign in to demo"));
        QCOMPARE(page.facts.heading, std::string("Sign in to your account"));
        QCOMPARE(page.facts.pageId, std::string("login-login"));
        const Form* form = page.form("kc-form-login");
        QVERIFY(form != nullptr);
        QCOMPARE(form->action, std::string("https://k/realms/demo?a=1&b=2"));
        QCOMPARE(form->method, std::string("post"));
        QCOMPARE(form->inputs.size(), std::size_t{4});
        QCOMPARE(form->inputs[0].value, std::string("al\"ice"));
        QCOMPARE(form->inputs[1].type, std::string("password"));
        QVERIFY(form->inputs[2].checked);
        QCOMPARE(form->inputs[3].type, std::string("submit"));
        QVERIFY(page.form("kc-otp-login-form") == nullptr);
    }

    void messagesAreTakenFromBothThemes() {
        const Page page =
            parsePage(R"(<body><div id="input-error-container-password"><span id="input-error">Invalid
            username or password.</span></div><span class="pf-v5-c-alert__title kc-feedback-text">Page  alert</span>
            <div id="kc-error-message"><p class="instruction">Client not found.</p></div><script>not text</script></body>)");
        const std::vector<std::string> expected{"Invalid username or password.", "Page alert",
                                                "Client not found."};
        QCOMPARE(page.facts.messages, expected);
        QVERIFY(page.facts.text.find("not text") == std::string::npos);
    }

    void pagesAreKnownByIds() {
        const auto kind = [](std::string_view html, int status = 200) {
            return recognise(parsePage(html), status).kind;
        };
        QVERIFY(kind("<form id=x></form><form id=kc-form-login>") == PageKind::Password);
        QVERIFY(recognise(parsePage("<form id=x></form><form id=kc-form-login>"), 200).form == 1);
        QVERIFY(kind("<form id=kc-otp-login-form>") == PageKind::OneTimeCode);
        QVERIFY(kind("<form id=kc-totp-settings-form>") == PageKind::Enrolment);
        QVERIFY(kind("<form action=/oauth2/start>") == PageKind::SignIn);
        QVERIFY(kind("<form action=/oauth2/start>", 403) == PageKind::Other);
        QVERIFY(kind("<body data-page-id=login-error><p id=kc-error-message>no") == PageKind::Refusal);
        QVERIFY(kind("<form id=kc-passwd-update-form>") == PageKind::OfProvider);
        QVERIFY(kind("<body data-page-id=login-terms><form>") == PageKind::OfProvider);
        QVERIFY(kind("<form action=/search>") == PageKind::Other);
        QVERIFY(kind("") == PageKind::Other);
    }

    void theKeyOfAnEnrolmentPageThreeWays() {
        const std::string key = "HrC0nfidential20bytes";
        const std::string uri = crypto::otpauthUri({"demo", "carol", key, {crypto::Hash::Sha256, 8, 60}, {}});
        const auto code = crypto::qrCode(uri);
        QVERIFY(code);
        const std::string picture = "<img id=kc-totp-secret-qr-code src='data:image/png;base64, " +
                                    base64(crypto::qrPng(*code)) + "'>";
        const std::string text = "<span id=kc-totp-secret-key>" + base32(key) + "</span>";
        const std::string field = "<form><input type=hidden id=totpSecret name=totpSecret value=" + key + ">";
        for (const std::string& html : {picture, text, field, picture + text + field, text + field,
                                        "<img src='data:image/png;base64,AAAA'>" + field}) {
            const auto found = enrolmentKey(parsePage(html), {});
            QVERIFY(found && found->key.equals(key));
            // Only the picture says how codes are made.
            QCOMPARE(found->policy.digits, html.find(picture) == 0 ? 8 : 6);
        }
        QVERIFY(!enrolmentKey(parsePage("<form><img src=/logo.png>"), {}));
    }

    void anInputOutsideAFormBelongsToNone() {
        const Page page = parsePage("<input name=a><form id=f><input name=b></form><input name=c>");
        QCOMPARE(page.forms.size(), std::size_t{1});
        QCOMPARE(page.forms[0].inputs.size(), std::size_t{1});
    }

    void deepNestingAndRandomBytesDoNotHurt() {
        std::string deep;
        for (int i = 0; i < 5'000; ++i)
            deep += "<div>";
        parsePage(deep);
        std::string bytes;
        unsigned state = 7;
        for (int i = 0; i < 200'000; ++i) {
            state = state * 1664525u + 1013904223u;
            bytes.push_back("<>/=\"' abfinput\x00\xff"[(state >> 16) % 17]);
        }
        parsePage(bytes);
    }
};

QTEST_APPLESS_MAIN(PageTest)
#include "tst_rehearsal_page.moc"
