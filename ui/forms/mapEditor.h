// A table of names and values: config, attributes, entries of a ConfigMap. Names that have fields of their
// own in the form are not repeated here.
#pragma once

#include <forms/fieldEditor.h>

class QLineEdit;
class QTableWidget;
class QToolButton;

namespace gatehouse::forms {

class MapEditor : public FieldEditor {
    Q_OBJECT
public:
    MapEditor(const FieldSpec& spec, EditorContext context, QWidget* parent);
    void show(const Node& value) override;
    bool showsNothing() const override;
    void flush() override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void add();
    void removeCurrent();
    void tell();
    void fit();
    bool hasField(std::string_view key) const;
    Node valueFrom(const QString& text) const;

    QTableWidget* table_;
    QLineEdit *name_, *value_;
    QToolButton *add_, *remove_;
    Node shown_;
};

} // namespace gatehouse::forms
