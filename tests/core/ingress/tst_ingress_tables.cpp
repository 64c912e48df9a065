// Every annotation and ConfigMap key that the controller's own documentation names has its row, and a row
// says enough.
#include <ingress/ingress.h>

#include <QFile>
#include <QTest>
#include <set>

using namespace gatehouse;

class tst_ingress_tables : public QObject {
    Q_OBJECT

    static std::set<std::string> documented(const char* file) {
        QFile data(QStringLiteral(GATEHOUSE_TEST_DATA "/data/") + QLatin1String(file));
        std::set<std::string> names;
        if (data.open(QIODevice::ReadOnly))
            for (const QByteArray& line : data.readAll().split('\n'))
                if (!line.trimmed().isEmpty())
                    names.insert(line.trimmed().toStdString());
        return names;
    }

    static void compare(std::span<const ingress::AnnotationRow> rows, const std::set<std::string>& names) {
        QVERIFY(names.size() > 100);
        std::set<std::string> have;
        for (const auto& row : rows)
            QVERIFY2(have.insert(std::string(row.name)).second, std::string(row.name).c_str());
        for (const std::string& name : names)
            QVERIFY2(have.contains(name), name.c_str());
        for (const std::string& name : have)
            QVERIFY2(names.contains(name), name.c_str());
    }

    static void speak(std::span<const ingress::AnnotationRow> rows) {
        static const std::set<std::string_view> types{"url",  "boolean", "list",    "text", "duration",
                                                      "size", "choice",  "integer", "code"};
        for (const auto& row : rows) {
            const std::string name(row.name);
            QVERIFY2(types.contains(row.type), name.c_str());
            QVERIFY2(row.help.ends_with('.') && !row.section.empty(), name.c_str());
            QVERIFY2(!row.whenEmpty.empty(), name.c_str());
            // What is not done as the original does it says what is missing.
            QVERIFY2((row.support == Support::Does) == row.note.empty(), name.c_str());
            QVERIFY2(row.type != "choice" || !row.choices.empty() || row.support != Support::Does,
                     name.c_str());
        }
    }

private slots:
    void everyAnnotationHasARow() { compare(ingress::annotations(), documented("annotations.txt")); }
    void everyConfigMapKeyHasARow() { compare(ingress::configMapKeys(), documented("configmap.txt")); }
    void rowsSpeak() {
        speak(ingress::annotations());
        speak(ingress::configMapKeys());
    }
    void rowsAreFoundByName() {
        for (const auto& row : ingress::annotations())
            QCOMPARE(ingress::annotation(row.name), &row);
        for (const auto& row : ingress::configMapKeys())
            QCOMPARE(ingress::configMapKey(row.name), &row);
        QCOMPARE(ingress::annotation("auth-urls"), nullptr);
        QCOMPARE(ingress::configMapKey(""), nullptr);
    }
};

QTEST_APPLESS_MAIN(tst_ingress_tables)
#include "tst_ingress_tables.moc"
