// FieldRow: one field of a form: label, editor, unit, how far the product does it, reset, help, and under it
// what is wrong with it.
#pragma once

#include <forms/fieldEditor.h>
#include <look/state.h>

class QLabel;
class QToolButton;

namespace gatehouse::forms {

class FieldRow : public QWidget {
    Q_OBJECT
public:
    FieldRow(const FieldSpec& spec, EditorContext context, QWidget* parent);

    const FieldSpec& spec() const { return spec_; }
    FieldEditor* editor() const { return editor_; }
    void show(const Node& value);
    // What compiling says about the field; empty: nothing. What typing says stands before it.
    void setProblem(look::Mood mood, const QString& text);
    void refuse(const QString& why); // the change could not be made
    void setHelpShown(bool shown);
    bool hasProblem() const { return !message_.isEmpty(); }

    static constexpr int labelWidth = 170;

signals:
    void edited(const gatehouse::forms::FieldSpec& spec, const gatehouse::Node& value);
    void resetWanted(const gatehouse::forms::FieldSpec& spec);
    void entered(const gatehouse::forms::FieldSpec& spec);

private:
    void buildMessage();
    void say();
    void changeEvent(QEvent* event) override;

    const FieldSpec& spec_;
    FieldEditor* editor_;
    QLabel *label_, *help_, *messageText_, *messageIcon_;
    QWidget* messageLine_;
    QToolButton *reset_, *ask_;
    QString typed_, compiled_, message_;
    look::Mood compiledMood_ = look::Mood::Bad;
};

} // namespace gatehouse::forms
