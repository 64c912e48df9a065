// The table of realm fields, and reading by it.

#include <realm/bindings.h>
#include <realm/fields.h>
#include <realm/findings.h>
#include <realm/pointer.h>

#include <QFile>
#include <QTest>
#include <algorithm>
#include <set>

using namespace gatehouse;
using namespace gatehouse::realm;

namespace {

Node json(const QByteArray& text) {
    auto node = nodeFromJson(text.toStdString(), "realm.json");
    return node ? *node : Node();
}

Realm readInto(const Node& node, std::vector<Problem>& problems) {
    return read(node, [](FieldId id) { return Place{"realm.json", id.index, 0, {}}; }, problems);
}

// "code field"
QStringList said(const std::vector<Problem>& problems) {
    QStringList out;
    for (const Problem& problem : problems) {
        const auto& args = problem.error.args;
        const auto name = args.contains("field")  ? args.at("field")
                          : args.contains("name") ? args.at("name")
                                                  : "";
        out << QString::fromStdString(std::string(problem.error.what->code) + " " + name);
    }
    return out;
}

template <class T>
QStringList unboundOrUnknown(Holder holder, const std::set<std::string_view>& nested) {
    QStringList out;
    std::set<std::string_view> bound;
    for (const Binding<T>& binding : bindings<T>()) {
        bound.insert(binding.name);
        const FieldRow* row = field(holder, binding.name);
        if (row == nullptr)
            out << "a member without a row: " + QString::fromUtf8(binding.name.data());
    }
    for (const FieldRow& row : fields())
        if (row.holder == holder && row.support == Support::Does &&
            row.name.find('.') == std::string_view::npos && !bound.contains(row.name) &&
            !nested.contains(row.name))
            out << "a row that is done without a member: " + QString::fromUtf8(row.name.data());
    return out;
}

} // namespace

class TestRealmFields : public QObject {
    Q_OBJECT

private slots:
    void rowsAreWhole();
    void everyMemberHasARowAndEveryDoneRowAMember();
    void everyMeasuredFieldHasARow();
    void oneProblem_data();
    void oneProblem();
    void defaultsAreThoseOfTheTable();
    void numbersMayBeText();
    void attributesAreFree();
    void userNamesAreLowerCase();
    void rolesOfClients();
    void namesThatAreNear();
    void pointersComeBack();
};

void TestRealmFields::rowsAreWhole() {
    QVERIFY(fields().size() > 380);
    std::set<std::pair<Holder, std::string_view>> seen;
    for (const FieldRow& row : fields()) {
        const std::string name(row.name);
        QVERIFY2(seen.emplace(row.holder, row.name).second, name.c_str());
        QVERIFY2(!row.label.empty() && !row.section.empty() && !row.help.empty(), name.c_str());
        QVERIFY2((row.support == Support::Does) == row.note.empty(), name.c_str());
        QVERIFY2((row.type == FieldType::Choice) == !row.choices.empty(), name.c_str());
        QVERIFY2((row.type == FieldType::Seconds) == (row.unit == "seconds"), name.c_str());
        QCOMPARE(field(row.holder, row.name), &row);
        if (row.type == FieldType::Boolean && !row.byDefault.empty())
            QVERIFY2(row.byDefault == "true" || row.byDefault == "false", name.c_str());
        if (row.type == FieldType::Choice && !row.byDefault.empty())
            QVERIFY2(("|" + std::string(row.choices) + "|").find("|" + std::string(row.byDefault) + "|") !=
                         std::string::npos,
                     name.c_str());
    }
    for (const MapperKind& kind : mapperKinds())
        QVERIFY(!kind.label.empty() && mapperKind(kind.id) == &kind);
    QVERIFY(field(Holder::User, "clientId") == nullptr);
    for (std::size_t i = 0; i < holders; ++i)
        QVERIFY(!name(static_cast<Holder>(i)).empty());
}

void TestRealmFields::everyMemberHasARowAndEveryDoneRowAMember() {
    QCOMPARE(unboundOrUnknown<Realm>(Holder::Realm, {"clients", "clientScopes", "groups", "users", "roles"}),
             QStringList());
    QCOMPARE(unboundOrUnknown<Client>(Holder::Client, {"protocolMappers"}), QStringList());
    QCOMPARE(unboundOrUnknown<ProtocolMapper>(Holder::ProtocolMapper, {}), QStringList());
    QCOMPARE(unboundOrUnknown<ClientScope>(Holder::ClientScope, {"protocolMappers"}), QStringList());
    QCOMPARE(unboundOrUnknown<Group>(Holder::Group, {"subGroups"}), QStringList());
    QCOMPARE(unboundOrUnknown<User>(Holder::User, {"credentials"}), QStringList());
    QCOMPARE(unboundOrUnknown<Credential>(Holder::Credential, {}), QStringList());
    QCOMPARE(unboundOrUnknown<Role>(Holder::Role, {"composites"}), QStringList());
}

// fields-26.7.3.txt: what the real server was measured to have: "Holder name default".
void TestRealmFields::everyMeasuredFieldHasARow() {
    QFile file(QString(GATEHOUSE_TEST_DATA) + "/data/fields-26.7.3.txt");
    QVERIFY(file.open(QIODevice::ReadOnly));
    int checked = 0;
    QStringList missing;
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        const auto parts = line.split('\t');
        QVERIFY2(parts.size() == 3, line.constData());
        const FieldRow* row = nullptr;
        for (const FieldRow& each : fields())
            if (QByteArray::number(static_cast<int>(each.holder)) == parts[0] &&
                each.name == parts[1].toStdString())
                row = &each;
        if (row == nullptr)
            missing << parts[1];
        else if (parts[2] != "?" && row->byDefault != parts[2].toStdString())
            missing << parts[1] + ": by default " + parts[2] + ", the row says " +
                           QByteArray::fromStdString(std::string(row->byDefault));
        ++checked;
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join("; ")));
    QVERIFY(checked > 300);
}

void TestRealmFields::oneProblem_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char* text, QStringList expected) {
        QTest::newRow(text) << QByteArray(text) << expected;
    };
    row(R"({"realm":"r"})", {});
    row(R"({})", {"missing-field realm"});
    row(R"([])", {"wrong-type a realm"});
    row(R"({"realm":"r","displayNam":"x"})", {"unknown-field displayNam"});
    row(R"({"realm":"r","enabled":"yes"})", {"wrong-type enabled"});
    row(R"({"realm":"r","enabled":"true"})", {});
    row(R"({"realm":"r","enabled":null})", {});
    row(R"({"realm":"r","accessTokenLifespan":"5m"})", {"wrong-type accessTokenLifespan"});
    row(R"({"realm":"r","accessTokenLifespan":3000000000})", {"out-of-range accessTokenLifespan"});
    row(R"({"realm":"r","accessTokenLifespan":[1]})", {"wrong-type accessTokenLifespan"});
    row(R"({"realm":"r","sslRequired":"some"})", {"not-a-choice sslRequired"});
    row(R"({"realm":"r","sslRequired":{}})", {"wrong-type sslRequired"});
    row(R"({"realm":"r","loginTheme":"my-theme"})", {});
    row(R"({"realm":"r","displayName":{}})", {"wrong-type displayName"});
    row(R"({"realm":"r","defaultDefaultClientScopes":"x"})", {"wrong-type defaultDefaultClientScopes"});
    row(R"({"realm":"r","browserSecurityHeaders":["x"]})", {"wrong-type browserSecurityHeaders"});
    row(R"({"realm":"r","clients":"x"})", {"wrong-type clients"});
    row(R"({"realm":"r","clients":[1]})", {"wrong-type a client"});
    row(R"({"realm":"r","users":[{"username":"u","attributes":{"a":"b","c":["d"]}}]})", {});
    row(R"({"realm":"r","users":[{"username":"u","attributes":{"a":{}}}]})", {"wrong-type attributes"});
    row(R"({"realm":"r","roles":{"realms":[]}})", {"unknown-field realms"});
    row(R"({"realm":"r","roles":{"client":{"c":[]}}})", {"unknown-field c"});
    row(R"({"realm":"r","organizationsEnabled":true})", {"field-not-yet organizationsEnabled"});
    row(R"({"realm":"r","organizationsEnabled":false,"browserFlow":"browser","identityProviders":[]})", {});
    row(R"({"realm":"r","webAuthnPolicySignatureAlgorithms":["ES256","RS256"],"clientProfiles":{"profiles":[]}})",
        {});
    row(R"({"realm":"r","webAuthnPolicySignatureAlgorithms":["ES256"]})",
        {"field-not-yet webAuthnPolicySignatureAlgorithms"});
    row(R"({"realm":"r","authenticationFlows":[{"alias":"browser","builtIn":true}]})", {});
    row(R"({"realm":"r","authenticationFlows":[{"alias":"mine"}]})", {"field-not-yet authenticationFlows"});
    row(R"({"realm":"r","requiredActions":[{"alias":"CONFIGURE_TOTP","enabled":true,"defaultAction":false}]})",
        {});
    row(R"({"realm":"r","requiredActions":[{"alias":"CONFIGURE_TOTP","enabled":true,"defaultAction":true}]})",
        {"field-not-yet requiredActions"});
    row(R"({"realm":"Re","defaultRole":{"name":"default-roles-re"}})", {});
    row(R"({"realm":"Re","defaultRole":{"name":"other"}})", {"field-not-yet defaultRole"});
    row(R"({"realm":"r","attributes":{"acr.loa.map":"{}","own":"x"}})",
        {"field-not-yet attributes.acr.loa.map"});
    row(R"({"realm":"r","clients":[{"clientId":"c","secret":"**********"}]})", {"masked-secret secret"});
    row(R"({"realm":"r","clients":[{"clientId":"c","secret":"plain"}]})", {"plain-secret secret"});
    row(R"({"realm":"r","clients":[{"clientId":"c","secret":"${name}"}]})", {});
    row(R"({"realm":"r","clients":[{"clientId":"c","secret":{"secret":"name"}}]})", {});
    row(R"({"realm":"r","clients":[{"clientId":"c","secret":{"secret":"a b"}}]})", {"bad-secret-name "});
    row(R"({"realm":"r","clients":[{"clientId":"c","secret":["x"]}]})", {"wrong-type secret"});
    row(R"({"realm":"r","clients":[{"clientId":"c","attributes":{"pkce.code.challenge.methd":"S256"}}]})",
        {"unknown-key pkce.code.challenge.methd"});
    row(R"({"realm":"r","clients":[{"clientId":"c","protocolMappers":[{"name":"m"}]}]})",
        {"missing-field protocolMapper"});
    const auto mapper = [&](const char* kind, QStringList expected) {
        QTest::newRow(kind)
            << QByteArray(R"({"realm":"r","clientScopes":[{"name":"s","protocolMappers":[{"name":"m",)"
                          R"("protocolMapper":")") +
                   kind + "\"}]}]}"
            << expected;
    };
    mapper("oidc-audience-mapper", {});
    mapper("saml-role-list-mapper", {});
    mapper("oidc-audiense-mapper", {"not-a-choice protocolMapper"});
    mapper("oidc-role-name-mapper", {"field-not-yet oidc-role-name-mapper"});
    mapper("script-of-my-own", {"field-not-yet script-of-my-own"});
    row(R"({"realm":"r","users":[{"username":"u","credentials":[{"type":"otp","secretData":{"secret":"s"},)"
        R"("credentialData":"{\"secretEncoding\":\"BASE32\"}"}]}]})",
        {"field-not-yet secretEncoding"});
    row(R"({"realm":"r","users":[{"username":"u","credentials":[{"type":"otp","credentialData":"no JSON"}]}]})",
        {"wrong-type credentialData"});
    row(R"({"realm":"r","clients":[{"clientId":"c","clientAuthenticatorType":"client-jwt","protocol":"openid-connect"}]})",
        {"field-not-yet clientAuthenticatorType"});
    row(R"({"realm":"r","clients":[{"clientId":"c","protocol":"saml"}]})", {"field-not-yet protocol"});
    row(R"({"realm":"r","users":[{"username":"u","credentials":[{"type":"webauthn"},{"type":"otp"}]}]})",
        {"field-not-yet type"});
    row(R"({"realm":"r","clientScopes":[{"name":"profile"},{"name":"own"},{"name":"email"}]})",
        {"built-in-scopes "});
}

void TestRealmFields::oneProblem() {
    QFETCH(QByteArray, text);
    QFETCH(QStringList, expected);
    const Node node = json(text);
    QVERIFY(!node.isAbsent());
    std::vector<Problem> problems;
    readInto(node, problems);
    QCOMPARE(said(problems), expected);
    for (const Problem& problem : problems)
        QVERIFY(problem.error.where.line > 0);
}

void TestRealmFields::defaultsAreThoseOfTheTable() {
    std::vector<Problem> problems;
    const Realm realm = readInto(json(R"({"realm":"r"})"), problems);
    QVERIFY(problems.empty());
    for (const Binding<Realm>& binding : bindings<Realm>()) {
        const FieldRow* row = field(Holder::Realm, binding.name);
        if (const auto* number = std::get_if<int Realm::*>(&binding.member))
            QCOMPARE(QByteArray::number(realm.*(*number)), QByteArray(row->byDefault.data()));
        if (const auto* truth = std::get_if<bool Realm::*>(&binding.member))
            QCOMPARE(QByteArray(realm.*(*truth) ? "true" : "false"), QByteArray(row->byDefault.data()));
        if (const auto* text = std::get_if<std::string Realm::*>(&binding.member);
            text && binding.name != "realm")
            QCOMPARE(QByteArray::fromStdString(realm.*(*text)), QByteArray(row->byDefault.data()));
    }
}

void TestRealmFields::numbersMayBeText() {
    std::vector<Problem> problems;
    const Realm realm =
        readInto(json(R"({"realm":"r","accessTokenLifespan":"301","otpPolicyDigits":8})"), problems);
    QVERIFY(problems.empty());
    QCOMPARE(realm.accessTokenLifespan, 301);
    QCOMPARE(realm.otpPolicyDigits, 8);
}

void TestRealmFields::attributesAreFree() {
    std::vector<Problem> problems;
    const Realm realm = readInto(
        json(R"({"realm":"r","attributes":{"frontendUrl":"https://a","mine":"x","gone":null,"n":5}})"),
        problems);
    QVERIFY(problems.empty());
    QCOMPARE(realm.frontendUrl, std::string("https://a"));
    QCOMPARE(realm.attributes,
             (std::map<std::string, std::string>{{"frontendUrl", "https://a"}, {"mine", "x"}, {"n", "5"}}));
}

void TestRealmFields::userNamesAreLowerCase() {
    std::vector<Problem> problems;
    const Realm realm =
        readInto(json(R"({"realm":"r","users":[{"username":"Alice","email":"A@B.TLD"}]})"), problems);
    QCOMPARE(realm.users.at(0).username, std::string("alice"));
    QCOMPARE(realm.users.at(0).email, std::string("a@b.tld"));
}

void TestRealmFields::rolesOfClients() {
    std::vector<Problem> problems;
    const Realm realm =
        readInto(json(R"({"realm":"r","clients":[{"clientId":"c"}],"roles":{"realm":[{"name":"a",
        "composites":{"realm":["b"],"client":{"c":["x"]}}},{"name":"b"}],"client":{"c":[{"name":"x"},{"name":"y",
        "composites":{"realm":["b"]}}]}}})"),
                 problems);
    QVERIFY(problems.empty());
    QCOMPARE(realm.roles.size(), std::size_t(2));
    QCOMPARE(realm.roles[0].composites, std::vector<std::string>{"b"});
    QCOMPARE(realm.roles[0].clientComposites.at("c"), std::vector<std::string>{"x"});
    QCOMPARE(realm.clients[0].roles.size(), std::size_t(2));
    QCOMPARE(realm.clients[0].roles.at("y"), std::vector<std::string>{"b"});
}

void TestRealmFields::namesThatAreNear() {
    const std::string_view known[] = {"redirectUris", "rootUrl", "name", "enabled"};
    QCOMPARE(closest("redirectURIs", known), std::string_view("redirectUris"));
    QCOMPARE(closest("redirctUri", known), std::string_view("redirectUris"));
    QCOMPARE(closest("nmae", known), std::string_view("name"));
    QCOMPARE(closest("enable", known), std::string_view("enabled"));
    QVERIFY(closest("something", known).empty());
    QVERIFY(closest("", known).empty());
    QVERIFY(closest(std::string(1000, 'x'), known).empty());
    QCOMPARE(suggestion("xyz", known), std::string("known here: redirectUris, rootUrl, name, enabled"));
    QCOMPARE(suggestion("rootURL", known), std::string("did you mean \"rootUrl\"?"));
}

void TestRealmFields::pointersComeBack() {
    for (const char* key : {"a", "a/b", "a~b", "~1", "/~0/", ""}) {
        const std::string path = "/x/" + pointerStep(key);
        QCOMPARE(pointerSteps(path), (std::vector<std::string>{"x", key}));
    }
    QVERIFY(pointerSteps("").empty() && pointerSteps("/").empty());
    QCOMPARE(pointerStep("nginx.ingress.kubernetes.io/auth-url"),
             std::string("nginx.ingress.kubernetes.io~1auth-url"));
}

QTEST_GUILESS_MAIN(TestRealmFields)
#include "tst_realm_fields.moc"
