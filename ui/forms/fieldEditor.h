// FieldEditor: what a person touches of one field. It shows a value and tells of a new one; it never changes
// a document itself.
#pragma once

#include <desk/desk.h>

#include <QString>
#include <QWidget>
#include <forms/fieldSpec.h>
#include <functional>

namespace gatehouse::forms {

struct EditorContext {
    desk::Desk& desk;
    std::string object;                               // where the field's object is
    std::function<std::vector<std::string>()> offers; // what of the lab may stand here
    std::function<void(const QString& path)> open;    // another place of the lab
};

class FieldEditor : public QWidget {
    Q_OBJECT
public:
    FieldEditor(const FieldSpec& spec, EditorContext context, QWidget* parent);

    const FieldSpec& spec() const { return spec_; }
    // Does not disturb who is typing: a value that is shown already is left alone.
    virtual void show(const Node& value) = 0;
    // Nothing of the value is this field's to show: other fields of the form show all of it.
    virtual bool showsNothing() const { return false; }
    // Tells what was typed and not told yet.
    virtual void flush() {}

signals:
    void edited(const gatehouse::Node& value); // Absent: it is left out
    void faulty(const QString& why);           // typed, and not told, as it fits nowhere; empty: it fits
    void entered();

protected:
    // Name, help and a name for tests; `part` tells several widgets of one field apart.
    void introduce(QWidget* widget, const QString& part = {});
    bool eventFilter(QObject* watched, QEvent* event) override;
    QString emptyWords() const; // "default: 300" or "empty: nobody can log in"
    EditorContext& context() { return context_; }

private:
    const FieldSpec& spec_;
    EditorContext context_;
};

FieldEditor* makeEditor(const FieldSpec& spec, EditorContext context, QWidget* parent);

// Words of a row in the person's language, with its name and unit: tool tips and screen readers.
QString helpOf(const FieldSpec& spec);
QString labelOf(const FieldSpec& spec);

} // namespace gatehouse::forms
