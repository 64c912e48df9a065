#include <desk/text.h>

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QWheelEvent>
#include <algorithm>
#include <forms/catalog.h>
#include <forms/choiceEditors.h>
#include <forms/objects.h>
#include <forms/pointer.h>
#include <forms/textEditor.h>

namespace gatehouse::forms {

using desk::qt;
using desk::translated;
using desk::utf8;

namespace {

constexpr int narrowest = 80;

QHBoxLayout* tight(QWidget* holder) {
    auto* layout = new QHBoxLayout(holder);
    layout->setContentsMargins(0, 0, 0, 0);
    return layout;
}

QString labelOfChoice(const Choice& choice) {
    return choice.label.empty() ? qt(choice.value)
                                : FieldEditor::tr("%1 (%2)").arg(translated(choice.label), qt(choice.value));
}

} // namespace

void CalmComboBox::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

BooleanEditor::BooleanEditor(const FieldSpec& spec, EditorContext context, QWidget* parent)
    : FieldEditor(spec, std::move(context), parent), box_(new QCheckBox(this)) {
    introduce(box_);
    box_->setMinimumWidth(narrowest); // a long default may be cut: the tool tip says it all
    box_->setTristate(!spec.required);
    box_->setCheckState(Qt::PartiallyChecked);
    say(Qt::PartiallyChecked);
    auto* layout = tight(this);
    layout->addWidget(box_);
    layout->addStretch();
    connect(box_, &QCheckBox::clicked, this, [this] {
        const Qt::CheckState state = box_->checkState();
        say(state);
        emit edited(state == Qt::PartiallyChecked
                        ? Node()
                        : scalarFor(this->spec(), state == Qt::Checked ? "true" : "false"));
    });
}

void BooleanEditor::show(const Node& value) {
    const auto on = asBool(value);
    const Qt::CheckState state = !on ? Qt::PartiallyChecked : *on ? Qt::Checked : Qt::Unchecked;
    box_->setCheckState(state);
    say(state);
}

void BooleanEditor::say(Qt::CheckState state) {
    if (state == Qt::PartiallyChecked)
        box_->setText(emptyWords().isEmpty() ? tr("as by default") : emptyWords());
    else
        box_->setText(state == Qt::Checked ? tr("on") : tr("off"));
}

ChoiceEditor::ChoiceEditor(const FieldSpec& spec, EditorContext context, QWidget* parent)
    : FieldEditor(spec, std::move(context), parent), box_(new CalmComboBox(this)) {
    introduce(box_);
    box_->setFocusPolicy(Qt::StrongFocus);
    box_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box_->setMinimumContentsLength(12);
    box_->setMinimumWidth(narrowest);
    if (!spec.required)
        box_->addItem(emptyWords(), QString());
    for (const Choice& choice : spec.choices)
        box_->addItem(labelOfChoice(choice), qt(choice.value));
    // Words of one's own are typed where the table says that there are more than it lists.
    const bool labelled = std::ranges::any_of(spec.choices, [](const Choice& c) { return !c.label.empty(); });
    if (spec.otherChoices && !labelled) {
        box_->setEditable(true);
        box_->setInsertPolicy(QComboBox::NoInsert);
        introduce(box_->lineEdit(), tr("text"));
        box_->lineEdit()->setPlaceholderText(emptyWords());
        connect(box_->lineEdit(), &QLineEdit::editingFinished, this, &ChoiceEditor::flush);
    }
    tight(this)->addWidget(box_, 1);
    connect(box_, &QComboBox::activated, this, [this](int index) { told(box_->itemData(index).toString()); });
}

void ChoiceEditor::show(const Node& value) {
    if (box_->isEditable() && box_->lineEdit()->hasFocus() && value == shown_)
        return;
    shown_ = value;
    const QString text = value.isScalar() ? qt(value.text()) : QString();
    int index = box_->findData(text);
    if (index < 0 && !text.isEmpty() && !box_->isEditable()) {
        box_->addItem(text, text); // not in the list, and shown all the same
        index = box_->count() - 1;
    }
    box_->setCurrentIndex(index);
    if (box_->isEditable())
        box_->setEditText(text);
}

void ChoiceEditor::flush() {
    if (!box_->isEditable())
        return;
    const QString text = box_->currentText();
    const int index = box_->findText(text);
    told(index >= 0 ? box_->itemData(index).toString() : text);
}

void ChoiceEditor::told(const QString& value) {
    if (box_->isEditable() && box_->lineEdit()->text() != value)
        box_->setEditText(value);
    if (value == (shown_.isScalar() ? qt(shown_.text()) : QString()))
        return;
    emit edited(value.isEmpty() ? Node() : scalarFor(spec(), utf8(value)));
}

AlternativesEditor::AlternativesEditor(const FieldSpec& spec, EditorContext context, QWidget* parent)
    : FieldEditor(spec, std::move(context), parent), box_(new CalmComboBox(this)) {
    introduce(box_);
    box_->setFocusPolicy(Qt::StrongFocus);
    box_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box_->setMinimumContentsLength(12);
    box_->setMinimumWidth(narrowest);
    box_->addItem(emptyWords(), QString());
    for (const Choice& choice : spec.choices)
        box_->addItem(labelOfChoice(choice), qt(choice.value));
    tight(this)->addWidget(box_, 1);
    connect(box_, &QComboBox::activated, this,
            [this](int index) { told(utf8(box_->itemData(index).toString())); });
}

void AlternativesEditor::show(const Node& value) {
    shown_ = value;
    QString way;
    if (value.isScalar() && !value.text().empty()) {
        way = qt(value.text());
        if (box_->findData(way) < 0)
            way = "url"; // the short form
    }
    for (const Choice& choice : spec().choices)
        if (value.isMap() && !value[choice.value].isAbsent())
            way = qt(choice.value);
    box_->setCurrentIndex(std::max(0, box_->findData(way)));
}

void AlternativesEditor::told(const std::string& way) {
    if (way.empty())
        return emit edited(Node());
    const auto choice = std::ranges::find(spec().choices, way, &Choice::value);
    if (choice == spec().choices.end() || choice->label.empty())
        return emit edited(Node::scalar(way));
    if (shown_.isMap() && !shown_[way].isAbsent())
        return;
    // What the chosen way begins with, by its own row; the first that the lab offers is the likeliest.
    const ObjectType& type = *locate(context().object).type;
    const FieldSpec* inner = type.field(child(spec().path, way));
    if (inner == nullptr)
        return emit edited(Node::map({{way, Node::map({})}}));
    std::string start(inner->starts);
    const auto document = context().desk.workspace.document();
    if (document != nullptr && !inner->offers.empty())
        if (const auto offers = offersOf(document->root(), context().object, inner->offers); !offers.empty())
            start = offers.front();
    emit edited(Node::map({{way, scalarFor(*inner, start)}}));
}

} // namespace gatehouse::forms
