#include <desk/text.h>

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <forms/linkEditor.h>
#include <look/tokens.h>

namespace gatehouse::forms {

LinkEditor::LinkEditor(const FieldSpec& spec, EditorContext context, QWidget* parent)
    : FieldEditor(spec, std::move(context), parent), state_(new QLabel(this)),
      open_(new QPushButton(tr("Edit in the source"), this)) {
    introduce(open_);
    auto* layout = new QVBoxLayout(this); // the form may stand beside the text
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(look::spaceSmall);
    layout->addWidget(open_, 0, Qt::AlignLeft);
    layout->addWidget(state_);
    state_->setWordWrap(true);
    state_->setMinimumWidth(40);
    state_->setText(emptyWords());
    connect(open_, &QPushButton::clicked, this,
            [this] { this->context().open(desk::qt(this->context().object + this->spec().path)); });
}

void LinkEditor::show(const Node& value) {
    if (value.isAbsent())
        state_->setText(emptyWords());
    else
        state_->setText(value.isScalar() ? tr("given")
                                         : tr("%n entries", nullptr, static_cast<int>(value.size())));
}

} // namespace gatehouse::forms
