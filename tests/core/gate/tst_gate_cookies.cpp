#include <base/encoding.h>
#include <crypto/entropy.h>
#include <gate/cookieSeal.h>
#include <gate/loginAttempt.h>
#include <gate/lz4Frame.h>
#include <gate/messagePack.h>
#include <gate/session.h>
#include <gate/setCookie.h>
#include <oidc/authorization.h>

#include <QTest>
#include <algorithm>

using namespace gatehouse;
using namespace gatehouse::gate;

namespace {

// The vectors of oauth2-proxy.md 4.12, made by the original's own libraries.
constexpr std::string_view secret = "OQINaROshtE9TcZkNAm-5Zs2Pv3xaWytBmc5W7sPX7w=";
constexpr std::string_view packedHex = "89a26361d7ff1d6f34546553f100a2656fd6ff6553f22ca26174a6616363657373a26"
                                       "974a56964746f6ba27274a772656672657368a165b1616c696365"
                                       "406578616d706c652e636f6da175d92466316532643363342d303030302d343030302"
                                       "d383030302d303030303030303030303031a16792a72f61646d69"
                                       "6e73b3726f6c653a6f66666c696e655f616363657373a27075a5616c696365";
constexpr std::string_view frameHex =
    "04224d186440a795000000f65789a26361d7ff1d6f34546553f100a2656fd6ff6553f22ca26174a6616363657373a26974a56964"
    "746f6ba27274a7726566"
    "72657368a165b1616c696365406578616d706c652e636f6da175d92466316532643363342d303030302d343030302d383030302d"
    "300100f01a31a16792"
    "a72f61646d696e73b3726f6c653a6f66666c696e655f616363657373a27075a5616c69636500000000d4200dc7";
constexpr std::string_view cookie = "AAECAwQFBgcICQoLDA0ODyLCXK4ngdvKfohbJ2KXtXIRkGQ8Rj2I-"
                                    "kPe1DKY1BdtPhiNDPyuBg0zIR75Itjfg180p29SETldKWKCSYA_6geMLeAFLDbhfCd-t2"
                                    "fVSighZZzX2tbgdz4Mbln_PX-c45fHDFlZ7sg886JTqb5AvFCBvdKUxWCH3-"
                                    "caWG6Uf7W1Bt07H0z-zv1D5cnv7FbQwSTB0r228MOoY06F_cimMBaUCOoqp1lTKg=="
                                    "|1700000000|gm1s8LCtiEgSHGKPRYK1BoWAXiYY6q2ggNZmSRajI2k=";
constexpr std::string_view attemptHex =
    "83a173c420202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3fa16ec420606162636465666768696a"
    "6b6c6d6e6f7071727374"
    "75767778797a7b7c7d7e7fa26376ba76657269666965722d76657269666965722d7665726966696572";
constexpr std::string_view attemptValue =
    "AAECAwQFBgcICQoLDA0OD6VBYnJj4V19Xax-9xI2PjtXyHwZtjb-WEKAsawqUj0kgq7N-uryiFHmBiAeQypKGk_D5FVw63COd76hyz6-"
    "SHTU1v0jHftIcj-1hJfsQ3U7j0xBBlcjig2IbO0MsBHM0l4zpPylBxQ=";

class CountingEntropy : public crypto::Entropy {
public:
    void fill(char* bytes, std::size_t size) override {
        for (std::size_t i = 0; i < size; ++i)
            bytes[i] = static_cast<char>(i);
    }
};

Session golden() {
    Session out;
    out.createdAt = WallTime(std::chrono::nanoseconds(1'700'000'000'123'456'789));
    out.expiresOn = WallTime(std::chrono::seconds(1'700'000'300));
    out.accessToken = "access";
    out.idToken = "idtok";
    out.refreshToken = "refresh";
    out.email = "alice@example.com";
    out.user = "f1e2d3c4-0000-4000-8000-000000000001";
    out.groups = {"/admins", "role:offline_access"};
    out.preferredUsername = "alice";
    return out;
}

LoginAttempt goldenAttempt() {
    LoginAttempt out;
    for (char c = 0x20; c < 0x40; ++c)
        out.state.push_back(c);
    for (int c = 0x60; c < 0x80; ++c)
        out.nonce.push_back(static_cast<char>(c));
    out.verifier = "verifier-verifier-verifier";
    return out;
}

Now at(std::int64_t seconds) {
    return {WallTime(std::chrono::seconds(seconds)), {}};
}

CookieSeal seal() {
    return CookieSeal(crypto::SecretString(secret));
}

std::string faultOf(std::string_view name, std::string_view value, std::int64_t now, std::int64_t expire) {
    const auto out = seal().verify(name, value, at(now), std::chrono::seconds(expire));
    const auto* fault = std::get_if<CookieSeal::Fault>(&out);
    return fault == nullptr ? "" : std::string(describe(*fault)).substr(0, 15);
}

} // namespace

class tst_gate_cookies : public QObject {
    Q_OBJECT

private slots:
    void sessionPacksAsTheOriginal() {
        QCOMPARE(hex(pack(golden())), std::string(packedHex));
        const auto read = unpackSession(*fromHex(packedHex));
        QVERIFY(read && *read == golden());
    }

    void smallSessions() {
        QCOMPARE(hex(pack(Session())), std::string("80"));
        Session created;
        created.createdAt = WallTime(std::chrono::seconds(1'700'000'000));
        QCOMPARE(hex(pack(created)), std::string("81a26361d6ff6553f100"));
    }

    void frameIsRead() {
        const auto packed = lz4Decompress(*fromHex(frameHex), 1000);
        QVERIFY(packed && hex(*packed) == packedHex);
        QVERIFY(!lz4Decompress(*fromHex(frameHex) + "x", 1000)); // bytes after the frame are refused
        QVERIFY(!lz4Decompress(fromHex(frameHex)->substr(0, 60), 1000));
        QVERIFY(!lz4Decompress(*fromHex(frameHex), 100));
        QVERIFY(lz4Decompress(*fromHex("04224d186440a700000000055dcc02"), 10) == "");
    }

    void frameIsWritten() {
        const std::string frame = lz4Compress(*fromHex(packedHex));
        QCOMPARE(hex(frame).substr(0, 14),
                 std::string(frameHex).substr(0, 14)); // magic, flags, block size, checksum
        QVERIFY(lz4Decompress(frame, 1000) == *fromHex(packedHex));
        const std::string large(300'000, 'a');
        QVERIFY(lz4Decompress(lz4Compress(large), 400'000) == large);
        QVERIFY(!lz4Decompress(lz4Compress(large), 200'000));
    }

    void sessionCookieOpens() {
        const auto opened =
            seal().verify("_oauth2_proxy", cookie, at(1'700'000'010), std::chrono::hours(168));
        QVERIFY(std::holds_alternative<CookieSeal::Signed>(opened));
        const auto frame = seal().decrypt(std::get<CookieSeal::Signed>(opened).value);
        QCOMPARE(hex(*frame), std::string(frameHex));
        QVERIFY(*unpackSession(*lz4Decompress(*frame, 1000)) == golden());
    }

    void sessionCookieIsSealed() {
        CountingEntropy entropy;
        QCOMPARE(seal().sign("_oauth2_proxy", seal().encrypt(*fromHex(frameHex), entropy), 1'700'000'000),
                 std::string(cookie));
    }

    void attemptCookieBothWays() {
        QCOMPARE(hex(pack(goldenAttempt())), std::string(attemptHex));
        QVERIFY(unpackLoginAttempt(*fromHex(attemptHex)) == goldenAttempt());
        CountingEntropy entropy;
        const std::string sealed = seal().encrypt(pack(goldenAttempt()), entropy);
        QCOMPARE(seal().sign("_oauth2_proxy_csrf", sealed, 1'700'000'000),
                 std::string(attemptValue) + "|1700000000|PHedfGRB4EJyCWtqsBozIpgdDGzyYuPMWRJNSkN59Oc=");
        QCOMPARE(seal().sign("_oauth2_proxy_ctu3M2x2_csrf", sealed, 1'700'000'000),
                 std::string(attemptValue) + "|1700000000|tSjSevWDDAK8WaTkNzJWE1OD2EH4qdZnErRXNtBStiE=");
    }

    void stateNonceAndChallenge() {
        const LoginAttempt attempt = goldenAttempt();
        QCOMPARE(oidc::sha256Url(attempt.state), std::string("ctu3M2x2eAAj-D2kw1Xy7uqFczsT00d2l5F3kMEikIQ"));
        QCOMPARE(oidc::sha256Url(attempt.nonce), std::string("TY0nT_fhdq-XepWgBVyMXzR404ZANDoGDO6JPlbzmVc"));
        QCOMPARE(oidc::sha256Url(attempt.verifier),
                 std::string("0rAPk1gmlFjDBc8nLJX3bvp91NXlO_7arpjv2rm8oj4"));
        const std::string encoded = stateParameter(oidc::sha256Url(attempt.state), "/app?x=1", true);
        QCOMPARE(encoded,
                 std::string("Y3R1M00yeDJlQUFqLUQya3cxWHk3dXFGY3pzVDAwZDJsNUYza01FaWtJUTovYXBwP3g9MQ"));
        QCOMPARE(readState(encoded, true)->target, std::string("/app?x=1"));
        QCOMPARE(readState("a:b:c", false)->target, std::string("b:c"));
        QVERIFY(!readState("abc", false));
    }

    void cookieKeys_data() { // oauth2-proxy.md 4.1
        QTest::addColumn<std::string>("text");
        QTest::addColumn<int>("size");
        QTest::newRow("base64url, padded") << std::string(secret) << 32;
        QTest::newRow("base64url, unpadded") << std::string(secret.substr(0, 43)) << 32;
        QTest::newRow("standard base64 is no base64url")
            << std::string("OQINaROshtE9TcZkNAm+5Zs2Pv3xaWytBmc5W7sPX7w=") << 44;
        QTest::newRow("32 letters are AES-192") << std::string("0123456789abcdef0123456789abcdef") << 24;
        QTest::newRow("32 bytes with a plus") << std::string("secretthirtytwobytes+abcdefghijk") << 32;
        QTest::newRow("22 letters") << std::string("0123456789abcdef012345") << 16;
        QTest::newRow("16 letters") << std::string("0123456789abcdef") << 16;
        QTest::newRow("24 letters") << std::string("0123456789abcdef01234567") << 24;
        QTest::newRow("padded, with a line end") << std::string(secret) + "\n" << 45;
        QTest::newRow("unpadded, with a line end") << std::string(secret.substr(0, 43)) + "\n" << 32;
    }

    void cookieKeys() {
        QFETCH(std::string, text);
        QFETCH(int, size);
        QCOMPARE(static_cast<int>(cookieKey(text).size()), size);
    }

    void letterKeyIsTheOriginals() {
        QCOMPARE(hex(cookieKey("0123456789abcdef0123456789abcdef")),
                 std::string("d35db7e39ebbf3d69b71d79fd35db7e39ebbf3d69b71d79f"));
    }

    void validation() {
        QCOMPARE(faultOf("_oauth2_proxy", cookie, 1'700'000'000, 604'800), std::string());
        QCOMPARE(faultOf("_oauth2_proxy", cookie, 1'700'604'799, 604'800), std::string());
        QCOMPARE(faultOf("_oauth2_proxy", cookie, 1'700'604'800, 604'800), std::string("it is older tha"));
        QCOMPARE(faultOf("_oauth2_proxy", cookie, 1'699'999'701, 604'800),
                 std::string()); // 299 s in the future
        QCOMPARE(faultOf("_oauth2_proxy", cookie, 1'699'999'700, 604'800), std::string("it was signed m"));
        QCOMPARE(faultOf("_oauth2_proxy", cookie, 1'900'000'000, 0),
                 std::string()); // cookie-expire 0: no limits
        QCOMPARE(faultOf("_oauth2_proxy_0", cookie, 1'700'000'000, 604'800), std::string("its signature w"));
        QCOMPARE(faultOf("_oauth2_proxy", "a|b", 1'700'000'000, 0), std::string("it has not the "));
        const std::string unpadded(cookie.substr(0, cookie.size() - 1));
        QCOMPARE(faultOf("_oauth2_proxy", unpadded, 1'700'000'000, 0), std::string("its signature w"));
    }

    void everyChangedByteIsRefused() {
        for (std::size_t i = 0; i < cookie.size(); ++i) {
            std::string changed(cookie);
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            if (i == cookie.size() -
                         2) // spare bits of the MAC's last digit are ignored: k and l differ in them only
                continue;
            QVERIFY2(!faultOf("_oauth2_proxy", changed, 1'700'000'000, 604'800).empty(),
                     std::to_string(i).c_str());
        }
        std::string spare(cookie);
        spare[cookie.size() - 2] = 'l';
        QCOMPARE(faultOf("_oauth2_proxy", spare, 1'700'000'000, 604'800), std::string());
    }

    void toleratedSessions_data() {
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<bool>("accepted");
        const auto row = [](const char* name, const char* bytes, bool accepted) {
            QTest::newRow(name) << std::string(bytes) << accepted;
        };
        row("unknown key", "82a17aa178a175a161", true);
        row("nil for text", "81a165c0", true);
        row("nil for time", "81a26361c0", true);
        row("nil for list", "81a167c0", true);
        row("bytes for text", "81a165c40161", true);
        row("text for bytes", "81a16ea161", true);
        row("bytes after the map", "8000ff", true);
        row("nil for everything", "c0", true);
        row("number for text", "81a16505", false);
        row("text for time", "81a26361a161", false);
        row("text for list", "81a167a161", false);
        row("truncated", "81a165a5616c", false);
        row("no map", "a161", false);
        row("list longer than the bytes", "81a167ddffffffff", false);
        row("nothing", "", false);
        row("map for additional claims", "81a2616381a161a178", true);
        row("list for additional claims", "81a2616391a161", false);
    }

    void toleratedSessions() {
        QFETCH(std::string, bytes);
        QFETCH(bool, accepted);
        QCOMPARE(unpackSession(fromHex(bytes).value_or("\xC1")).has_value(), accepted);
    }

    void additionalClaims_data() { // oauth2-proxy.md 4.12, small ones
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<std::string>("json");
        QTest::newRow("list") << std::string("81a16192a178a131") << std::string("{\"a\":[\"x\",\"1\"]}");
        QTest::newRow("number as text") << std::string("81a16ea23432") << std::string("{\"n\":\"42\"}");
        QTest::newRow("boolean") << std::string("81a162c3") << std::string("{\"b\":true}");
        QTest::newRow("null") << std::string("81a17ac0") << std::string("{\"z\":null}");
    }

    void additionalClaims() {
        QFETCH(std::string, bytes);
        QFETCH(std::string, json);
        const auto read = unpackSession(*fromHex("81a26163" + bytes));
        QVERIFY(read.has_value());
        QCOMPARE(additionalClaimsJson(*read), json);
        QCOMPARE(hex(pack(*read)), "81a26163" + bytes); // kept byte for byte
    }

    void times() {
        for (const std::int64_t seconds :
             {std::int64_t{0}, std::int64_t{4'294'967'295}, std::int64_t{4'294'967'296},
              std::int64_t{9'000'000'000}, std::int64_t{-1}, std::int64_t{-2'208'988'800}})
            for (const std::int64_t nanoseconds : {0, 1, 999'999'999}) {
                const WallTime time(std::chrono::seconds(seconds) + std::chrono::nanoseconds(nanoseconds));
                messagePack::Writer writer;
                writer.time(time);
                const std::string bytes = writer.take();
                QVERIFY(messagePack::Reader(bytes).takeTime() == time);
            }
    }

    void splitting() { // oauth2-proxy.md 4.6
        CookieSettings settings;
        settings.name = "_oauth2_proxy";
        settings.expire = std::chrono::hours(168);
        CookieLine line{settings.name, std::string(3944, 'x'), {}, settings.expire, {}};
        QCOMPARE(line.text(settings).size(), std::size_t{4000});
        QCOMPARE(splitCookie(line, settings).size(), std::size_t{1});
        line.value += "y";
        const auto parts = splitCookie(line, settings);
        QCOMPARE(parts.size(), std::size_t{2});
        QCOMPARE(parts[0].name, std::string("_oauth2_proxy_0"));
        QCOMPARE(parts[0].value.size(), std::size_t{3942});
        QCOMPARE(parts[1].value, std::string("xxy"));
        line.value = std::string(50'000, 'z');
        const auto many = splitCookie(line, settings);
        QCOMPARE(many[9].value.size(), std::size_t{3942});
        QCOMPARE(many[10].value.size(), std::size_t{3941});
    }

    void loading() {
        const auto load = [](std::string_view header) {
            http::Headers headers;
            headers.add("Cookie", header);
            const auto found = loadCookie(requestCookies(headers), "s");
            return found ? found->value : std::string("(none)");
        };
        QCOMPARE(load("s=1; s_0=2"), std::string("1"));            // the whole one wins
        QCOMPARE(load("s_1=b; x=y; s_0=a"), std::string("ab"));    // parts come in any order
        QCOMPARE(load("s_0=a; s_2=c"), std::string("a"));          // up to the first gap
        QCOMPARE(load("s=\"q\""), std::string("q"));               // quotes are stripped
        QCOMPARE(load("s=first; s=second"), std::string("first")); // only the first counts
        QCOMPARE(load("s=a b; s_1=x"), std::string("a b"));
        QCOMPARE(load("s=a\\b; t=x"), std::string("(none)")); // no cookie value to Go
        QCOMPARE(load("x=y"), std::string("(none)"));
    }

    void everyByteOfAValue() { // net/http: validCookieValueByte, at every place of a word
        for (int byte = 0; byte < 256; ++byte)
            for (std::size_t place = 0; place < 19; ++place) {
                std::string value(19, 'x');
                value[place] = static_cast<char>(byte);
                if (value[place] == ';') // ends the pair
                    continue;
                http::Headers headers;
                headers.add("Cookie", "s=" + value + "y");
                const bool valid = byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
                QCOMPARE(requestCookies(headers).size(), valid ? std::size_t{1} : std::size_t{0});
            }
    }

    void lines() { // oauth2-proxy.md 4.7
        CookieSettings settings;
        settings.name = "n";
        settings.domains = {".app.example.com", "example.com"};
        settings.expire = std::chrono::hours(1);
        settings.sameSite = "lax";
        const auto domain = [&settings](std::string_view host) { return cookieDomain(settings, host); };
        QCOMPARE(domain("x.app.example.com"), std::string(".app.example.com"));
        QCOMPARE(domain("badexample.com"), std::string("example.com"));
        QCOMPARE(domain("other.tld"), std::string("example.com"));
        QCOMPARE(
            (CookieLine{"n", "v", ".app.example.com", settings.expire, "lax"}).text(settings),
            std::string("n=v; Path=/; Domain=app.example.com; Max-Age=3600; HttpOnly; Secure; SameSite=Lax"));
        QCOMPARE((CookieLine{"n", "", "example.com:80", std::chrono::hours(-1), ""}).text(settings),
                 std::string("n=; Path=/; Max-Age=0; HttpOnly; Secure"));
        settings.secure = settings.httpOnly = false;
        QCOMPARE((CookieLine{"n", "v", "10.0.0.1", std::chrono::nanoseconds(0), "none"}).text(settings),
                 std::string("n=v; Path=/; Domain=10.0.0.1; SameSite=None"));
    }

    void randomBytesNeverCrash() {
        const auto entropy = crypto::seededEntropy(11);
        const std::string good = *fromHex(packedHex);
        const std::string frame = *fromHex(frameHex);
        for (int i = 0; i < 20'000; ++i) {
            const std::string random = entropy->bytes(static_cast<std::size_t>(i % 90));
            static_cast<void>(unpackSession(random));
            static_cast<void>(unpackLoginAttempt(random));
            static_cast<void>(lz4Decompress(random, 10'000));
            std::string bent = good;
            std::string bentFrame = frame;
            const std::string where = entropy->bytes(4);
            bent[static_cast<std::uint8_t>(where[0]) % bent.size()] = where[1];
            bentFrame[static_cast<std::uint8_t>(where[2]) % bentFrame.size()] = where[3];
            if (const auto session = unpackSession(bent))
                static_cast<void>(unpackSession(pack(*session)).value());
            static_cast<void>(lz4Decompress(bentFrame, 10'000));
        }
    }
};

QTEST_APPLESS_MAIN(tst_gate_cookies)
#include "tst_gate_cookies.moc"
