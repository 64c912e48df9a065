// ObjectForm: the form of one object, whatever it is, drawn from its type's fields.
#pragma once

#include <QTimer>
#include <forms/labEdits.h>
#include <forms/section.h>
#include <string_view>

class QLabel;
class QLineEdit;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace gatehouse::forms {

class ObjectForm : public QWidget {
    Q_OBJECT
public:
    ObjectForm(desk::Desk& desk, LabEdits& edits, QWidget* parent);

    // `section`: that one alone, as a page of its own.
    void open(const std::string& object, std::string_view section = {});
    void clear();
    const std::string& object() const { return object_; }
    // The document changed under the same object.
    void refresh();
    void showProblems();
    // Opens what hides it, scrolls to it and gives it the focus.
    void focusField(const FieldSpec& spec);
    void revealField(const FieldSpec& spec); // the same without the focus
    void flush();                            // what was typed and not told yet
    const std::vector<Section*>& sections() const { return sections_; }

signals:
    void fieldEntered(const QString& path);
    void openWanted(const QString& path);

private:
    void buildHead();
    void buildSections();
    void addSection(const QString& title, std::vector<const FieldSpec*> fields, bool open);
    std::vector<const FieldSpec*> orderedFields() const;
    FieldRow* makeRow(const FieldSpec& spec, QWidget* parent);
    void change(const FieldSpec& spec, const Node& value);
    void narrow(bool byPerson);
    bool isWanted(const FieldSpec& spec) const;
    Section* sectionOf(const FieldSpec& spec) const;
    void tellHeadings();
    FieldRow* openRow(const FieldSpec& spec);

    desk::Desk& desk_;
    LabEdits& edits_;
    std::string object_;
    std::string section_;
    const ObjectType* type_ = nullptr;
    std::vector<Section*> sections_;
    QLabel *title_, *kind_, *help_, *whole_; // whole_: what is wrong with the object as such
    QLineEdit* filter_;
    QToolButton* allHelp_;
    QScrollArea* scroll_;
    QWidget* content_ = nullptr;
    QVBoxLayout* column_ = nullptr;
    QTimer filterSoon_;
};

} // namespace gatehouse::forms
