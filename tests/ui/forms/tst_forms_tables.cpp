// Every form is drawn from the rooms' tables: every row is in a form, and has what a form needs.
#include <desk/text.h>
#include <gate/optionRows.h>
#include <ingress/ingress.h>
#include <lab/fields.h>
#include <realm/fields.h>

#include <QTest>
#include <algorithm>
#include <forms/catalog.h>
#include <forms/pointer.h>
#include <set>

using namespace gatehouse;
using forms::FieldSpec;
using forms::ObjectType;

namespace {

std::set<std::string> drawn() {
    std::set<std::string> out;
    for (const ObjectType& type : forms::objectTypes()) {
        out.insert(type.rows.begin(), type.rows.end());
        for (const FieldSpec& field : type.fields)
            out.insert(field.row);
        for (const auto& collection : type.collections)
            out.insert(collection.row);
    }
    return out;
}

std::string holderName(realm::Holder holder) {
    static const char* names[] = {"realm", "client", "mapper",     "scope",
                                  "group", "user",   "credential", "role"};
    return std::string("realm/") + names[static_cast<std::size_t>(holder)];
}

// What keeps a row out of a form, in words; empty: nothing.
std::string lack(const FieldSpec& field) {
    if (field.label.empty())
        return "a label";
    if (field.help.empty())
        return "help";
    if (field.section.empty())
        return "a section";
    if (field.byDefault.empty() && field.whenEmpty.empty() && !field.required && field.whenPath.empty())
        return "a default, or what empty means";
    if (field.byDefault.empty() && field.whenEmpty.empty() && !field.whenPath.empty() && field.starts.empty())
        return "a default, what empty means, or what it begins with";
    if (field.support != Support::Does && field.note.empty())
        return "a note on what is missing";
    if (field.kind == forms::Kind::Choice && field.choices.empty())
        return "choices";
    return {};
}

} // namespace

class TablesTest : public QObject {
    Q_OBJECT

private slots:
    void everyRowIsDrawn() {
        const auto there = drawn();
        QStringList missing;
        const auto want = [&](const std::string& row) {
            if (!there.contains(row))
                missing.append(desk::qt(row));
        };
        for (const auto& row : lab::fields())
            want("lab" + std::string(row.path));
        for (const auto& row : realm::fields())
            want(holderName(row.holder) + "/" + std::string(row.name));
        for (const auto& row : gate::options())
            if (!gate::isProcessOption(row.name))
                want("gate/" + std::string(row.name));
        for (const auto& row : ingress::annotations())
            want("annotation/" + std::string(row.name));
        for (const auto& row : ingress::configMapKeys())
            want("controller/" + std::string(row.name));
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(", ")));
        QVERIFY(there.size() > 900);
    }

    void everyRowHasWhatAFormNeeds() {
        QStringList lacking;
        for (const ObjectType& type : forms::objectTypes()) {
            if (type.label.empty() || type.help.empty())
                lacking.append(desk::qt(type.id));
            for (const FieldSpec& field : type.fields)
                if (const std::string what = lack(field); !what.empty())
                    lacking.append(desk::qt(field.row + " lacks " + what));
            for (const auto& collection : type.collections)
                if (collection.label.empty() || collection.help.empty() ||
                    (collection.whenEmpty.empty() && collection.path != "/http/paths"))
                    lacking.append(desk::qt(collection.row + " lacks a label, help, or what empty means"));
        }
        QVERIFY2(lacking.isEmpty(), qPrintable(lacking.join('\n')));
    }

    void namesAreUniqueInAForm() {
        for (const ObjectType& type : forms::objectTypes()) {
            std::set<std::string> rows, paths;
            for (const FieldSpec& field : type.fields) {
                QVERIFY2(rows.insert(field.row).second, field.row.c_str());
                QVERIFY2(paths.insert(field.path).second, field.path.c_str());
            }
        }
    }

    void everySettingOfAMapperHasARow() {
        for (const realm::MapperKind& kind : realm::mapperKinds())
            for (const QString& setting : desk::qt(kind.config).split('|', Qt::SkipEmptyParts)) {
                const auto* row =
                    realm::field(realm::Holder::ProtocolMapper, "config." + desk::utf8(setting));
                QVERIFY2(row != nullptr, qPrintable(setting));
            }
    }

    void whatDependsDependsOnAField() {
        for (const ObjectType& type : forms::objectTypes())
            for (const FieldSpec& field : type.fields)
                if (!field.whenPath.empty()) {
                    QVERIFY2(type.field(field.whenPath) != nullptr, field.row.c_str());
                    QVERIFY2(!field.whenValues.empty(), field.row.c_str());
                }
    }

    void pathsLeadToTheirFields_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("object");
        QTest::addColumn<QString>("field");
        const QString realm = "/providers/0/realms/1";
        QTest::newRow("lab") << "/name" << "lab" << "" << "/name";
        QTest::newRow("listener") << "/listeners/2/bind" << "lab/listeners/*" << "/listeners/2" << "/bind";
        QTest::newRow("realm") << realm + "/sslRequired" << "realm/realm" << realm << "/sslRequired";
        QTest::newRow("attribute") << realm + "/clients/0/attributes/pkce.code.challenge.method"
                                   << "realm/client" << realm + "/clients/0"
                                   << "/attributes/pkce.code.challenge.method";
        QTest::newRow("attribute of one's own") << realm + "/clients/0/attributes/mine" << "realm/client"
                                                << realm + "/clients/0" << "/attributes";
        QTest::newRow("mapper") << realm + "/clients/0/protocolMappers/1/config/claim.name" << "realm/mapper"
                                << realm + "/clients/0/protocolMappers/1" << "/config/claim.name";
        QTest::newRow("secret") << realm + "/clients/0/secret/secret" << "realm/client"
                                << realm + "/clients/0" << "/secret";
        QTest::newRow("nested group") << realm + "/groups/0/subGroups/3/name" << "realm/group"
                                      << realm + "/groups/0/subGroups/3" << "/name";
        QTest::newRow("entry of a list") << "/gates/0/options/allowed-group/0" << "lab/gates/*" << "/gates/0"
                                         << "/options/allowed-group";
        QTest::newRow("annotation") << "/ingresses/0/annotations/nginx.ingress.kubernetes.io~1auth-url"
                                    << "lab/ingresses/*"
                                    << "/ingresses/0" << "/annotations/nginx.ingress.kubernetes.io~1auth-url";
        QTest::newRow("another's annotation") << "/ingresses/0/annotations/cert-manager.io~1issuer"
                                              << "lab/ingresses/*" << "/ingresses/0" << "/annotations";
        QTest::newRow("path of a rule") << "/ingresses/0/rules/1/http/paths/2/backend/service/port/number"
                                        << "lab/ingresses/*/rules/*/http/paths/*"
                                        << "/ingresses/0/rules/1/http/paths/2"
                                        << "/backend/service/port/number";
        QTest::newRow("controller") << "/controller/proxy-body-size" << "lab/controller" << "/controller"
                                    << "/proxy-body-size";
        QTest::newRow("role") << realm + "/roles/realm/0/name" << "realm/role" << realm + "/roles/realm/0"
                              << "/name";
    }
    void pathsLeadToTheirFields() {
        QFETCH(QString, path);
        QFETCH(QString, type);
        QFETCH(QString, object);
        QFETCH(QString, field);
        const auto at = forms::locate(desk::utf8(path));
        QCOMPARE(desk::qt(at.type->id), type);
        QCOMPARE(desk::qt(at.object), object);
        QVERIFY(at.field != nullptr);
        QCOMPARE(desk::qt(at.field->path), field);
    }

    void aListIsACollection() {
        const auto at = forms::locate("/providers/0/realms/0/users");
        QVERIFY(at.collection != nullptr);
        QCOMPARE(at.collection->item, "realm/user");
        QCOMPARE(at.object, "/providers/0/realms/0");
    }

    void patternsAreWhatTheOriginalsTake_data() {
        QTest::addColumn<QString>("form");
        QTest::addColumn<QString>("good");
        QTest::addColumn<QString>("bad");
        QTest::newRow("integer") << "integer" << "300" << "5m";
        QTest::newRow("port") << "port" << "8443" << "99999";
        QTest::newRow("bind") << "bind" << "127.0.0.1:8443" << "nowhere";
        QTest::newRow("url") << "url" << "https://whoami.domain.tld/" << "whoami";
        QTest::newRow("name") << "name" << "whoami-2" << "Who am I";
        QTest::newRow("host") << "host" << "*.domain.tld" << "https://whoami";
        QTest::newRow("time") << "time" << "2026-01-31T12:00:00Z" << "yesterday";
        QTest::newRow("duration") << "go duration" << "1h30m" << "90 minutes";
    }
    void patternsAreWhatTheOriginalsTake() {
        QFETCH(QString, form);
        QFETCH(QString, good);
        QFETCH(QString, bad);
        FieldSpec spec;
        const std::string name = desk::utf8(form);
        spec.form = name;
        QVERIFY(forms::faultOf(spec, desk::utf8(good)).expected.empty());
        QVERIFY(!forms::faultOf(spec, desk::utf8(bad)).expected.empty());
    }
};

QTEST_APPLESS_MAIN(TablesTest)
#include "tst_forms_tables.moc"
