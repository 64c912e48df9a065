// A field that has no form of its own: whether it is there, and the way to its text.
#pragma once

#include <forms/fieldEditor.h>

class QLabel;
class QPushButton;

namespace gatehouse::forms {

class LinkEditor : public FieldEditor {
    Q_OBJECT
public:
    LinkEditor(const FieldSpec& spec, EditorContext context, QWidget* parent);
    void show(const Node& value) override;

private:
    QLabel* state_;
    QPushButton* open_;
};

} // namespace gatehouse::forms
