#include <desk/text.h>

#include <QCompleter>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStringListModel>
#include <QVBoxLayout>
#include <forms/textEditor.h>

namespace gatehouse::forms {

using desk::qt;
using desk::utf8;

namespace {

constexpr auto pause = std::chrono::milliseconds(250);

QString textOf(const Node& node) {
    return node.isScalar() ? qt(node.text()) : QString();
}

QVBoxLayout* tight(QWidget* holder) {
    auto* layout = new QVBoxLayout(holder);
    layout->setContentsMargins(0, 0, 0, 0);
    return layout;
}

// Fills its list when the line is entered: what the lab offers changes while one works on it.
class Offers : public QCompleter {
public:
    Offers(QLineEdit* line, std::function<std::vector<std::string>()> look)
        : QCompleter(line), names_(new QStringListModel(this)), look_(std::move(look)) {
        setModel(names_);
        setCaseSensitivity(Qt::CaseInsensitive);
        setFilterMode(Qt::MatchContains);
        line->setCompleter(this);
        line->installEventFilter(this);
    }
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::FocusIn) {
            QStringList names;
            for (const std::string& each : look_())
                names.append(qt(each));
            names_->setStringList(names);
        }
        return QCompleter::eventFilter(watched, event);
    }

private:
    QStringListModel* names_;
    std::function<std::vector<std::string>()> look_;
};

} // namespace

void offerTo(QLineEdit* line, std::function<std::vector<std::string>()> offers) {
    new Offers(line, std::move(offers));
}

TextEditor::TextEditor(const FieldSpec& spec, EditorContext context, QWidget* parent)
    : FieldEditor(spec, std::move(context), parent), line_(new QLineEdit(this)) {
    introduce(line_);
    line_->setPlaceholderText(emptyWords());
    if (!spec.offers.empty())
        offerTo(line_, this->context().offers);
    tight(this)->addWidget(line_);
    soon_.setSingleShot(true);
    soon_.setInterval(pause);
    connect(&soon_, &QTimer::timeout, this, &TextEditor::flush);
    connect(line_, &QLineEdit::textEdited, this, [this] { soon_.start(); });
    connect(line_, &QLineEdit::editingFinished, this, &TextEditor::flush);
}

void TextEditor::show(const Node& value) {
    if (value == shown_ && value.kind() == shown_.kind() && (soon_.isActive() || !line_->text().isEmpty()))
        return;
    shown_ = value;
    if (soon_.isActive() && line_->hasFocus())
        return;
    if (line_->text() != textOf(value))
        line_->setText(textOf(value));
    emit faulty({});
}

void TextEditor::flush() {
    soon_.stop();
    if (line_->text() != textOf(shown_) || shown_.isList() || shown_.isMap())
        told(line_->text());
    else
        emit faulty({});
}

void TextEditor::told(const QString& text) {
    if (text.isEmpty()) {
        emit faulty(spec().required ? tr("It must be given.") : QString());
        if (!spec().required && !shown_.isAbsent())
            emit edited(Node());
        return;
    }
    const FormFault fault = faultOf(spec(), utf8(text));
    if (!fault.expected.empty()) {
        emit faulty(tr("%1 is expected, like %2").arg(desk::translated(fault.expected), qt(fault.example)));
        return;
    }
    emit faulty({});
    emit edited(scalarFor(spec(), utf8(text)));
}

CodeEditor::CodeEditor(const FieldSpec& spec, EditorContext context, QWidget* parent)
    : FieldEditor(spec, std::move(context), parent), text_(new QPlainTextEdit(this)) {
    introduce(text_);
    text_->setPlaceholderText(emptyWords());
    text_->setTabChangesFocus(true);
    text_->setUndoRedoEnabled(false);
    text_->setFixedHeight(text_->fontMetrics().lineSpacing() * 4 + 12);
    tight(this)->addWidget(text_);
    soon_.setSingleShot(true);
    soon_.setInterval(pause);
    connect(&soon_, &QTimer::timeout, this, &CodeEditor::flush);
    connect(text_, &QPlainTextEdit::textChanged, this, [this] {
        if (text_->toPlainText() != textOf(shown_))
            soon_.start();
    });
}

void CodeEditor::show(const Node& value) {
    if (soon_.isActive() && text_->hasFocus())
        return;
    shown_ = value;
    if (text_->toPlainText() != textOf(value))
        text_->setPlainText(textOf(value));
}

void CodeEditor::flush() {
    soon_.stop();
    const QString text = text_->toPlainText();
    if (text == textOf(shown_))
        return;
    emit edited(text.isEmpty() ? Node() : scalarFor(spec(), utf8(text)));
}

} // namespace gatehouse::forms
