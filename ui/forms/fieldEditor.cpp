#include <desk/text.h>

#include <QKeyEvent>
#include <forms/choiceEditors.h>
#include <forms/fieldEditor.h>
#include <forms/linkEditor.h>
#include <forms/listEditor.h>
#include <forms/mapEditor.h>
#include <forms/secretEditor.h>
#include <forms/textEditor.h>

namespace gatehouse::forms {

using desk::qt;
using desk::translated;

FieldEditor::FieldEditor(const FieldSpec& spec, EditorContext context, QWidget* parent)
    : QWidget(parent), spec_(spec), context_(std::move(context)) {
    setObjectName("editor:" + qt(spec.row));
}

void FieldEditor::introduce(QWidget* widget, const QString& part) {
    widget->setObjectName("field:" + qt(spec_.row) + (part.isEmpty() ? QString() : ":" + part));
    widget->setAccessibleName(part.isEmpty() ? labelOf(spec_) : labelOf(spec_) + ", " + part);
    widget->setAccessibleDescription(helpOf(spec_));
    widget->setToolTip(helpOf(spec_));
    widget->installEventFilter(this);
    if (focusProxy() == nullptr)
        setFocusProxy(widget);
}

// Undo is the lab's: what a line of text remembers itself would be a second history.
bool FieldEditor::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn)
        emit entered();
    if (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        const bool undo = key->matches(QKeySequence::Undo), redo = key->matches(QKeySequence::Redo);
        if (undo || redo) {
            event->accept();
            if (event->type() == QEvent::KeyPress) {
                flush();
                undo ? context_.desk.workspace.undo() : context_.desk.workspace.redo();
            }
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

QString FieldEditor::emptyWords() const {
    if (!spec_.byDefault.empty())
        return tr("default: %1").arg(qt(spec_.byDefault));
    if (!spec_.whenEmpty.empty())
        return tr("empty: %1").arg(translated(spec_.whenEmpty));
    return spec_.required ? tr("must be given") : QString();
}

QString labelOf(const FieldSpec& spec) {
    if (spec.repeated)
        return FieldEditor::tr("%1 (%2)").arg(translated(spec.label), qt(spec.name));
    return spec.vocabulary ? qt(spec.label) : translated(spec.label);
}

QString helpOf(const FieldSpec& spec) {
    QString out = translated(spec.help);
    if (!out.isEmpty())
        out[0] = out[0].toUpper();
    if (!out.endsWith('.'))
        out += '.';
    if (!spec.unit.empty())
        out += " " + FieldEditor::tr("Unit: %1.").arg(translated(spec.unit));
    if (!spec.byDefault.empty())
        out += " " + FieldEditor::tr("Default: %1.").arg(qt(spec.byDefault));
    if (!spec.whenEmpty.empty() && spec.whenEmpty != spec.byDefault)
        out += " " + FieldEditor::tr("Empty means: %1.").arg(translated(spec.whenEmpty));
    if (spec.required)
        out += " " + FieldEditor::tr("It must be given.");
    if (!spec.note.empty())
        out += " " + (spec.support == Support::NotYet ? FieldEditor::tr("Not done yet: %1.")
                                                      : FieldEditor::tr("Partly done: %1."))
                         .arg(translated(spec.note));
    return out.replace("..", ".");
}

FieldEditor* makeEditor(const FieldSpec& spec, EditorContext context, QWidget* parent) {
    switch (spec.kind) {
    case Kind::Boolean:
        return new BooleanEditor(spec, std::move(context), parent);
    case Kind::Choice:
        return new ChoiceEditor(spec, std::move(context), parent);
    case Kind::Alternatives:
        return new AlternativesEditor(spec, std::move(context), parent);
    case Kind::TextList:
        return new ListEditor(spec, std::move(context), parent);
    case Kind::TextMap:
    case Kind::TextListMap:
        return new MapEditor(spec, std::move(context), parent);
    case Kind::Secret:
        return new SecretEditor(spec, std::move(context), parent);
    case Kind::Code:
        return new CodeEditor(spec, std::move(context), parent);
    case Kind::Objects:
    case Kind::Source:
        return new LinkEditor(spec, std::move(context), parent);
    case Kind::Text:
    case Kind::Integer:
        break;
    }
    return new TextEditor(spec, std::move(context), parent);
}

} // namespace gatehouse::forms
