// The whole window in a made-up language at 1280×720: nothing on it that could not be translated, nothing
// cut.
#include "controls.h"
#include "pseudoLocale.h"
#include "scenes.h"
#include "shownTexts.h"

#include <desk/text.h>

#include <QApplication>
#include <QDir>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <cstdio>

using namespace gatehouse;
using namespace gatehouse::window::testing;

namespace {

const QRegularExpression& word() {
    static const QRegularExpression words(QStringLiteral("[\\p{L}][\\p{L}\\p{N}_-]*"));
    return words;
}

// Words of the lab, its manifests and what went over the wire: they stand on the screen as they are.
class DataWords {
public:
    void add(const QString& text) {
        for (auto each = word().globalMatch(text); each.hasNext();)
            words_.insert(each.next().captured());
    }
    void addLab(const QString& text) {
        static const QRegularExpression comment(QStringLiteral("(^|\\s)#[^\\n]*"));
        add(QString(text).remove(comment));
    }
    // The first word that is none of them.
    QString strangerIn(const QString& raw) const {
        static const QRegularExpression tag(QStringLiteral("<[^>]*>"));
        for (auto each = word().globalMatch(QString(raw).remove(tag)); each.hasNext();)
            if (const QString found = each.next().captured(); !words_.contains(found))
                return found;
        return {};
    }

private:
    QSet<QString> words_;
};

// A form's row is named after its field, whose name is the original's.
QString fieldOf(const QWidget& widget) {
    QString out;
    for (const QWidget* up = &widget; up != nullptr; up = up->parentWidget())
        out += up->objectName() + u' ';
    return out;
}

// Names of products, protocols and files, of keys and units, and texts of the originals that nobody
// translates.
constexpr const char* names =
    "app domain tld Gatehouse gatehouse yaml Kubernetes Keycloak HAR cURL QR TOTP JWT B KiB MiB "
    "ms s GET POST HTTP Ctrl Shift Alt Return "
    "Enter F1 F5 F12 Del Insert Delete Left Right Home End Space D F P O S Q N Z U "
    "C L R nbsp https http proxy amp";

} // namespace

class TestWindowPseudo : public QObject {
    Q_OBJECT

    PseudoLocale locale_;
    std::unique_ptr<WholeWindow> at_;
    QSet<QString> seen_;
    DataWords data_;

    void fault(const std::string& scene, const QString& what) {
        if (seen_.contains(what))
            return;
        seen_.insert(what);
        std::printf("%-24s %s\n", scene.c_str(), qPrintable(what));
    }
    void gatherData() {
        data_.add(QString::fromLatin1(names));
        data_.addLab(at_->desk().workspace.text());
        for (const auto& one : storyAtFixedTimes()) {
            data_.add(desk::qt(one->target + ' ' + one->authority + ' ' + one->method + ' ' + one->peer));
            for (const std::string_view head : {one->client.request.head, one->client.response.head})
                data_.add(desk::qt(head));
        }
        for (const auto& listener : at_->desk().engine.listening().listeners)
            data_.add(desk::qt(listener.name));
        data_.add(desk::qt(at_->desk().engine.lastError().technical)); // the system's own words
        data_.add(rawPartOf(at_->desk().vault.whyNotKeyring()));
        data_.add(at_->desk().workspace.title());
        data_.add(at_->desk().workspace.file());
    }
    void look(const std::string& scene, QWidget& seen) {
        for (const ShownText& text : shownTexts(seen))
            if (const QString stranger = data_.strangerIn(rawPartOf(text.text));
                !stranger.isEmpty() && !fieldOf(*text.on).contains(stranger))
                fault(scene, QStringLiteral("%1: raw %2, “%3”: %4")
                                 .arg(place(*text.on), text.where, stranger, text.text.left(120)));
        for (const QWidget* each : seen.findChildren<QWidget*>())
            if (each->isVisible() && each->window() == seen.window())
                if (const QString cut = cutAt(*each); !cut.isEmpty())
                    fault(scene,
                          QStringLiteral("%1: cut: %2: %3")
                              .arg(place(*each), cut, spokenName(*const_cast<QWidget*>(each)).left(60)));
    }

private slots:
    void initTestCase() {
        QVERIFY(QCoreApplication::installTranslator(&locale_));
        at_ = std::make_unique<WholeWindow>();
    }
    void cleanupTestCase() { at_.reset(); }

    void theMadeUpLanguageLeavesAloneWhatItMust() {
        QCOMPARE(pseudo(QStringLiteral("Ctrl+Shift+L")), QStringLiteral("Ctrl+Shift+L"));
        QCOMPARE(pseudo(QStringLiteral("&Open %1")), QStringLiteral("⟦&Opéñ %1·⟧"));
        QCOMPARE(rawPartOf(QStringLiteral("a ⟦b ⟦c⟧⟧ d")), QStringLiteral("a  d"));
    }

    void everyPage() {
        for (const Scene& scene : scenes()) {
            at_->calm();
            QWidget* const seen = scene.show(*at_);
            QVERIFY2(seen != nullptr, scene.name.c_str());
            at_->settle();
            gatherData();
            look(scene.name, *seen);
            if (const QString folder = qEnvironmentVariable("GATEHOUSE_PICTURES"); !folder.isEmpty())
                seen->grab().save(QDir(folder).filePath(QString::fromStdString(scene.name) + "-pseudo.png"));
        }
        QCOMPARE(seen_.size(), 0);
    }
};

int main(int argc, char** argv) {
    Surroundings surroundings;
    QApplication application(argc, argv);
    TestWindowPseudo test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_window_pseudo.moc"
