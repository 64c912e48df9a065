// One line of text, a number, or several lines.
#pragma once

#include <QTimer>
#include <forms/fieldEditor.h>

class QLineEdit;
class QPlainTextEdit;

namespace gatehouse::forms {

class TextEditor : public FieldEditor {
    Q_OBJECT
public:
    TextEditor(const FieldSpec& spec, EditorContext context, QWidget* parent);
    void show(const Node& value) override;
    void flush() override;

private:
    void told(const QString& text);
    QLineEdit* line_;
    QTimer soon_; // a pause in typing
    Node shown_;
};

class CodeEditor : public FieldEditor {
    Q_OBJECT
public:
    CodeEditor(const FieldSpec& spec, EditorContext context, QWidget* parent);
    void show(const Node& value) override;
    void flush() override;

private:
    QPlainTextEdit* text_;
    QTimer soon_;
    Node shown_;
};

// A completer over what the lab offers, looked up anew at each focus.
void offerTo(QLineEdit* line, std::function<std::vector<std::string>()> offers);

} // namespace gatehouse::forms
