#include <desk/text.h>

#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <forms/listPage.h>
#include <forms/objects.h>
#include <forms/pointer.h>
#include <look/tokens.h>

namespace gatehouse::forms {

using desk::qt;
using desk::translated;

ListPage::ListPage(LabEdits& edits, QWidget* parent)
    : QWidget(parent), edits_(edits), title_(new QLabel(this)), help_(new QLabel(this)),
      stack_(new QStackedWidget(this)), items_(new QListWidget(this)), empty_(new look::EmptyState(this)) {
    setObjectName("forms.list");
    QFont large = title_->font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setBold(true);
    title_->setFont(large);
    title_->setObjectName("forms.listTitle");
    help_->setWordWrap(true);
    items_->setObjectName("forms.listItems");
    items_->setFrameShape(QFrame::NoFrame);
    stack_->addWidget(empty_);
    stack_->addWidget(items_);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(look::spaceLarge, look::space, look::space, 0);
    all->setSpacing(look::spaceSmall);
    all->addWidget(title_);
    all->addWidget(help_);
    all->addWidget(stack_, 1);
    connect(items_, &QListWidget::itemActivated, this,
            [this](QListWidgetItem* item) { emit openWanted(item->data(Qt::UserRole).toString()); });
}

void ListPage::open(const std::string& list) {
    list_ = list;
    refresh();
}

void ListPage::refresh() {
    const Located at = locate(list_);
    if (at.collection == nullptr)
        return;
    const ObjectType& type = objectType(at.collection->item);
    title_->setText(translated(at.collection->label));
    QString help = translated(at.collection->help);
    if (!help.isEmpty())
        help[0] = help[0].toUpper();
    help_->setText(help + ".");
    help_->setForegroundRole(QPalette::PlaceholderText);
    items_->setAccessibleName(title_->text());
    items_->setToolTip(tr("Enter opens the form"));
    items_->clear();
    const Node& items = edits_.object(list_);
    for (std::size_t i = 0; items.isList() && i < items.size(); ++i) {
        auto* item = new QListWidgetItem(qt(titleOf(type, items.items()[i])), items_);
        item->setData(Qt::UserRole, qt(child(list_, i)));
    }
    if (items_->count() == 0) {
        empty_->clearButtons();
        const QString meaning = at.collection->whenEmpty.empty()
                                    ? QString()
                                    : tr("Left empty: %1.").arg(translated(at.collection->whenEmpty));
        empty_->say(look::Mood::Neutral, "setup", tr("None yet"), meaning);
        QPushButton* add =
            empty_->addButton(tr("Add %1").arg(translated(type.label).toLower()), "forms.addFirst");
        add->setToolTip(meaning.isEmpty() ? help : meaning);
        add->setEnabled(edits_.isWritable());
        connect(add, &QPushButton::clicked, this, &ListPage::addWanted);
    }
    stack_->setCurrentWidget(items_->count() == 0 ? static_cast<QWidget*>(empty_) : items_);
}

} // namespace gatehouse::forms
