#include <desk/text.h>

#include <QGridLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTableWidget>
#include <QToolButton>
#include <algorithm>
#include <forms/catalog.h>
#include <forms/mapEditor.h>
#include <forms/pointer.h>
#include <look/state.h>
#include <look/tokens.h>

namespace gatehouse::forms {

using desk::qt;
using desk::utf8;

namespace {

constexpr int mostRows = 8;

QString textOf(const Node& node) {
    if (node.isScalar())
        return qt(node.text());
    QStringList out;
    for (const Node& item : node.items())
        if (item.isScalar())
            out.append(qt(item.text()));
    return out.join(", ");
}

} // namespace

MapEditor::MapEditor(const FieldSpec& spec, EditorContext context, QWidget* parent)
    : FieldEditor(spec, std::move(context), parent), table_(new QTableWidget(0, 2, this)),
      name_(new QLineEdit(this)), value_(new QLineEdit(this)), add_(new QToolButton(this)),
      remove_(new QToolButton(this)) {
    introduce(name_, tr("new name"));
    introduce(value_, tr("new value"));
    introduce(table_, tr("entries"));
    introduce(add_, tr("add"));
    introduce(remove_, tr("remove"));
    add_->setToolTip(tr("Add this entry"));
    remove_->setToolTip(tr("Remove the selected entry"));
    add_->setIcon(look::icon("add"));
    remove_->setIcon(look::icon("remove"));
    add_->setAutoRaise(true);
    remove_->setAutoRaise(true);
    name_->setPlaceholderText(tr("name"));
    value_->setPlaceholderText(spec.kind == Kind::TextListMap ? tr("values, with commas between")
                                                              : tr("value"));
    table_->setHorizontalHeaderLabels({tr("Name"), tr("Value")});
    table_->horizontalHeader()->setStretchLastSection(true);
    table_->verticalHeader()->hide();
    table_->setTabKeyNavigation(false);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(look::spaceSmall);
    grid->addWidget(table_, 0, 0, 1, 2);
    grid->addWidget(remove_, 0, 2, Qt::AlignTop);
    grid->addWidget(name_, 1, 0);
    grid->addWidget(value_, 1, 1);
    grid->addWidget(add_, 1, 2);
    grid->setColumnStretch(0, 2);
    grid->setColumnStretch(1, 3);

    connect(name_, &QLineEdit::returnPressed, value_, qOverload<>(&QWidget::setFocus));
    connect(value_, &QLineEdit::returnPressed, this, &MapEditor::add);
    connect(add_, &QToolButton::clicked, this, &MapEditor::add);
    connect(remove_, &QToolButton::clicked, this, &MapEditor::removeCurrent);
    connect(table_, &QTableWidget::itemChanged, this, &MapEditor::tell);
    fit();
}

bool MapEditor::hasField(std::string_view key) const {
    const ObjectType& type = *locate(const_cast<MapEditor*>(this)->context().object).type;
    return type.field(child(spec().path, key)) != nullptr;
}

void MapEditor::show(const Node& value) {
    if (value == shown_ && value.kind() == shown_.kind())
        return;
    shown_ = value;
    const QSignalBlocker quiet(table_);
    table_->setRowCount(0);
    for (const auto& [key, node] : value.entries()) {
        if (hasField(key))
            continue;
        const int row = table_->rowCount();
        table_->insertRow(row);
        table_->setItem(row, 0, new QTableWidgetItem(qt(key)));
        table_->setItem(row, 1, new QTableWidgetItem(textOf(*node)));
    }
    fit();
}

bool MapEditor::showsNothing() const {
    return table_->rowCount() == 0;
}

void MapEditor::flush() {
    if (!name_->text().trimmed().isEmpty())
        add();
}

void MapEditor::add() {
    const QString name = name_->text().trimmed();
    if (name.isEmpty())
        return;
    {
        const QSignalBlocker quiet(table_);
        const int row = table_->rowCount();
        table_->insertRow(row);
        table_->setItem(row, 0, new QTableWidgetItem(name));
        table_->setItem(row, 1, new QTableWidgetItem(value_->text()));
    }
    name_->clear();
    value_->clear();
    name_->setFocus();
    tell();
}

void MapEditor::removeCurrent() {
    if (table_->currentRow() < 0)
        return;
    {
        const QSignalBlocker quiet(table_);
        table_->removeRow(table_->currentRow());
    }
    tell();
}

Node MapEditor::valueFrom(const QString& text) const {
    if (spec().kind != Kind::TextListMap)
        return scalarFor(spec(), utf8(text));
    std::vector<Node> items;
    for (const QString& each : text.split(',', Qt::SkipEmptyParts))
        items.push_back(scalarFor(spec(), utf8(each.trimmed())));
    return Node::list(std::move(items));
}

void MapEditor::tell() {
    std::vector<std::pair<std::string, Node>> entries;
    for (const auto& [key, node] : shown_.entries())
        if (hasField(key))
            entries.emplace_back(key, *node);
    for (int row = 0; row < table_->rowCount(); ++row) {
        const std::string name = utf8(table_->item(row, 0)->text().trimmed());
        const auto same = std::ranges::find(entries, name, [](const auto& entry) { return entry.first; });
        if (name.empty())
            continue;
        Node value = valueFrom(table_->item(row, 1) == nullptr ? QString() : table_->item(row, 1)->text());
        if (same != entries.end())
            same->second = std::move(value); // a name stands once; the last one counts
        else
            entries.emplace_back(name, std::move(value));
    }
    fit();
    emit edited(entries.empty() ? Node() : Node::map(std::move(entries)));
}

void MapEditor::fit() {
    const int rows = std::min(table_->rowCount(), mostRows);
    table_->setFixedHeight(table_->horizontalHeader()->sizeHint().height() +
                           rows * table_->verticalHeader()->defaultSectionSize() + 2 * table_->frameWidth() +
                           2);
    table_->setVisible(rows > 0);
    remove_->setVisible(rows > 0);
}

bool MapEditor::eventFilter(QObject* watched, QEvent* event) {
    if (watched == table_ && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
        removeCurrent();
        return true;
    }
    return FieldEditor::eventFilter(watched, event);
}

} // namespace gatehouse::forms
