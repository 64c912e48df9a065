// Yes, no or the default; one of several words; one of several ways.
#pragma once

#include <QComboBox>
#include <forms/fieldEditor.h>

class QCheckBox;

namespace gatehouse::forms {

// A combo box that scrolling past it does not change.
class CalmComboBox : public QComboBox {
    Q_OBJECT
public:
    using QComboBox::QComboBox;

protected:
    void wheelEvent(QWheelEvent* event) override;
};

class BooleanEditor : public FieldEditor {
    Q_OBJECT
public:
    BooleanEditor(const FieldSpec& spec, EditorContext context, QWidget* parent);
    void show(const Node& value) override;

private:
    void say(Qt::CheckState state);
    QCheckBox* box_;
};

class ChoiceEditor : public FieldEditor {
    Q_OBJECT
public:
    ChoiceEditor(const FieldSpec& spec, EditorContext context, QWidget* parent);
    void show(const Node& value) override;
    void flush() override;

private:
    void told(const QString& value);
    QComboBox* box_;
    Node shown_;
};

class AlternativesEditor : public FieldEditor {
    Q_OBJECT
public:
    AlternativesEditor(const FieldSpec& spec, EditorContext context, QWidget* parent);
    void show(const Node& value) override;

private:
    void told(const std::string& way);
    QComboBox* box_;
    Node shown_;
};

} // namespace gatehouse::forms
