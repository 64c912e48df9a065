// Every field of every kind of object is drawn, has a name and an explanation, and is reached by keyboard.
#include "deskFixture.h"

#include <lab/templates.h>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QPlainTextEdit>
#include <forms/objectForm.h>
#include <forms/pointer.h>
#include <set>

using namespace gatehouse;
using forms::DeskFixture;
using forms::FieldSpec;

namespace {

std::string_view story() {
    return lab::templates().front().text;
}

// A lab in which every list has an entry.
QString oneOfEach() {
    QString text = desk::qt(story());
    text.replace("        groups:\n          - name: oauth2-proxy ",
                 "        roles:\n          realm: [{name: reader}]\n        clientScopes: [{name: extra, "
                 "protocolMappers: [{name: m, protocolMapper: oidc-audience-mapper}]}]\n"
                 "        groups:\n          - name: oauth2-proxy ");
    text += "configMaps: [{name: headers, data: {X-One: \"1\"}}]\n"
            "trust: [{host: server.domain.tld}]\n";
    return text;
}

bool isTouched(const QWidget* widget) {
    if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible())
        return false;
    return qobject_cast<const QAbstractButton*>(widget) != nullptr ||
           qobject_cast<const QLineEdit*>(widget) != nullptr ||
           qobject_cast<const QComboBox*>(widget) != nullptr ||
           qobject_cast<const QPlainTextEdit*>(widget) != nullptr ||
           qobject_cast<const QAbstractItemView*>(widget) != nullptr;
}

} // namespace

class DrawnTest : public QObject {
    Q_OBJECT

    std::unique_ptr<DeskFixture> at_;

    void openAll() {
        for (auto* heading : at_->panel->findChildren<QToolButton*>())
            if (heading->objectName().startsWith("heading:") && heading->isVisible() &&
                heading->arrowType() == Qt::RightArrow)
                QTest::mouseClick(heading, Qt::LeftButton);
    }

private slots:
    void init() {
        at_ = std::make_unique<DeskFixture>();
        QVERIFY(QTest::qWaitForWindowActive(at_->window.get()));
    }
    void cleanup() { at_.reset(); }

    // Each field of each kind of object has a widget with a name, help, and a way to reach it by keyboard.
    void everyFieldIsDrawn() {
        at_->open(desk::utf8(oneOfEach()));
        for (const Problem& problem : at_->desk->workspace.problems())
            if (problem.kind == Problem::Kind::Refused)
                qWarning("%s", qPrintable(desk::whole(problem.error)));
        QVERIFY(at_->desk->workspace.document() != nullptr);
        std::set<std::string> types, missing;
        const auto whole = forms::objectsOf(at_->root());
        std::vector<const forms::LabObject*> todo{&whole};
        std::size_t fields = 0;
        while (!todo.empty()) {
            const auto* object = todo.back();
            todo.pop_back();
            for (const auto& inside : object->inside)
                todo.push_back(&inside);
            if (object->type == nullptr || !object->section.empty() || !types.insert(object->type->id).second)
                continue;
            QVERIFY(at_->choose(desk::qt(object->path)));
            openAll();
            const Node& node = forms::nodeAt(at_->root(), object->path);
            for (const FieldSpec& field : object->type->fields) {
                if (!forms::applies(node, field, forms::defaultAt(*object->type, field.whenPath)))
                    continue;
                ++fields;
                auto* row = at_->row(desk::qt(field.row));
                if (row == nullptr) {
                    missing.insert(field.row);
                    continue;
                }
                QWidget* touched = row->editor()->focusProxy();
                QVERIFY2(touched != nullptr, field.row.c_str());
                QVERIFY2(!touched->accessibleName().isEmpty(), field.row.c_str());
                QVERIFY2(!touched->accessibleDescription().isEmpty(), field.row.c_str());
                QVERIFY2(!touched->toolTip().isEmpty(), field.row.c_str());
                QVERIFY2(touched->focusPolicy() & Qt::TabFocus, field.row.c_str());
            }
        }
        QVERIFY2(missing.empty(), missing.empty() ? "" : missing.begin()->c_str());
        QCOMPARE(types.size(), forms::objectTypes().size());
        QVERIFY(fields > 800);
    }

    void everythingTouchedIsNamedAndExplained() {
        at_->open(story());
        QTest::mouseClick(at_->find<QToolButton>("forms.showSource"), Qt::LeftButton);
        QStringList lacking;
        const auto look = [&] {
            for (auto* each : at_->panel->findChildren<QWidget*>())
                if (isTouched(each)) {
                    auto* accessible = QAccessible::queryAccessibleInterface(each);
                    if (accessible == nullptr || accessible->text(QAccessible::Name).isEmpty())
                        lacking.append(each->objectName() + " " + each->metaObject()->className() + ": name");
                    else if (each->toolTip().isEmpty() && each->accessibleDescription().isEmpty())
                        lacking.append(each->objectName() + " " + each->metaObject()->className() + ": help");
                    if (each->objectName().isEmpty())
                        lacking.append(accessible->text(QAccessible::Name) + ": object name");
                }
        };
        for (const char* path : {"", "/gates/0", "/providers/0/realms/0/clients/0", "/services",
                                 "/providers/0/realms/0/users/0/credentials/0", "/trust"}) {
            QVERIFY(at_->choose(path));
            look();
        }
        QTest::mouseClick(at_->find<QToolButton>("forms.showReview"), Qt::LeftButton);
        look();
        lacking.removeDuplicates();
        QVERIFY2(lacking.isEmpty(), qPrintable(lacking.join('\n')));
    }
};

QTEST_MAIN(DrawnTest)
#include "tst_forms_drawn.moc"
