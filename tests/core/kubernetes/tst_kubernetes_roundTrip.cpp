// The promise: import(export(lab)) is the lab, in every field of lab::fields().
#include "labGenerator.h"
#include "sameLab.h"

#include <lab/templates.h>

#include <QtTest>

namespace gatehouse::kubernetes::test {

namespace {

lab::Document parsed(const std::string& text, const std::string& file) {
    auto checked = lab::Document::parse(text, file);
    std::string problems;
    for (const Problem& problem : checked.problems)
        if (problem.kind == Problem::Kind::Refused)
            problems += describe(problem.error) + "\n";
    if (!checked.value)
        qFatal("%s\n%s", problems.c_str(), text.c_str());
    return std::move(*checked.value);
}

std::string told(const std::vector<Problem>& problems) {
    std::string out;
    for (const Problem& problem : problems)
        out += describe(problem.error) + "\n";
    return out;
}

std::vector<SourceFile> sources(const std::vector<ManifestFile>& files) {
    std::vector<SourceFile> out;
    for (const ManifestFile& file : files)
        out.push_back({file.name, file.text});
    return out;
}

// Empty when the lab came back.
std::string roundTrip(const lab::Document& document, const ExportOptions& options,
                      const crypto::SecretSource* secrets = nullptr) {
    const auto written = write(document, secrets, options);
    if (!written.value)
        return "not written:\n" + told(written.problems);
    const auto read = kubernetes::read(sources(*written.value), "other");
    if (!read.value)
        return "not read:\n" + told(read.problems);
    for (const Problem& problem : read.problems)
        if (problem.kind == Problem::Kind::Warning &&
            problem.error.what->code.find("unquoted") == std::string::npos &&
            problem.error.where.file != "gatehouse.yaml" && problem.error.what->code != "unknown-key" &&
            problem.error.what->code != "built-in-scopes")
            return "reading warns: " + describe(problem.error);
    return differences(document, parsed(read.value->text, "again.gatehouse.yaml"));
}

} // namespace

class tst_kubernetes_roundTrip : public QObject {
    Q_OBJECT

private slots:
    void templates_data() {
        QTest::addColumn<QByteArray>("text");
        for (const lab::Template& each : lab::templates())
            QTest::newRow(std::string(each.name).c_str())
                << QByteArray(each.text.data(), static_cast<qsizetype>(each.text.size()));
        const std::string protect =
            lab::protectTemplate(*http::parseUrl("http://127.0.0.1:3000"), "app.example.test");
        QTest::newRow("protect") << QByteArray::fromStdString(protect);
    }
    void templates() {
        QFETCH(QByteArray, text);
        const lab::Document document = parsed(text.toStdString(), "story.gatehouse.yaml");
        for (const bool whoami : {true, false}) {
            ExportOptions options;
            options.whoami = whoami;
            const std::string different = roundTrip(document, options);
            QVERIFY2(different.empty(), different.c_str());
        }
    }

    void generated() {
        std::set<std::string> seen;
        for (unsigned seed = 1; seed <= 500; ++seed) {
            LabGenerator generator(seed);
            const std::string text = lab::writeYaml(generator.lab());
            const lab::Document document = parsed(text, "generated.gatehouse.yaml");
            generator.paths(document.root(), seen);
            ExportOptions options;
            options.whoami = seed % 3 != 0;
            const std::string different = roundTrip(document, options);
            QVERIFY2(different.empty(),
                     ("seed " + std::to_string(seed) + ": " + different + "\n" + text).c_str());
        }
        for (const lab::LabFieldRow& row : lab::fields())
            if (row.support == Support::Does)
                QVERIFY2(seen.contains(std::string(row.path)),
                         (std::string(row.path) + " was never written").c_str());
    }

    void theSameBytes() {
        LabGenerator generator(7);
        const lab::Document document = parsed(lab::writeYaml(generator.lab()), "a.gatehouse.yaml");
        const auto one = write(document, nullptr, {}), two = write(document, nullptr, {});
        QVERIFY(one.value && two.value);
        QCOMPARE(one.value->size(), two.value->size());
        for (std::size_t i = 0; i < one.value->size(); ++i)
            QCOMPARE(QString::fromStdString(one.value->at(i).text),
                     QString::fromStdString(two.value->at(i).text));
    }

    void aDifferenceIsSeen() { // the comparison can fail
        const lab::Template& story = lab::templates().front();
        const lab::Document document = parsed(std::string(story.text), "story.gatehouse.yaml");
        for (const char* path : {"/gates/0/options/scope", "/ingresses/0/rules/0/host", "/rehearsals/0/as",
                                 "/providers/0/realms/0/clients/0/clientId", "/listeners/0/public"}) {
            const bool port = std::string_view(path).ends_with("public");
            const auto other = document.with(path, Node::scalar(port ? "444" : "other"));
            QVERIFY2(other.has_value(), path);
            QVERIFY2(!differences(document, *other).empty(), path);
        }
    }
};

} // namespace gatehouse::kubernetes::test

QTEST_APPLESS_MAIN(gatehouse::kubernetes::test::tst_kubernetes_roundTrip)
#include "tst_kubernetes_roundTrip.moc"
