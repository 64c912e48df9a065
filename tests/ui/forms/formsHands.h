// Hands for the panel of forms, wherever it stands: keys and clicks only.
#pragma once

#include <desk/desk.h>
#include <desk/text.h>

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <forms/fieldRow.h>
#include <forms/formsPanel.h>
#include <forms/labTree.h>

namespace gatehouse::forms {

class FormsHands {
public:
    FormsHands() = default;
    FormsHands(desk::Desk& desk, FormsPanel& of) : panel(&of), workspace_(&desk.workspace) {}

    QString text() const { return workspace_->text(); }
    const Node& root() const { return workspace_->document()->root(); }

    template <class T>
    T* find(const QString& name) const {
        return panel->findChild<T*>(name);
    }
    QTreeWidget* tree() const { return find<QTreeWidget>("forms.tree"); }

    // By the tree, with the keyboard: from the first entry down to that of this path.
    bool choose(const QString& path, const QString& section = {}) {
        for (QTreeWidgetItemIterator each(tree()); *each != nullptr; ++each)
            if ((*each)->data(0, Qt::UserRole).toString() == path &&
                (*each)->data(0, Qt::UserRole + 1).toString() == section) {
                for (QTreeWidgetItem* up = (*each)->parent(); up != nullptr; up = up->parent())
                    up->setExpanded(true);
                tree()->scrollToItem(*each);
                const QRect place = tree()->visualItemRect(*each);
                QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {}, place.center());
                return tree()->currentItem() == *each;
            }
        return false;
    }

    // Adds to the list by the tree's key, which leaves the new object's form open.
    bool add(const QString& list) {
        if (!choose(list))
            return false;
        QTest::keyClick(tree(), Qt::Key_Insert);
        return tree()->currentItem() != nullptr &&
               tree()->currentItem()->data(0, Qt::UserRole).toString().startsWith(list + "/");
    }

    // The row of the open form; its section is opened by its heading where it is closed.
    FieldRow* row(const QString& id) const {
        if (auto* known = visible(id))
            return known;
        for (auto* heading : panel->findChildren<QToolButton*>())
            if (heading->objectName().startsWith("heading:") && heading->isVisible() &&
                heading->arrowType() == Qt::RightArrow) {
                QTest::keyClick(heading, Qt::Key_Space);
                if (auto* found = visible(id))
                    return found;
            }
        return nullptr;
    }

    // Types over what a line holds, and leaves it.
    bool type(const QString& id, const QString& text) {
        FieldRow* at = row(id);
        auto* line = at == nullptr ? nullptr : qobject_cast<QLineEdit*>(at->editor()->focusProxy());
        if (auto* box = at == nullptr ? nullptr : at->findChild<QComboBox*>("field:" + id);
            line == nullptr && box != nullptr && box->isEditable())
            line = box->lineEdit();
        if (line == nullptr)
            return false;
        line->setFocus();
        QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(line, Qt::Key_Delete);
        QTest::keyClicks(line, text);
        QTest::keyClick(line, Qt::Key_Return);
        return true;
    }

    // Adds an entry to a list.
    bool enter(const QString& id, const QString& text) {
        if (row(id) == nullptr)
            return false;
        auto* line = row(id)->findChild<QLineEdit*>("field:" + id + ":new entry");
        if (line == nullptr)
            return false;
        line->setFocus();
        QTest::keyClicks(line, text);
        QTest::keyClick(line, Qt::Key_Return);
        return true;
    }

    // With the arrow keys, down from the top.
    bool pick(const QString& id, const QString& value) {
        auto* box = row(id) == nullptr ? nullptr : row(id)->findChild<QComboBox*>("field:" + id);
        if (box == nullptr || box->findData(value) < 0)
            return false;
        box->setFocus();
        while (box->currentIndex() > box->findData(value) && box->currentIndex() > 0)
            QTest::keyClick(box, Qt::Key_Up);
        while (box->currentIndex() < box->findData(value))
            QTest::keyClick(box, Qt::Key_Down);
        return true;
    }

    // Space until it is so.
    bool check(const QString& id, Qt::CheckState state) {
        auto* box = row(id) == nullptr ? nullptr : row(id)->findChild<QCheckBox*>("field:" + id);
        if (box == nullptr)
            return false;
        box->setFocus();
        for (int i = 0; i < 3 && box->checkState() != state; ++i)
            QTest::keyClick(box, Qt::Key_Space);
        return box->checkState() == state;
    }

    FormsPanel* panel = nullptr;

protected:
    desk::Workspace* workspace_ = nullptr;

private:
    FieldRow* visible(const QString& id) const {
        for (auto* each : panel->findChildren<FieldRow*>("row:" + id))
            if (each->isVisible())
                return each;
        return nullptr;
    }
};

} // namespace gatehouse::forms
