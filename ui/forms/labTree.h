// LabTree: the objects of the lab on the left, with adding, duplicating and removing.
#pragma once

#include <desk/desk.h>

#include <QTreeWidget>
#include <QWidget>
#include <forms/labEdits.h>
#include <forms/objects.h>

class QToolButton;

namespace gatehouse::forms {

class LabTree : public QWidget {
    Q_OBJECT
public:
    LabTree(desk::Desk& desk, LabEdits& edits, QWidget* parent);

    void refresh();      // after the document changed
    void showProblems(); // after compiling
    // Selects the object, or the list, that this path is or is in.
    void select(const std::string& path, std::string_view section = {});
    void chooseFirst(); // another lab
    void setWritable(bool writable);
    QTreeWidget* view() const { return tree_; }

signals:
    // A list: its collection's path; `section`: a page of the object.
    void chosen(const std::string& path, const std::string& section);
    void added(const std::string& path);
    void removed(const QString& title, const std::vector<gatehouse::forms::Use>& uses);
    void failed(const gatehouse::Error& error);

public slots:
    void add();
    void duplicate();
    void remove();

protected:
    void changeEvent(QEvent* event) override;

private:
    QTreeWidgetItem* current() const;
    void fill(QTreeWidgetItem* item, const LabObject& object);
    void choose();
    const Collection* collectionFor(const std::string& path, std::string& list) const;
    void showButtons();

    desk::Desk& desk_;
    LabEdits& edits_;
    QTreeWidget* tree_;
    QToolButton *add_, *duplicate_, *remove_;
    bool writable_ = true;
    bool filling_ = false;
};

} // namespace gatehouse::forms
