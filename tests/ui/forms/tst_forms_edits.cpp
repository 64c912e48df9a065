// What forms change: one field, one step, and nothing beside it.
#include <desk/desk.h>
#include <desk/text.h>
#include <lab/differences.h>
#include <lab/templates.h>

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <forms/labEdits.h>
#include <forms/objects.h>
#include <forms/pointer.h>
#include <random>
#include <set>

using namespace gatehouse;
using desk::qt;
using desk::utf8;
using forms::FieldSpec;
using forms::Kind;
using forms::LabEdits;

namespace {

QStringList commentsOf(const QString& text) {
    QStringList out;
    static const QRegularExpression comment("(^|\\s)#.*$");
    for (const QString& line : text.split('\n'))
        if (const auto found = comment.match(line); found.hasMatch())
            out.append(found.captured().trimmed());
    return out;
}

void allObjects(const forms::LabObject& at, std::vector<const forms::LabObject*>& out) {
    if (at.type != nullptr && at.section.empty())
        out.push_back(&at);
    for (const auto& inside : at.inside)
        allObjects(inside, out);
}

} // namespace

class EditsTest : public QObject {
    Q_OBJECT

    QTemporaryDir home_;
    std::unique_ptr<desk::SecretVault> vault_;
    std::unique_ptr<desk::Workspace> workspace_;

    const FieldSpec& field(const char* type, const char* path) {
        const FieldSpec* found = forms::objectType(type).field(path);
        Q_ASSERT(found != nullptr);
        return *found;
    }
    QString text() const { return workspace_->text(); }
    void openStory() {
        workspace_->openText(qt(lab::templates().front().text), "story");
        QVERIFY(workspace_->document() != nullptr);
    }

private slots:
    void initTestCase() {
        qputenv("XDG_DATA_HOME", home_.path().toUtf8());
        qputenv("HOME", home_.path().toUtf8());
        vault_ = std::make_unique<desk::SecretVault>();
        workspace_ = std::make_unique<desk::Workspace>(*vault_);
    }
    void cleanupTestCase() {
        workspace_.reset();
        vault_.reset();
    }

    void oneFieldIsOneStep() {
        openStory();
        const QString before = text();
        LabEdits edits(*workspace_);
        QVERIFY(edits.write("/gates/0", field("lab/gates/*", "/options/scope"), Node::scalar("openid")));
        QVERIFY(text().contains("scope: openid "));
        workspace_->undo();
        QCOMPARE(text(), before);
        QVERIFY(!workspace_->canUndo());
    }

    void aKindOfMapperBringsItsSettings() {
        openStory();
        LabEdits edits(*workspace_);
        const QString before = text();
        const std::string mapper = "/providers/0/realms/0/clients/0/protocolMappers/0";
        QVERIFY(edits.write(mapper, field("realm/mapper", "/protocolMapper"),
                            Node::scalar("oidc-audience-mapper")));
        const Node& now = edits.object(mapper);
        QVERIFY(now["config"]["full.path"].isAbsent());
        QVERIFY(now["config"]["claim.name"].isAbsent());
        QCOMPARE(now["config"]["id.token.claim"].text(), "true");
        QVERIFY(!workspace_->hasDraft());
        workspace_->undo();
        QCOMPARE(text(), before);
    }

    void aCredentialBecomesAnAuthenticator() {
        openStory();
        LabEdits edits(*workspace_);
        const auto path = edits.add("/providers/0/realms/0/users/1/credentials",
                                    *forms::objectType("realm/user").collection("/credentials"));
        QVERIFY(path.has_value());
        QCOMPARE(edits.object(*path)["value"]["secret"].text(), "bob-password");
        QVERIFY(edits.write(*path, field("realm/credential", "/type"), Node::scalar("otp")));
        QVERIFY(edits.object(*path)["value"].isAbsent());
        QCOMPARE(edits.object(*path)["secretData"]["secret"].text(), "bob-totp");
    }

    void aShortUrlGrowsWhenItMust() {
        workspace_->openText("gatehouse: 1\nservices:\n  - {name: s, runs: http://127.0.0.1:3000}\n", "t");
        LabEdits edits(*workspace_);
        const FieldSpec& url = field("lab/services/*", "/runs/url");
        const FieldSpec& skip = field("lab/services/*", "/runs/skipCertificateCheck");
        QCOMPARE(edits.value("/services/0", url).text(), "http://127.0.0.1:3000");
        QVERIFY(edits.write("/services/0", url, Node::scalar("http://127.0.0.1:4000")));
        QVERIFY(text().contains("runs: http://127.0.0.1:4000"));
        QVERIFY(edits.write("/services/0", skip, Node::scalar("true")));
        QCOMPARE(edits.value("/services/0", url).text(), "http://127.0.0.1:4000");
        QCOMPARE(edits.value("/services/0", skip).text(), "true");
        QVERIFY(edits.reset("/services/0", field("lab/services/*", "/runs")));
        QVERIFY(edits.object("/services/0")["runs"].isAbsent());
    }

    void aMapThatMustBeWholeComesWhole() {
        openStory();
        LabEdits edits(*workspace_);
        const FieldSpec& name = field("lab/ingresses/*", "/defaultBackend/service/name");
        const auto done = edits.write("/ingresses/0", name, Node::scalar("whoami"));
        QVERIFY2(done.has_value(), done ? "" : qPrintable(desk::whole(done.error())));
        QCOMPARE(edits.object("/ingresses/0/defaultBackend/service/port/number").text(), "80");
        QVERIFY(edits.reset("/ingresses/0", name));
        QVERIFY(edits.object("/ingresses/0")["defaultBackend"].isAbsent());
    }

    void namesAreUnique() {
        openStory();
        LabEdits edits(*workspace_);
        const auto copy = edits.duplicate("/services/0");
        QVERIFY(copy.has_value());
        QCOMPARE(edits.object(*copy)["name"].text(), "whoami-2");
        const auto& services = *forms::objectType("lab").collection("/services");
        const auto one = edits.add("/services", services), two = edits.add("/services", services);
        QVERIFY(one && two);
        QCOMPARE(edits.object(*one)["name"].text(), "service");
        QCOMPARE(edits.object(*two)["name"].text(), "service-2");
    }

    void everyKindOfObjectCanBeAdded() {
        openStory();
        LabEdits edits(*workspace_);
        std::vector<const forms::LabObject*> objects;
        const auto lab = forms::objectsOf(edits.root());
        allObjects(lab, objects);
        std::set<std::string> added;
        for (const auto* object : objects)
            for (const auto& collection : object->type->collections) {
                if (collection.single || !added.insert(collection.row).second)
                    continue;
                const auto path = edits.add(object->path + collection.path, collection);
                QVERIFY2(path.has_value(),
                         path ? "" : qPrintable(qt(collection.row) + desk::whole(path.error())));
            }
        QVERIFY(added.size() >= 17);
        QVERIFY(!workspace_->hasDraft());
    }

    void whoNamesAnObjectIsTold() {
        openStory();
        const Node& root = workspace_->document()->root();
        const auto by = [&](const char* path) {
            QStringList out;
            for (const auto& use : forms::usesOf(root, path))
                out.append(qt(use.path));
            return out;
        };
        QCOMPARE(by("/gates/0"), QStringList{"/services/1/runs/gate"});
        QCOMPARE(by("/services/0"), QStringList{"/ingresses/0/rules/0/http/paths/0/backend/service/name"});
        QCOMPARE(by("/providers/0/realms/0/users/0"), QStringList{"/rehearsals/0/as"});
        QCOMPARE(by("/providers/0/realms/0/groups/0"), QStringList{"/providers/0/realms/0/users/0/groups"});
        QCOMPARE(by("/providers/0/realms/0/clients/0"), QStringList{"/gates/0/options/client-id"});
        QCOMPARE(by("/providers/0/realms/0"), QStringList{"/gates/0/options/oidc-issuer-url"});
        QVERIFY(by("/listeners/0").isEmpty());
    }

    // Whatever is edited and in whatever order: nothing else changes, every comment stays, and undo leads
    // back to the first text, byte by byte.
    void twoHundredRandomEdits() {
        openStory();
        const QString first = text();
        const QStringList comments = commentsOf(first);
        QVERIFY(comments.size() > 25);
        LabEdits edits(*workspace_);
        std::mt19937 random(20261124);
        const auto pick = [&random](std::size_t size) {
            return std::uniform_int_distribution<std::size_t>(0, size - 1)(random);
        };
        int done = 0, refused = 0;
        for (int attempt = 0; done < 200 && attempt < 2000; ++attempt) {
            std::vector<const forms::LabObject*> objects;
            const auto lab = forms::objectsOf(edits.root());
            allObjects(lab, objects);
            const auto& object = *objects[pick(objects.size())];
            const FieldSpec& spec = object.type->fields[pick(object.type->fields.size())];
            const Node before = edits.root();
            const Node now = edits.value(object.path, spec);
            if (!forms::applies(edits.object(object.path), spec,
                                forms::defaultAt(*object.type, spec.whenPath)))
                continue;
            const Node value = some(spec, random);
            if (value.isAbsent() || value == now || !now.isAbsent())
                continue; // comments of what is replaced may go with it: only additions here
            const auto result = edits.write(object.path, spec, value);
            if (!result) {
                ++refused;
                continue;
            }
            ++done;
            QVERIFY2(edits.value(object.path, spec) == value, spec.row.c_str());
            for (const auto& difference : lab::differences(before, edits.root()))
                QVERIFY2(forms::isWithin(difference.path, object.path), difference.path.c_str());
            for (const QString& comment : comments)
                QVERIFY2(text().contains(comment), qPrintable(qt(spec.row) + " lost " + comment));
        }
        QCOMPARE(done, 200);
        QVERIFY2(refused < 60, qPrintable(QString::number(refused)));
        while (workspace_->canUndo())
            workspace_->undo();
        QCOMPARE(text(), first);
    }

private:
    static Node some(const FieldSpec& spec, std::mt19937& random) {
        const std::string number = std::to_string(random() % 100 + 1);
        switch (spec.kind) {
        case Kind::Boolean:
            return scalarFor(spec, random() % 2 == 0 ? "true" : "false");
        case Kind::Integer:
            return scalarFor(spec, number);
        case Kind::Choice:
            return scalarFor(spec, spec.choices[random() % spec.choices.size()].value);
        case Kind::TextList:
            return Node::list(
                {Node::scalar(spec.form == "host" ? "h" + number + ".domain.tld" : "one" + number),
                 Node::scalar("two" + number + ".domain.tld")});
        case Kind::TextMap:
            return Node::map({{"my.key" + number, Node::scalar("value # " + number, true)}});
        case Kind::TextListMap:
            return Node::map({{"key" + number, Node::list({Node::scalar("a"), Node::scalar("b")})}});
        case Kind::Secret:
            return Node::map({{"secret", Node::scalar("secret-" + number)}});
        case Kind::Text:
        case Kind::Code:
            break;
        default:
            return {};
        }
        if (spec.form == "url")
            return scalarFor(spec, "https://h" + number + ".domain.tld/");
        if (spec.form == "host")
            return scalarFor(spec, "h" + number + ".domain.tld");
        if (spec.form == "port")
            return scalarFor(spec, number);
        if (spec.form == "bind")
            return scalarFor(spec, "127.0.0.1:" + number);
        if (spec.form == "time")
            return scalarFor(spec, "2026-01-31T12:00:00Z");
        if (spec.form == "name")
            return scalarFor(spec, "name-" + number);
        if (spec.form == "go duration")
            return scalarFor(spec, number + "m");
        static const char* texts[] = {"plain",  "yes", "0123",        "with: colon",
                                      "# hash", "ü€",  "a \"b\" 'c'", "- x"};
        return scalarFor(spec, std::string(texts[random() % 8]) + (random() % 2 == 0 ? "" : number));
    }
};

QTEST_GUILESS_MAIN(EditsTest)
#include "tst_forms_edits.moc"
