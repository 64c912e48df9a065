// What capture makes of the story as the real engine recorded it: decisions, header table, HAR, cookies,
// tokens.
#include <capture/bodyText.h>
#include <capture/cookieView.h>
#include <capture/curl.h>
#include <capture/har.h>
#include <capture/headerTable.h>
#include <capture/row.h>
#include <capture/tokens.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>
#include <core/capture/storyRun.h>

using namespace gatehouse;
using namespace gatehouse::capture;
using capture::testing::storyRun;
using Kind = exchange::Exchange::Kind;

namespace {

const HeaderRow* find(const HeaderTable& table, std::string_view name) {
    for (const HeaderRow& row : table.rows)
        if (QString::fromStdString(row.name).compare(
                QString::fromUtf8(name.data(), static_cast<int>(name.size())), Qt::CaseInsensitive) == 0)
            return &row;
    return nullptr;
}

HeaderTable tableOf(const exchange::ExchangePtr& exchange, Direction direction) {
    exchange::ExchangePtr parent;
    for (const auto& other : storyRun().exchanges)
        if (other->id == exchange->parent)
            parent = other;
    return headerTable(*exchange, parent.get(), storyRun().childrenOf(*exchange), direction);
}

// The request that whoami answered, with its session.
exchange::ExchangePtr allowed() {
    for (const auto& one : storyRun().exchanges)
        if (one->kind == Kind::Request && one->target == "/" && one->client.status == 200)
            return one;
    qFatal("whoami was not reached");
}

QSet<QString> keysOf(const QJsonValue& value) {
    const QStringList keys = value.toObject().keys();
    return {keys.begin(), keys.end()};
}

} // namespace

class CaptureStoryTest : public QObject {
    Q_OBJECT
private slots:
    void decisionsOfTheStory() {
        const auto decide = [](const exchange::ExchangePtr& one) {
            return summarize(*one, storyRun().childrenOf(*one));
        };
        const Row first = decide(storyRun().find(Kind::Request, "/", "GET", 302));
        QCOMPARE(first.decision, Decision::SignIn);
        const Row start = decide(storyRun().find(Kind::Request, "/oauth2/start"));
        QCOMPARE(start.decision, Decision::SignIn);
        const Row login = decide(storyRun().find(Kind::Request, "/realms/demo/protocol/openid-connect/auth"));
        QCOMPARE(login.decision, Decision::Login);
        const Row back = decide(storyRun().find(Kind::Request, "/oauth2/callback", "GET", 302));
        QCOMPARE(back.decision, Decision::Callback);
        const Row whoami = decide(allowed());
        QCOMPARE(whoami.decision, Decision::Allowed);
        QCOMPARE(std::string(whoami.user()), std::string("alice"));
        QCOMPARE(std::string(whoami.rule->id),
                 std::string("gate.authenticated")); // the gate's reason, not the ingress's
        const Row refused = decide(storyRun().find(Kind::Request, "/oauth2/callback", "GET", 403));
        QCOMPARE(refused.decision, Decision::Denied);
        QCOMPARE(std::string(refused.rule->id), std::string("gate.group"));
        const Row asked = decide(storyRun().find(Kind::AuthSubrequest, "/oauth2/auth", "GET", 401));
        QCOMPARE(asked.decision, Decision::Unknown);
    }

    void requestTable() {
        const HeaderTable table = tableOf(allowed(), Direction::Request);
        QVERIFY(table.columns[ClientStation].there && table.columns[GateStation].there &&
                table.columns[UpstreamStation].there);
        QCOMPARE(table.columns[GateStation].party, exchange::Party::Gate);
        QCOMPARE(table.columns[GateStation].name, std::string("default/oauth2-proxy:4180"));
        QCOMPARE(table.columns[UpstreamStation].party, exchange::Party::Service);
        QVERIFY(table.columns[GateStation].of != table.columns[ClientStation].of); // the sub-request's

        const HeaderRow* const host = find(table, "Host");
        QVERIFY(host && host->change == Change::Kept);
        const HeaderRow* const forwarded = find(table, "X-Forwarded-For");
        QVERIFY(forwarded && forwarded->change == Change::Added && !forwarded->causes.empty());
        QCOMPARE(std::string(forwarded->causes.front().rule->id), std::string("ingress.forwarded"));
        const HeaderRow* const original = find(table, "X-Original-URL");
        QVERIFY(original && original->cells[GateStation].change == Change::Added);
        QVERIFY(original->cells[UpstreamStation].change == Change::Absent);
        const HeaderRow* const cookie = find(table, "Cookie");
        QVERIFY(cookie && cookie->secret && cookie->change == Change::Kept);
    }

    void responseTable() {
        const HeaderTable table = tableOf(allowed(), Direction::Response);
        const HeaderRow* const date = find(table, "Date");
        QVERIFY(date && !date->causes.empty());
        const HeaderRow* const hsts = find(table, "Strict-Transport-Security");
        QVERIFY(hsts && hsts->change == Change::Added);
        QCOMPARE(std::string(hsts->causes.front().rule->id), std::string("ingress.hsts"));
        QCOMPARE(table.columns[GateStation].line.substr(0, 12), std::string("HTTP/1.1 202"));
    }

    // There is no second bookkeeping: whatever changed on the way has an edit that says why.
    void everyChangeHasItsRule() {
        int changes = 0;
        for (const exchange::ExchangePtr& one : storyRun().exchanges)
            for (const Direction direction : {Direction::Request, Direction::Response})
                for (const HeaderRow& row : tableOf(one, direction).rows)
                    for (const Cell& cell : row.cells)
                        if (cell.change == Change::Added || cell.change == Change::Removed ||
                            cell.change == Change::Changed) {
                            ++changes;
                            QVERIFY2(!cell.causes.empty(),
                                     qPrintable(QString("%1 %2 %3: %4")
                                                    .arg(one->id)
                                                    .arg(QString::fromStdString(one->target.substr(0, 40)),
                                                         QString::fromStdString(row.name),
                                                         QString::fromUtf8(name(cell.change).data()))));
                        }
        QVERIFY(changes > 100);
    }

    void rulesLeadToTheLab() {
        QSet<QString> fields;
        for (const exchange::ExchangePtr& one : storyRun().exchanges)
            for (const HeaderRow& row : tableOf(one, Direction::Request).rows)
                for (const Cause& cause : row.causes)
                    if (!cause.field.empty())
                        fields.insert(QString::fromStdString(cause.field));
        QVERIFY2(!fields.isEmpty(), "no header edit of the story names a field of the lab");
        for (const QString& field : fields)
            QVERIFY(storyRun().arrangement->document->field(field.toStdString()));
    }

    void harIsWhole() {
        const Redactor redact(*storyRun().arrangement->secrets, storyRun().arrangement->secretNames);
        const std::string text =
            har(storyRun().exchanges, {[&redact](const exchange::Exchange&) { return &redact; }, "1.0"});
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(text), &error);
        QCOMPARE(error.error, QJsonParseError::NoError);
        const QJsonObject log = document.object()["log"].toObject();
        QCOMPARE(log["version"].toString(), QString("1.2"));
        QVERIFY(!log["creator"].toObject()["name"].toString().isEmpty());
        const QJsonArray entries = log["entries"].toArray();
        QCOMPARE(entries.size(), static_cast<int>(storyRun().exchanges.size()));
        for (const QJsonValue& entry : entries)
            checkEntry(entry.toObject());
    }

    void secretsStayHere() {
        const Redactor redact(*storyRun().arrangement->secrets, storyRun().arrangement->secretNames);
        std::string out =
            har(storyRun().exchanges, {[&redact](const exchange::Exchange&) { return &redact; }, "1.0"});
        for (const exchange::ExchangePtr& one : storyRun().exchanges)
            out += curlCommand(*one, {&redact, {}});
        for (const auto& [name, value] : storyRun().secrets)
            QVERIFY2(out.find(value) == std::string::npos, name.c_str());
        int tokens = 0;
        for (const exchange::ExchangePtr& one : storyRun().exchanges) {
            for (const FoundToken& found : findTokens(*one)) {
                ++tokens;
                QVERIFY2(out.find(found.token) == std::string::npos, found.where.c_str());
            }
            // Keycloak itself writes the hash into its pages, for their scripts.
            for (const SentCookie& cookie : cookieView(*one, one->client.when.started).sent)
                QVERIFY2(cookie.name == "KC_AUTH_SESSION_HASH" || cookie.value.size() < 8 ||
                             out.find(cookie.value) == std::string::npos,
                         cookie.name.c_str());
        }
        QVERIFY(tokens > 0);
    }

    void sessionIsOpened() {
        const auto exchange = allowed();
        const CookieView view = cookieView(*exchange, exchange->client.when.started);
        QCOMPARE(view.sessions.size(), std::size_t(1));
        const SessionView& session = view.sessions.front();
        QCOMPARE(session.gate, std::string("oauth2-proxy"));
        QVERIFY(!session.isNew && session.opened.session);
        QCOMPARE(session.opened.session->email, std::string("alice@domain.tld"));
        QCOMPARE(session.opened.session->preferredUsername, std::string("alice"));
        QVERIFY(!session.opened.session->groups.empty());
        const auto callback = storyRun().find(Kind::Request, "/oauth2/callback", "GET", 302);
        const CookieView made = cookieView(*callback, callback->client.when.started);
        QVERIFY(std::any_of(made.sessions.begin(), made.sessions.end(),
                            [](const SessionView& one) { return one.isNew && one.opened.session; }));
        QVERIFY(!made.set.empty());
        QVERIFY(std::any_of(made.set.begin(), made.set.end(),
                            [](const SetCookieView& one) { return one.deletes; }));
    }

    void aBrokenSessionSaysWhy() {
        auto copy = std::make_shared<exchange::Exchange>();
        copy->arrangement = storyRun().arrangement;
        copy->client.request.head = "GET / HTTP/1.1\r\nCookie: _oauth2_proxy=broken|1|x\r\n";
        const CookieView view = cookieView(*copy, {});
        QCOMPARE(view.sessions.size(), std::size_t(1));
        QVERIFY(!view.sessions.front().opened.session && !view.sessions.front().opened.why.empty());
    }

    void tokensAreVerified() {
        const auto keys = oidc::parseKeySet(storyRun().keySet);
        QVERIFY(keys.has_value());
        const CookieView view = cookieView(*allowed(), allowed()->client.when.started);
        const auto tokens = tokensOf(*view.sessions.front().opened.session);
        QVERIFY(tokens.size() >= 2);
        for (const FoundToken& one : tokens) {
            const auto decoded = decodeToken(one.token);
            QVERIFY(decoded.has_value());
            QCOMPARE(decoded->issuer, std::string("https://keycloak.domain.tld/realms/demo"));
            QVERIFY(decoded->expires.has_value());
            const SignatureVerdict verdict = verifyToken(one.token, *keys);
            if (one.where == "refresh_token") {
                QCOMPARE(verdict.signature, Signature::Private);
                continue;
            }
            QCOMPARE(verdict.signature, Signature::Verified);
            QCOMPARE(verdict.key, decoded->keyId);
            std::string forged = one.token;
            forged[forged.find('.') + 5] = forged[forged.find('.') + 5] == 'A' ? 'B' : 'A';
            QVERIFY(verifyToken(forged, *keys).signature != Signature::Verified);
            QCOMPARE(verifyToken(one.token, {}).signature, Signature::NoSuchKey);
        }
    }

    void cookieWarningsAreRight() {
        http::SetCookie cookie;
        cookie.name = "__Host-a";
        cookie.path = "/x";
        cookie.sameSite = http::SameSite::None;
        QStringList codes;
        for (const CookieWarning& warning : cookieWarnings(cookie, "https", "a.tld", 5000))
            codes.append(QString::fromUtf8(warning.what->code.data()));
        QCOMPARE(codes, (QStringList{"cookie-host-prefix", "cookie-not-secure", "cookie-not-http-only",
                                     "cookie-none-without-secure", "cookie-too-large"}));
        cookie = {};
        cookie.name = "a";
        cookie.secure = cookie.httpOnly = true;
        cookie.sameSite = http::SameSite::Lax;
        cookie.domain = ".a.tld";
        QVERIFY(cookieWarnings(cookie, "https", "x.a.tld", 100).empty());
        QCOMPARE(cookieWarnings(cookie, "https", "xa.tld", 100).size(), std::size_t(1));
    }

    void bodies() {
        QCOMPARE(bodyText("{\"b\":1,\"a\":[true]}", "application/json").text,
                 std::string("{\n  \"b\": 1,\n  \"a\": [\n    true\n  ]\n}"));
        QCOMPARE(bodyText("a=1&b=x+y", "application/x-www-form-urlencoded").text,
                 std::string("a = 1\nb = x y\n"));
        QCOMPARE(bodyText("{broken", "application/json").form, BodyForm::Text);
        QCOMPARE(bodyText(std::string_view("\0\1", 2), "").form, BodyForm::Hex);
        QCOMPARE(hexDump("AB"), std::string("00000000  41 42") + std::string(42, ' ') + "  AB\n");
    }

private:
    void checkEntry(const QJsonObject& entry) {
        const auto has = [](const QJsonValue& value, std::initializer_list<const char*> names) {
            const QSet<QString> keys = keysOf(value);
            for (const char* name : names)
                QVERIFY2(keys.contains(name), name);
        };
        has(entry, {"startedDateTime", "time", "request", "response", "cache", "timings", "_gatehouse"});
        QVERIFY(QDateTime::fromString(entry["startedDateTime"].toString(), Qt::ISODateWithMs).isValid());
        has(entry["request"],
            {"method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize"});
        has(entry["response"], {"status", "statusText", "httpVersion", "cookies", "headers", "content",
                                "redirectURL", "headersSize", "bodySize"});
        has(entry["response"].toObject()["content"], {"size", "mimeType"});
        has(entry["timings"], {"send", "wait", "receive"});
        has(entry["_gatehouse"],
            {"id", "kind", "party", "trace", "attempts", "requestEdits", "responseEdits"});
        const QJsonObject timings = entry["timings"].toObject();
        const double sum =
            timings["send"].toDouble() + timings["wait"].toDouble() + timings["receive"].toDouble();
        QVERIFY(std::abs(sum - entry["time"].toDouble()) < 0.001);
    }
};

QTEST_GUILESS_MAIN(CaptureStoryTest)
#include "tst_capture_story.moc"
