// Every control of every page in every state: it has a name that a screen reader can read, a keyboard gets to
// it, and it says what it is for.
#include "controls.h"
#include "readable.h"
#include "scenes.h"

#include <QAction>
#include <QApplication>
#include <QButtonGroup>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QSet>
#include <QTest>
#include <cstdio>
#include <look/tokens.h>

using namespace gatehouse;
using namespace gatehouse::window::testing;

namespace {

constexpr int mostSteps = 400; // of Tab, on the largest form

// A fault once, however many scenes show it.
class Faults {
public:
    void add(const std::string& scene, const QString& what) {
        if (seen_.contains(what))
            return;
        seen_.insert(what);
        std::printf("%-24s %s\n", scene.c_str(), qPrintable(what));
    }
    qsizetype count() const { return seen_.size(); }

private:
    QSet<QString> seen_;
};

// Chromium has a keyboard of its own, which answers when it likes; the controls around it are walked where no
// page is shown.
bool isOfChromium(const QWidget* widget) {
    for (; widget != nullptr; widget = widget->parentWidget())
        if (widget->inherits("QWebEngineView"))
            return true;
    return false;
}

// Everything that Tab comes by, beginning where the focus is.
QSet<QWidget*> reached(QWidget& seen) {
    QSet<QWidget*> out;
    QWidget* last = nullptr;
    for (int step = 0; step < mostSteps; ++step) {
        QWidget* const at = seen.window()->focusWidget();
        if (at == nullptr || isOfChromium(at))
            break;
        const bool linkToLink = at == last && qobject_cast<QLabel*>(at) != nullptr;
        if (out.contains(at) && !linkToLink)
            break; // once round, or it keeps the key
        last = at;
        out.insert(at);
        if (qEnvironmentVariableIsSet("GATEHOUSE_TAB_CHAIN"))
            std::printf("    %s\n", qPrintable(place(*at)));
        QTest::keyClick(at, Qt::Key_Tab);
    }
    return out;
}

bool isReached(QWidget& control, const QSet<QWidget*>& by) {
    for (QWidget* at = &control; at != nullptr; at = at->focusProxy())
        if (by.contains(at))
            return true;
    for (QWidget* each : by) // an editable box hands its focus on to its line
        if (control.isAncestorOf(each))
            return true;
    return false;
}

// Tab stops at one button of a group that is one choice; the arrow keys lead to the others.
bool isReachedInItsGroup(const QWidget& control, const QSet<QWidget*>& by) {
    const auto* button = qobject_cast<const QAbstractButton*>(&control);
    if (button == nullptr || button->group() == nullptr || !button->group()->exclusive())
        return false;
    const auto all = button->group()->buttons();
    return std::any_of(all.begin(), all.end(), [&](QAbstractButton* each) { return isReached(*each, by); });
}

} // namespace

class TestWindowWalk : public QObject {
    Q_OBJECT

    std::unique_ptr<WholeWindow> at_;

private slots:
    void initTestCase() { at_ = std::make_unique<WholeWindow>(); }
    void cleanupTestCase() { at_.reset(); }

    void everyControlOfEveryPage() {
        Faults faults;
        int walked = 0;
        for (const Scene& scene : scenes()) {
            at_->calm();
            QWidget* const seen = scene.show(*at_);
            QVERIFY2(seen != nullptr, scene.name.c_str());
            at_->settle();
            if (qEnvironmentVariableIsSet("GATEHOUSE_TAB_CHAIN"))
                std::printf("%s\n", scene.name.c_str());
            const std::vector<QWidget*> all = controls(*seen);
            QVERIFY2(!all.empty(), scene.name.c_str());
            seen->window()->activateWindow();
            if (seen->window()->focusWidget() == nullptr || !seen->window()->focusWidget()->isVisible())
                all.front()->setFocus(Qt::TabFocusReason);
            const QSet<QWidget*> byTab = reached(*seen);
            const bool chromium = std::any_of(byTab.begin(), byTab.end(), isOfChromium) ||
                                  isOfChromium(seen->window()->focusWidget());
            const bool foreign = qobject_cast<QMessageBox*>(seen) != nullptr; // Qt's own words and order
            for (QWidget* control : controls(*seen)) {
                ++walked;
                if (spokenName(*control).trimmed().isEmpty())
                    faults.add(scene.name, place(*control) + QStringLiteral(": no accessible name"));
                if (foreign)
                    continue;
                if (control->objectName().isEmpty())
                    faults.add(scene.name,
                               place(*control) + QStringLiteral(": no object name: ") + spokenName(*control));
                if (helpOf(*control).isEmpty())
                    faults.add(scene.name,
                               place(*control) + QStringLiteral(": no tool tip: ") + spokenName(*control));
                if (!chromium && control->isEnabled() && !isInMenu(*control) && !isReached(*control, byTab) &&
                    !isReachedInItsGroup(*control, byTab))
                    faults.add(scene.name, place(*control) + QStringLiteral(": Tab does not get there: ") +
                                               spokenName(*control));
            }
        }
        std::printf("%d controls in %zu scenes\n", walked, scenes().size());
        QCOMPARE(faults.count(), 0);
    }

    void everyTextInEveryScheme() {
        Faults faults;
        for (const Scene& scene : scenes()) {
            at_->calm();
            QWidget* const seen = scene.show(*at_);
            for (const look::Scheme scheme :
                 {look::Scheme::Dark, look::Scheme::HighContrast, look::Scheme::Light}) {
                look::apply(*qobject_cast<QApplication*>(qApp), scheme);
                at_->settle();
                for (const QString& text : unreadable(*seen))
                    faults.add(scene.name, text);
            }
        }
        QCOMPARE(faults.count(), 0);
    }

    void everyCommandOfEveryMenu() {
        Faults faults;
        for (const QAction* top : at_->window().menuBar()->actions()) {
            QSet<QString> letters;
            for (const QAction* each : top->menu()->actions()) {
                if (each->isSeparator())
                    continue;
                const std::string menu = top->text().toStdString();
                if (each->statusTip().isEmpty())
                    faults.add(menu, each->text() + QStringLiteral(": no help"));
                const QString letter = QKeySequence::mnemonic(each->text()).toString();
                if (!letter.isEmpty() && letters.contains(letter))
                    faults.add(menu, each->text() + QStringLiteral(": its letter is taken"));
                letters.insert(letter);
            }
        }
        QCOMPARE(faults.count(), 0);
    }
};

int main(int argc, char** argv) {
    Surroundings surroundings;
    QApplication application(argc, argv);
    TestWindowWalk test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_window_walk.moc"
