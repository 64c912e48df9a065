// A list of texts: redirect URIs, groups. One line takes a new entry; the list edits, moves and removes.
#pragma once

#include <forms/fieldEditor.h>

class QLineEdit;
class QListWidget;
class QToolButton;

namespace gatehouse::forms {

class ListEditor : public FieldEditor {
    Q_OBJECT
public:
    ListEditor(const FieldSpec& spec, EditorContext context, QWidget* parent);
    void show(const Node& value) override;
    void flush() override; // an entry that was typed and not entered yet is one

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void add();
    void removeCurrent();
    void move(int by);
    void tell();
    void fit();
    void showButtons();

    QListWidget* list_;
    QLineEdit* line_;
    QToolButton *add_, *remove_, *up_, *down_;
    Node shown_;
};

} // namespace gatehouse::forms
