// The table of lab fields and the JSON Schema made from it: complete, and true to what the reader takes.

#include "samples.h"

#include <lab/fields.h>
#include <lab/schema.h>
#include <lab/yamlText.h>
#include <realm/fields.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>
#include <set>

using namespace gatehouse;
using namespace samples;

namespace {

// A YAML reader's view: quoted scalars are text, others what they look like.
QJsonValue value(const Node& node) {
    if (node.isList()) {
        QJsonArray out;
        for (const Node& item : node.items())
            out.append(value(item));
        return out;
    }
    if (node.isMap()) {
        QJsonObject out;
        for (const auto& [key, item] : node.entries())
            out[QString::fromStdString(std::string(key))] = value(*item);
        return out;
    }
    if (!node.isScalar())
        return QJsonValue();
    if (!node.quoted() && asBool(node))
        return *asBool(node);
    if (!node.quoted() && asInteger(node))
        return qint64(*asInteger(node));
    return QString::fromStdString(node.text());
}

// The part of JSON Schema that ours uses.
class Validator {
public:
    explicit Validator(QJsonObject root) : root_(std::move(root)) {}

    QStringList errors;
    std::set<QString> unknownWords;

    bool valid(const QJsonValue& value, const QJsonObject& schema, const QString& path = {}) {
        const QStringList before = errors;
        for (const QString& word : schema.keys())
            if (!holds(word, value, schema, path))
                errors << path + " " + word;
        return errors == before;
    }
    const QJsonObject& root() const { return root_; }

private:
    bool holds(const QString& word, const QJsonValue& value, const QJsonObject& schema, const QString& path) {
        const QJsonValue rule = schema[word];
        if (word == "$ref") {
            const QString name = rule.toString().mid(QString("#/$defs/").size());
            return root_["$defs"].toObject().contains(name) &&
                   valid(value, root_["$defs"][name].toObject(), path);
        }
        if (word == "type")
            return isType(value, rule);
        if (word == "const")
            return value == rule;
        if (word == "enum")
            return rule.toArray().contains(value);
        if (word == "pattern")
            return !value.isString() ||
                   QRegularExpression(rule.toString()).match(value.toString()).hasMatch();
        if (word == "minimum")
            return !value.isDouble() || value.toDouble() >= rule.toDouble();
        if (word == "maximum")
            return !value.isDouble() || value.toDouble() <= rule.toDouble();
        if (word == "required") {
            for (const QJsonValue& name : rule.toArray())
                if (value.isObject() && !value.toObject().contains(name.toString()))
                    return false;
            return true;
        }
        if (word == "properties" || word == "additionalProperties")
            return word == "properties" ? properties(value, rule.toObject(), path)
                                        : others(value, schema, path);
        if (word == "items") {
            bool good = true;
            int i = 0;
            for (const QJsonValue& item : value.toArray())
                good = valid(item, rule.toObject(), path + "/" + QString::number(i++)) && good;
            return good;
        }
        if (word == "anyOf") {
            const QStringList before = errors;
            for (const QJsonValue& each : rule.toArray()) {
                const bool good = valid(value, each.toObject(), path);
                errors = before;
                if (good)
                    return true;
            }
            return false;
        }
        static const std::set<QString> said = {"description", "title",   "default", "examples",
                                               "$defs",       "$schema", "format"};
        if (!said.contains(word))
            unknownWords.insert(word);
        return true;
    }

    static bool isType(const QJsonValue& value, const QJsonValue& rule) {
        for (const QJsonValue& each : rule.isArray() ? rule.toArray() : QJsonArray{rule}) {
            const QString name = each.toString();
            const bool whole = value.isDouble() && value.toDouble() == double(qint64(value.toDouble()));
            if ((name == "string" && value.isString()) || (name == "boolean" && value.isBool()) ||
                (name == "integer" && whole) || (name == "number" && value.isDouble()) ||
                (name == "array" && value.isArray()) || (name == "object" && value.isObject()))
                return true;
        }
        return false;
    }

    bool properties(const QJsonValue& value, const QJsonObject& rules, const QString& path) {
        bool good = true;
        const QJsonObject object = value.toObject();
        for (const QString& key : object.keys())
            if (rules.contains(key))
                good = valid(object[key], rules[key].toObject(), path + "/" + key) && good;
        return good;
    }
    bool others(const QJsonValue& value, const QJsonObject& schema, const QString& path) {
        const QJsonObject object = value.toObject();
        for (const QString& key : object.keys()) {
            if (schema["properties"].toObject().contains(key))
                continue;
            if (schema["additionalProperties"].isBool()
                    ? !schema["additionalProperties"].toBool()
                    : !valid(object[key], schema["additionalProperties"].toObject(), path + "/" + key))
                return false;
        }
        return true;
    }

    QJsonObject root_;
};

Validator validator() {
    static const lab::SchemaEntry options[] = {
        {"cookie-secret", "the seed", "", "", Support::Does, false, true},
        {"upstream", "where to", "", "", Support::Does, true, false},
        {"provider", "which", "google", "google|keycloak-oidc"}};
    static const lab::SchemaEntry annotations[] = {{"nginx.ingress.kubernetes.io/auth-url", "asked before"}};
    lab::SchemaParts parts;
    parts.gateOptions = options;
    parts.annotations = annotations;
    return Validator(QJsonDocument::fromJson(QByteArray::fromStdString(lab::jsonSchema(parts))).object());
}

QStringList schemaErrors(const std::string& text) {
    Validator check = validator();
    const auto yaml = lab::readYaml(text, {});
    check.valid(value(yaml.value->root), check.root());
    return check.errors;
}

} // namespace

class TestLabSchema : public QObject {
    Q_OBJECT

private slots:
    void rowsAreWhole();
    void everyRowIsRead_data();
    void everyRowIsRead();
    void everyRowIsInTheSchema();
    void labsAreValid();
    void whatTheReaderRefusesTheSchemaRefuses_data();
    void whatTheReaderRefusesTheSchemaRefuses();
};

void TestLabSchema::rowsAreWhole() {
    std::set<std::string_view> seen;
    for (const lab::LabFieldRow& row : lab::fields()) {
        const std::string path(row.path);
        QVERIFY2(seen.insert(row.path).second && path.starts_with('/'), path.c_str());
        QVERIFY2(!row.help.empty() && !row.type.empty(), path.c_str());
        QVERIFY2((row.support == Support::Does) == row.note.empty(), path.c_str());
        QCOMPARE(lab::row(path), &row);
        const std::string above = path.substr(0, path.rfind('/'));
        QVERIFY2(above.empty() || seen.contains(above),
                 path.c_str()); // a row stands after the one that holds it
        const bool list = row.type.find("list") != std::string_view::npos;
        QVERIFY2(!list || lab::row(path + "/*") != nullptr, path.c_str());
    }
    QVERIFY(lab::row("/nothing") == nullptr && lab::below("/nothing").empty());
}

// The smallest lab that uses the row, with a value of its type, and the same with a value of no type at all.
void TestLabSchema::everyRowIsRead_data() {
    QTest::addColumn<QString>("path");
    for (const lab::LabFieldRow& row : lab::fields())
        QTest::newRow(std::string(row.path).c_str())
            << QString::fromUtf8(row.path.data(), qsizetype(row.path.size()));
}

void TestLabSchema::everyRowIsRead() {
    QFETCH(QString, path);
    const lab::LabFieldRow& row = *lab::row(path.toStdString());
    const std::string type(row.type.substr(0, row.type.find('|')));
    const std::map<std::string, std::string> values = {
        {"text", "some"},
        {"integer", row.choices == "1" ? "1" : "7"},
        {"boolean", "true"},
        {"list", "[]"},
        {"map", "{}"},
        {"url", "https://a.test/"},
        {"secret", "{secret: s}"},
        {"choice", std::string(row.choices.substr(0, row.choices.find('|')))},
        {"name", "some"},
        {"host", "a.test"},
        {"port", "8080"},
        {"bind", "127.0.0.1:1"},
        {"time", "2026-01-31T12:00:00Z"},
        {"realm", "{realm: r}"}};
    QVERIFY2(values.contains(type), type.c_str());
    // Built from the inside out: {key: value} or [value] for each step.
    const auto lab = [&](std::string value) {
        std::string rest = path.toStdString();
        while (!rest.empty()) {
            const auto slash = rest.rfind('/');
            const std::string step = rest.substr(slash + 1);
            rest.resize(slash);
            const bool inList = step == "*" && lab::row(rest)->type.find("list") != std::string_view::npos;
            value = inList ? "[" + value + "]" : "{" + (step == "*" ? "some-key" : step) + ": " + value + "}";
        }
        return "{gatehouse: 1, " + value.substr(1);
    };
    const auto about = [&](const Checked<Document>& checked) {
        std::string out;
        for (const Problem& problem : checked.problems)
            if (problem.error.what->code != "missing-field" && problem.error.what->code != "duplicate-key" &&
                problem.error.what->code != "runs-how" && problem.error.what->code != "path-without-slash" &&
                !problem.error.what->code.starts_with("backend-no"))
                out += line(problem) + " ";
        return out;
    };
    const auto good = parse(lab(values.at(type)));
    if (row.support == Support::Does)
        QCOMPARE(QString::fromStdString(about(good)), QString());
    else
        QVERIFY(about(good).find("field-not-yet") != std::string::npos);
    if (path != "/gatehouse")
        QVERIFY2(!about(parse(lab("[[[x]]]"))).empty(), lab("[[[x]]]").c_str());
}

void TestLabSchema::everyRowIsInTheSchema() {
    const QJsonObject root = validator().root();
    QCOMPARE(root["$schema"].toString(), QString("https://json-schema.org/draft/2020-12/schema"));
    const auto inside = [](const QJsonObject& schema, const QString& step) {
        QList<QJsonObject> all = {schema};
        for (const QJsonValue& each : schema["anyOf"].toArray())
            all << each.toObject();
        for (const QJsonObject& each : all) {
            if (each["properties"].toObject().contains(step))
                return each["properties"][step].toObject();
            if (step == "*" && each.contains("items"))
                return each["items"].toObject();
            if (step == "*" && each["additionalProperties"].isObject())
                return each["additionalProperties"].toObject();
        }
        return QJsonObject();
    };
    for (const lab::LabFieldRow& row : lab::fields()) {
        QJsonObject at = root;
        for (const QString& step :
             QString::fromUtf8(row.path.data(), qsizetype(row.path.size())).split('/').mid(1))
            at = inside(at, step);
        QVERIFY2(!at.isEmpty(), std::string(row.path).c_str());
    }
    const char* holders[] = {"realm", "client", "protocolMapper", "clientScope",
                             "group", "user",   "credential",     "role"};
    const QJsonObject definitions = root["$defs"].toObject();
    std::vector<QJsonObject> objects;
    for (const char* holder : holders)
        objects.push_back(definitions[holder].toObject());
    for (const realm::FieldRow& row : realm::fields()) {
        const QJsonObject& holder = objects[static_cast<std::size_t>(row.holder)];
        const QString name = QString::fromUtf8(row.name.data(), qsizetype(row.name.size()));
        const auto dot = name.indexOf('.');
        const QJsonObject field =
            dot < 0 ? holder["properties"][name].toObject()
                    : holder["properties"][name.left(dot)]["properties"][name.mid(dot + 1)].toObject();
        QVERIFY2(!field["description"].toString().isEmpty() && !field["title"].toString().isEmpty(),
                 qPrintable(name));
    }
    const QJsonObject options =
        root["properties"]["gates"]["items"]["properties"]["options"]["properties"].toObject();
    QCOMPARE(options["cookie-secret"]["$ref"].toString(), QString("#/$defs/secret"));
    QVERIFY(options["upstream"].toObject().contains("anyOf"));
    QCOMPARE(options["provider"]["default"].toString(), QString("google"));
}

void TestLabSchema::labsAreValid() {
    std::vector<std::string> texts;
    for (const lab::Template& each : lab::templates())
        texts.emplace_back(each.text);
    texts.push_back(lab::protectTemplate(*http::parseUrl("http://127.0.0.1:3000"), "app.example.org"));
    for (const std::string& text : texts) {
        Validator check = validator();
        const auto yaml = lab::readYaml(text, {});
        check.valid(value(yaml.value->root), check.root());
        QVERIFY2(check.errors.isEmpty(), qPrintable(check.errors.join("; ")));
        QVERIFY(check.unknownWords.empty());
    }
}

void TestLabSchema::whatTheReaderRefusesTheSchemaRefuses_data() {
    QTest::addColumn<QString>("text");
    for (const char* text :
         {"gatehouse: 2", "name: x", "gatehouse: 1\nlistners: []", "gatehouse: 1\nlisteners: {}",
          "gatehouse: 1\nlisteners: [{bind: a:1}]", "gatehouse: 1\nlisteners: [{name: a, public: 80000}]",
          "gatehouse: 1\nproviders: [{name: a, url: keycloak}]",
          "gatehouse: 1\nproviders: [{name: A_1, url: 'https://a'}]",
          "gatehouse: 1\nproviders: [{name: a, url: 'https://a', runs: embeded}]",
          "gatehouse: 1\nproviders: [{name: a, url: 'https://a', realms: [{}]}]",
          "gatehouse: 1\nproviders: [{name: a, url: 'https://a', realms: [{realm: r, sslRequired: some}]}]",
          "gatehouse: 1\nproviders: [{name: a, url: 'https://a', realms: [{realm: r, clients: [{clientId: c, "
          "secret: x}]}]}]",
          "gatehouse: 1\nproviders: [{name: a, url: 'https://a', realms: [{realm: r, users: [{usrname: "
          "c}]}]}]",
          "gatehouse: 1\nservices: [{name: a, runs: nowhere}]", "gatehouse: 1\nrehearsals: [{as: a}]",
          "gatehouse: 1\ngates: [{name: a, options: {scope: {a: b}}}]",
          "gatehouse: 1\ningresses: [{name: a, rules: [{host: A.b}]}]"})
        QTest::newRow(text) << QString(text);
}

void TestLabSchema::whatTheReaderRefusesTheSchemaRefuses() {
    QFETCH(QString, text);
    QVERIFY(!parse(text.toStdString()).value);
    QVERIFY(!schemaErrors(text.toStdString()).isEmpty());
}

QTEST_GUILESS_MAIN(TestLabSchema)
#include "tst_lab_schema.moc"
