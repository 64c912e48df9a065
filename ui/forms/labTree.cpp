#include <desk/text.h>

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QSet>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>
#include <forms/labTree.h>
#include <forms/pointer.h>
#include <look/state.h>
#include <look/tokens.h>

namespace gatehouse::forms {

using desk::qt;
using desk::translated;
using desk::utf8;

namespace {

enum Role { PathRole = Qt::UserRole, SectionRole, ListRole, TitleRole };

QString keyOf(const QTreeWidgetItem* item) {
    return item->data(0, PathRole).toString() + "#" + item->data(0, SectionRole).toString();
}

void openKeys(const QTreeWidgetItem* item, QSet<QString>& out) {
    if (item->isExpanded())
        out.insert(keyOf(item));
    for (int i = 0; i < item->childCount(); ++i)
        openKeys(item->child(i), out);
}

void expand(QTreeWidgetItem* item, const QSet<QString>& keys) {
    item->setExpanded(keys.contains(keyOf(item)));
    for (int i = 0; i < item->childCount(); ++i)
        expand(item->child(i), keys);
}

QTreeWidgetItem* itemOf(QTreeWidgetItem* item, const QString& key) {
    if (keyOf(item) == key)
        return item;
    for (int i = 0; i < item->childCount(); ++i)
        if (QTreeWidgetItem* found = itemOf(item->child(i), key))
            return found;
    return nullptr;
}

QToolButton* button(QWidget* parent, const QString& name, const QString& icon, const QString& text,
                    const QString& help) {
    auto* out = new QToolButton(parent);
    out->setObjectName(name);
    out->setIcon(look::icon(icon));
    out->setText(text);
    out->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    out->setAccessibleName(text);
    out->setToolTip(help);
    out->setAutoRaise(true);
    out->setFocusPolicy(Qt::StrongFocus);
    return out;
}

} // namespace

LabTree::LabTree(desk::Desk& desk, LabEdits& edits, QWidget* parent)
    : QWidget(parent), desk_(desk), edits_(edits), tree_(new QTreeWidget(this)),
      add_(button(this, "forms.add", "add", tr("Add"), tr("Add an object to the selected list (Insert)"))),
      duplicate_(button(this, "forms.duplicate", "duplicate", tr("Duplicate"),
                        tr("Add another object like the selected one (Ctrl+D)"))),
      remove_(button(this, "forms.remove", "delete", tr("Remove"),
                     tr("Remove the selected object; undo brings it back (Delete)"))) {
    setObjectName("forms.objects");
    tree_->setObjectName("forms.tree");
    tree_->setAccessibleName(tr("Objects of the lab"));
    tree_->setToolTip(tr("Choose an object to see its form"));
    tree_->setMinimumWidth(180);
    tree_->setColumnCount(2);
    tree_->setHeaderHidden(true);
    tree_->setIndentation(14);
    tree_->header()->setStretchLastSection(false);
    tree_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    tree_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    tree_->setUniformRowHeights(true);
    tree_->setTabKeyNavigation(false);
    tree_->setContextMenuPolicy(Qt::ActionsContextMenu);

    for (QToolButton* each : {duplicate_, remove_})
        each->setToolButtonStyle(Qt::ToolButtonIconOnly);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(look::spaceSmall, 0, look::spaceSmall, look::spaceSmall);
    line->setSpacing(look::spaceSmall);
    for (QToolButton* each : {add_, duplicate_, remove_})
        line->addWidget(each);
    line->addStretch();
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(look::spaceSmall);
    all->addWidget(tree_, 1);
    all->addLayout(line);

    connect(tree_, &QTreeWidget::currentItemChanged, this, &LabTree::choose);
    connect(add_, &QToolButton::clicked, this, &LabTree::add);
    connect(duplicate_, &QToolButton::clicked, this, &LabTree::duplicate);
    connect(remove_, &QToolButton::clicked, this, &LabTree::remove);
    const auto key = [this](const QKeySequence& keys, void (LabTree::*slot)()) {
        auto* shortcut = new QShortcut(keys, tree_, nullptr, nullptr, Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, slot);
    };
    key(Qt::Key_Insert, &LabTree::add);
    key(Qt::Key_Delete, &LabTree::remove);
    key(Qt::CTRL | Qt::Key_D, &LabTree::duplicate);
}

QTreeWidgetItem* LabTree::current() const {
    return tree_->currentItem();
}

void LabTree::fill(QTreeWidgetItem* item, const LabObject& object) {
    const bool list = object.type == nullptr;
    const QString title = list || object.title.empty() ? translated(object.collection->label)
                          : object.section.empty() && !object.type->unnamed ? qt(object.title)
                                                                            : translated(object.title);
    item->setText(0, title);
    item->setData(0, PathRole, qt(object.path));
    item->setData(0, SectionRole, qt(object.section));
    item->setData(0, ListRole, list);
    item->setData(0, TitleRole, title);
    item->setToolTip(0, list ? translated(object.collection->help) : translated(object.type->help));
    if (list) {
        item->setText(1, object.inside.empty() ? QString() : QString::number(object.inside.size()));
        item->setForeground(0, look::color(look::Token::TextQuiet));
    }
    for (const LabObject& inside : object.inside)
        fill(new QTreeWidgetItem(item), inside);
}

void LabTree::refresh() {
    const bool first = tree_->topLevelItemCount() == 0;
    QSet<QString> open;
    for (int i = 0; i < tree_->topLevelItemCount(); ++i)
        openKeys(tree_->topLevelItem(i), open);
    const QString key = current() == nullptr ? QString() : keyOf(current());
    filling_ = true;
    tree_->clear();
    if (edits_.root().isMap()) {
        const LabObject lab = objectsOf(edits_.root());
        auto* top = new QTreeWidgetItem(tree_);
        LabObject alone = lab;
        alone.inside.clear();
        fill(top, alone);
        top->setText(0, tr("Lab"));
        for (const LabObject& each : lab.inside)
            fill(new QTreeWidgetItem(tree_), each);
    }
    for (int i = 0; i < tree_->topLevelItemCount(); ++i) {
        if (first)
            tree_->expandRecursively(tree_->indexFromItem(tree_->topLevelItem(i)), 3);
        else
            expand(tree_->topLevelItem(i), open);
        if (QTreeWidgetItem* found = itemOf(tree_->topLevelItem(i), key))
            tree_->setCurrentItem(found);
    }
    filling_ = false;
    if (current() == nullptr && tree_->topLevelItemCount() > 0)
        tree_->setCurrentItem(tree_->topLevelItem(0));
    showProblems();
    showButtons();
}

void LabTree::showProblems() {
    std::vector<std::pair<std::string, bool>> at;
    for (const Problem& problem : desk_.workspace.problems())
        if (problem.kind != Problem::Kind::Difference)
            at.emplace_back(problem.error.where.field, problem.kind == Problem::Kind::Refused);
    for (QTreeWidgetItemIterator each(tree_); *each != nullptr; ++each) {
        QTreeWidgetItem* item = *each;
        const std::string path = utf8(item->data(0, PathRole).toString());
        int refused = 0, warned = 0;
        for (const auto& [field, bad] : at)
            if (!path.empty() && isWithin(field, path) && item->data(0, SectionRole).toString().isEmpty())
                (bad ? refused : warned) += 1;
        const QString icon = refused > 0 ? "bad" : "warning";
        const look::Token token = refused > 0 ? look::Token::Bad : look::Token::Warning;
        item->setIcon(0, refused + warned == 0 ? QIcon() : look::icon(icon, token));
        item->setData(0, Qt::AccessibleTextRole,
                      refused + warned == 0
                          ? QVariant()
                          : QVariant(item->text(0) + ", " +
                                     (refused + warned == 1 ? tr("one problem")
                                                            : tr("%1 problems").arg(refused + warned))));
    }
}

void LabTree::select(const std::string& path, std::string_view section) {
    const Located at = locate(path);
    const std::string wanted = at.collection != nullptr ? path : at.object;
    for (int i = 0; i < tree_->topLevelItemCount(); ++i)
        if (QTreeWidgetItem* found = itemOf(tree_->topLevelItem(i), qt(wanted) + "#" + qt(section))) {
            for (QTreeWidgetItem* up = found->parent(); up != nullptr; up = up->parent())
                up->setExpanded(true);
            tree_->setCurrentItem(found);
            tree_->scrollToItem(found);
            return;
        }
}

void LabTree::choose() {
    showButtons();
    if (filling_ || current() == nullptr)
        return;
    emit chosen(utf8(current()->data(0, PathRole).toString()),
                utf8(current()->data(0, SectionRole).toString()));
}

// The list that Add adds to: the chosen one, or the one that the chosen object stands in.
const Collection* LabTree::collectionFor(const std::string& path, std::string& list) const {
    if (current() == nullptr)
        return nullptr;
    if (current()->data(0, ListRole).toBool()) {
        list = path;
        return locate(path).collection;
    }
    const QTreeWidgetItem* parent = current()->parent();
    if (parent == nullptr || !parent->data(0, ListRole).toBool())
        return nullptr;
    list = utf8(parent->data(0, PathRole).toString());
    return locate(list).collection;
}

void LabTree::add() {
    std::string list;
    const Collection* collection =
        current() == nullptr ? nullptr : collectionFor(utf8(current()->data(0, PathRole).toString()), list);
    if (collection == nullptr || !writable_)
        return;
    const auto path = edits_.add(list, *collection);
    if (!path)
        return emit failed(path.error());
    select(*path);
    emit added(*path);
}

void LabTree::duplicate() {
    if (!duplicate_->isEnabled())
        return;
    const auto path = edits_.duplicate(utf8(current()->data(0, PathRole).toString()));
    if (!path)
        return emit failed(path.error());
    select(*path);
    emit added(*path);
}

void LabTree::remove() {
    if (!remove_->isEnabled())
        return;
    const std::string path = utf8(current()->data(0, PathRole).toString());
    const QString title = current()->data(0, TitleRole).toString();
    const std::vector<Use> uses = usesOf(edits_.root(), path);
    const std::string list = parentPath(path);
    if (const auto done = edits_.remove(path); !done)
        return emit failed(done.error());
    select(list);
    emit removed(title, uses);
}

void LabTree::chooseFirst() {
    filling_ = true;
    tree_->setCurrentItem(nullptr);
    filling_ = false;
    if (tree_->topLevelItemCount() > 0)
        tree_->setCurrentItem(tree_->topLevelItem(0));
}

void LabTree::setWritable(bool writable) {
    writable_ = writable;
    showButtons();
}

void LabTree::showButtons() {
    std::string list;
    const bool any = current() != nullptr;
    const Collection* collection =
        any ? collectionFor(utf8(current()->data(0, PathRole).toString()), list) : nullptr;
    const bool item = any && !current()->data(0, ListRole).toBool() && collection != nullptr;
    add_->setEnabled(writable_ && collection != nullptr);
    duplicate_->setEnabled(writable_ && item);
    remove_->setEnabled(writable_ && item);
    add_->setText(collection == nullptr
                      ? tr("Add")
                      : tr("Add %1").arg(translated(objectType(collection->item).label).toLower()));
    add_->setAccessibleName(add_->text());
}

// Items keep the colour of their time.
void LabTree::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && tree_->topLevelItemCount() > 0)
        refresh();
}

} // namespace gatehouse::forms
