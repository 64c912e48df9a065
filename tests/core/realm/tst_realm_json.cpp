// Realms as Keycloak's JSON: a real export is read, and what we write is what import and Admin REST take.

#include <realm/builtIns.h>
#include <realm/fields.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <algorithm>
#include <map>
#include <random>

using namespace gatehouse;
using namespace gatehouse::realm;

namespace {

class Secrets : public crypto::SecretSource {
public:
    explicit Secrets(std::map<std::string, std::string> values) {
        for (const auto& [name, value] : values)
            values_.emplace(name, crypto::SecretString(value));
    }
    const crypto::SecretString* find(std::string_view name) const override {
        const auto found = values_.find(std::string(name));
        return found == values_.end() ? nullptr : &found->second;
    }

private:
    std::map<std::string, crypto::SecretString> values_;
};

QByteArray file(const char* name) {
    QFile in(QString(GATEHOUSE_TEST_DATA) + "/data/" + name);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

struct Reading {
    Realm realm;
    std::vector<Problem> problems;
};

Reading readJson(const std::string& text) {
    Reading out;
    const auto node = nodeFromJson(text, "realm.json");
    if (!node) {
        out.problems.push_back({Problem::Kind::Refused, node.error()});
        return out;
    }
    const auto place = [&](FieldId id) { return placeInJson(text, "realm.json", *node, id); };
    out.realm = read(*node, place, out.problems);
    return out;
}

QString shown(const std::vector<Problem>& problems) {
    std::string out;
    for (const Problem& problem : problems)
        out += describe(problem.error) + "\n";
    return QString::fromStdString(out);
}

QJsonObject parsed(const std::string& text) {
    return QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
}

QJsonObject named(const QJsonValue& list, const char* key, const char* name) {
    for (const QJsonValue& each : list.toArray())
        if (each[key].toString() == name)
            return each.toObject();
    return {};
}

std::string demo() {
    return file("demo.json").toStdString();
}

} // namespace

class TestRealmJson : public QObject {
    Q_OBJECT

private slots:
    void aRealExportIsRead();
    void whatIsReadIsWrittenAgain();
    void whatKeycloakTakes();
    void secretsAreRevealedOrNamed();
    void writtenIsReadTheSame();
    void ownScopesBringTheBuiltInOnes();
    void builtInScopesAreWhole();
    void badJson_data();
    void badJson();
    void placesInJson();
    void randomJsonEndsWell();
};

void TestRealmJson::aRealExportIsRead() {
    const std::string text = file("export-26.7.3.json").toStdString();
    QVERIFY(text.size() > 50000);
    const Reading reading = readJson(text);
    QVERIFY2(!anyRefused(reading.problems), qPrintable(shown(reading.problems)));
    QCOMPARE(reading.problems.size(), std::size_t(2)); // the masked secret, the built-in scopes
    QCOMPARE(reading.realm.realm, std::string("plain"));
    QCOMPARE(reading.realm.clients.size(), std::size_t(7));
    QVERIFY(reading.realm.clientScopes.empty());
    QCOMPARE(reading.realm.groups.at(0).subGroups.at(0).name, std::string("deep"));
    const auto client = std::find_if(reading.realm.clients.begin(), reading.realm.clients.end(),
                                     [](const Client& each) { return each.clientId == "oauth2-proxy"; });
    QVERIFY(client != reading.realm.clients.end());
    QCOMPARE(client->protocolMappers.at(0).config.at("claim.name"), std::string("groups"));
    QVERIFY(!client->secret);
    QVERIFY(client->defaultClientScopes->size() >= 6);
    const auto management =
        std::find_if(reading.realm.clients.begin(), reading.realm.clients.end(),
                     [](const Client& each) { return each.clientId == "realm-management"; });
    QVERIFY(management->roles.contains("manage-users"));
    for (const Problem& problem : reading.problems)
        QVERIFY(problem.error.where.line > 1 && problem.error.where.field.starts_with("/client"));
}

// Everything of the export, but what only a server knows and the mask of a secret.
void TestRealmJson::whatIsReadIsWrittenAgain() {
    const std::string text = file("export-26.7.3.json").toStdString();
    const QJsonObject before = parsed(text);
    const QJsonObject after = parsed(toJson(readJson(text).realm, nullptr));
    QStringList differences;
    for (const QString& key : before.keys())
        if (!after.contains(key))
            differences << key + " is gone";
        else if (!before[key].isArray() && !before[key].isObject() && before[key] != after[key])
            differences << key + " differs";
    QVERIFY2(differences.isEmpty(), qPrintable(differences.join("; ")));
    for (const char* same : {"clientScopes", "authenticationFlows", "components", "requiredActions",
                             "defaultDefaultClientScopes", "browserSecurityHeaders", "attributes"})
        QVERIFY2(QJsonDocument::fromVariant(before[same].toVariant()) ==
                     QJsonDocument::fromVariant(after[same].toVariant()),
                 same);
    QCOMPARE(after["clients"].toArray().size(), before["clients"].toArray().size());
    for (const QJsonValue& client : before["clients"].toArray()) {
        QJsonObject was = client.toObject();
        QJsonObject is = named(after["clients"], "clientId", qPrintable(was["clientId"].toString()));
        was.remove("secret");
        for (const QString& key : was.keys())
            if (key != "protocolMappers" && !(was[key].isArray() && was[key].toArray().isEmpty()) &&
                !(was[key].isObject() && was[key].toObject().isEmpty()) && was[key] != is[key])
                differences << was["clientId"].toString() + "/" + key;
    }
    QVERIFY2(differences.isEmpty(), qPrintable(differences.join("; ")));
}

void TestRealmJson::whatKeycloakTakes() {
    const Reading reading = readJson(demo());
    QVERIFY2(reading.problems.empty(), qPrintable(shown(reading.problems)));
    const QJsonObject json = parsed(toJson(reading.realm, nullptr));
    QCOMPARE(json["realm"].toString(), QString("demo"));
    QCOMPARE(json["enabled"].toBool(), true); // POST makes a realm without it that nobody can use
    QCOMPARE(json["displayName"].toString(), QString("5"));
    QCOMPARE(json["browserFlow"].toString(), QString("browser"));
    QCOMPARE(json["attributes"]["frontendUrl"].toString(), QString("https://front"));
    for (const char* policy :
         {"otpPolicyType", "otpPolicyAlgorithm", "otpPolicyInitialCounter", "otpPolicyDigits",
          "otpPolicyLookAheadWindow", "otpPolicyPeriod", "otpPolicyCodeReusable"})
        QVERIFY2(json.contains(policy), policy); // the policy is taken only as a whole
    const QJsonObject client = named(json["clients"], "clientId", "oauth2-proxy");
    QCOMPARE(client["publicClient"].toBool(true), false);
    QCOMPARE(client["secret"].toString(), QString("${proxy}"));
    QCOMPARE(client["description"].toString(), QString("kept"));
    QCOMPARE(client["defaultClientScopes"].toArray().size(), 2);
    QVERIFY(!client.contains("optionalClientScopes"));
    QCOMPARE(client["protocolMappers"][0]["protocol"].toString(), QString("openid-connect"));
    const QJsonObject spa = named(json["clients"], "clientId", "spa");
    QVERIFY(!spa.contains("secret") && spa["optionalClientScopes"].isArray());
    QCOMPARE(json["groups"][0]["subGroups"][0]["attributes"]["k"].toArray().size(), 2);
    const QJsonObject boss = named(json["roles"]["realm"], "name", "boss");
    QCOMPARE(boss["composite"].toBool(), true);
    QCOMPARE(boss["composites"]["realm"][0].toString(), QString("user"));
    QCOMPARE(json["roles"]["client"]["oauth2-proxy"][0]["description"].toString(), QString("sees"));
    const QJsonObject alice = named(json["users"], "username", "alice");
    QCOMPARE(alice["createdTimestamp"].toInteger(), 1795509189427);
    const QJsonArray credentials = alice["credentials"].toArray();
    QCOMPARE(credentials[0]["value"].toString(), QString("${alice-password}"));
    QCOMPARE(credentials[0]["temporary"].toBool(), true);
    QCOMPARE(credentials[1]["secretData"].toString(), QString("{\"value\":\"${alice-totp}\"}"));
    QCOMPARE(
        credentials[1]["credentialData"].toString(),
        QString(
            "{\"subType\":\"totp\",\"digits\":6,\"counter\":0,\"period\":30,\"algorithm\":\"HmacSHA256\"}"));
    QCOMPARE(credentials[1]["userLabel"].toString(), QString("phone"));
    QCOMPARE(
        credentials[2]["credentialData"].toString(), // the realm's policy
        QString(
            "{\"subType\":\"totp\",\"digits\":8,\"counter\":0,\"period\":30,\"algorithm\":\"HmacSHA1\"}"));
}

void TestRealmJson::secretsAreRevealedOrNamed() {
    const Secrets secrets({{"proxy", "s3cret \"quoted\""}, {"alice-totp", "a\"b"}});
    const QJsonObject json = parsed(toJson(readJson(demo()).realm, &secrets));
    QCOMPARE(named(json["clients"], "clientId", "oauth2-proxy")["secret"].toString(),
             QString("s3cret \"quoted\""));
    const QJsonArray credentials = named(json["users"], "username", "alice")["credentials"].toArray();
    QCOMPARE(parsed(credentials[1]["secretData"].toString().toStdString())["value"].toString(),
             QString("a\"b"));
    QCOMPARE(credentials[0]["value"].toString(), QString("${alice-password}")); // the source knows none
}

void TestRealmJson::writtenIsReadTheSame() {
    const std::string once = toJson(readJson(demo()).realm, nullptr);
    const Reading again = readJson(once);
    QVERIFY2(!anyRefused(again.problems), qPrintable(shown(again.problems)));
    QCOMPARE(QString::fromStdString(toJson(again.realm, nullptr)).size(),
             QString::fromStdString(once).size());
    QVERIFY(parsed(toJson(again.realm, nullptr)) == parsed(once));
}

void TestRealmJson::ownScopesBringTheBuiltInOnes() {
    const QJsonObject json = parsed(toJson(readJson(demo()).realm, nullptr));
    const QJsonArray scopes = json["clientScopes"].toArray();
    QCOMPARE(scopes.size(), 16);
    QCOMPARE(named(scopes, "name", "own")["description"].toString(), QString("mine"));
    QCOMPARE(json["defaultDefaultClientScopes"].toArray().size(), 10);
    QCOMPARE(json["defaultOptionalClientScopes"].toArray().size(), 5);
    const QJsonObject without = parsed(toJson(readJson(R"({"realm":"r"})").realm, nullptr));
    QVERIFY(!without.contains("clientScopes") && !without.contains("defaultDefaultClientScopes"));
}

void TestRealmJson::builtInScopesAreWhole() {
    const QJsonArray scopes =
        QJsonDocument::fromJson(QByteArray(builtInScopesJson().data(), qsizetype(builtInScopesJson().size())))
            .array();
    QCOMPARE(scopes.size(), 15);
    for (const QJsonValue& scope : scopes)
        QVERIFY(isBuiltInScope(scope["name"].toString().toStdString()));
    for (const auto list : {builtInDefaultScopes(), builtInOptionalScopes()})
        for (const std::string_view name : list)
            QVERIFY(!named(scopes, "name", std::string(name).c_str()).isEmpty());
    QCOMPARE(named(scopes, "name", "profile")["protocolMappers"].toArray().size(), 14);
    QCOMPARE(builtInDefaultScopes().size(), std::size_t(9));
    QVERIFY(isBuiltInClient("account") && !isBuiltInClient("oauth2-proxy"));
}

void TestRealmJson::badJson_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, QByteArray text, const char* expected) {
        QTest::newRow(name) << std::move(text) << QString(expected);
    };
    row("nothing", "", "1:1 json-syntax");
    row("a comma", "{\n \"a\": 1,\n}", "3:1 json-syntax");
    row("two values", "{} {}", "1:4 json-syntax");
    row("a key twice", "{\"a\": 1,\n  \"a\": 2}", "2:3 json-key-twice");
    row("a key twice, written otherwise", "{\"a\": 1, \"\\u0061\": 2}", "1:10 json-key-twice");
    row("single quotes", "{'a': 1}", "1:2 json-syntax");
    row("a bad byte", "[\"\xFF\"]", "1:3 json-syntax");
    row("deep", QByteArray(300, '['), "1:201 json-too-deep");
    row("NaN", "[NaN]", "1:2 json-syntax");
}

void TestRealmJson::badJson() {
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    const auto node = nodeFromJson(text.toStdString(), "x.json");
    QVERIFY(!node);
    const Place& where = node.error().where;
    QCOMPARE(QString("%1:%2 %3").arg(where.line).arg(where.column).arg(node.error().what->code.data()),
             expected);
    QCOMPARE(where.file, std::string("x.json"));
}

void TestRealmJson::placesInJson() {
    const std::string text = "{\"a\": \"\\\\\\\"x\",\n \"b\": [12, true,null , {\"c/d\": -1.5e3}],\n "
                             "\"\xC3\xA4\": \"\xC3\xB6\", \"e\": {}}";
    const auto node = nodeFromJson(text, "x.json");
    QVERIFY(node);
    const auto place = [&](const Node& at) {
        const Place found = placeInJson(text, "x.json", *node, at.id());
        return QString("%1:%2 %3").arg(found.line).arg(found.column).arg(found.field.c_str());
    };
    QCOMPARE(place(*node), QString("1:1 "));
    QCOMPARE(place((*node)["a"]), QString("1:7 /a"));
    QCOMPARE((*node)["a"].text(), std::string("\\\"x"));
    QCOMPARE(place((*node)["b"]), QString("2:7 /b"));
    QCOMPARE(place((*node)["b"].items()[0]), QString("2:8 /b/0"));
    QCOMPARE(place((*node)["b"].items()[1]), QString("2:12 /b/1"));
    QCOMPARE(place((*node)["b"].items()[2]), QString("2:17 /b/2"));
    QCOMPARE(place((*node)["b"].items()[3]["c/d"]), QString("2:32 /b/3/c~1d"));
    QCOMPARE((*node)["b"].items()[3]["c/d"].text(), std::string("-1.5e3"));
    QCOMPARE(place((*node)["\xC3\xA4"]), QString("3:7 /\xC3\xA4"));
    QCOMPARE(place((*node)["e"]), QString("3:17 /e"));
    QCOMPARE(placeInJson(text, "x.json", *node, FieldId{9999}).line, 0u);
    QVERIFY((*node)["a"].quoted() && !(*node)["b"].items()[0].quoted());
}

void TestRealmJson::randomJsonEndsWell() {
    std::mt19937 random(4);
    const std::string original = demo();
    int read = 0;
    for (int round = 0; round < 400; ++round) {
        std::string text = original;
        for (auto i = random() % 3 + 1; i > 0; --i) {
            const std::size_t at = random() % text.size();
            if (random() % 2 == 0)
                text.erase(at, random() % 12);
            else
                text.insert(at, original, random() % (original.size() - 20), random() % 20);
        }
        const Reading reading = readJson(text);
        read += reading.realm.realm.empty() ? 0 : 1;
        QVERIFY(!toJson(reading.realm, nullptr).empty());
    }
    QVERIFY(read > 5);
}

QTEST_GUILESS_MAIN(TestRealmJson)
#include "tst_realm_json.moc"
