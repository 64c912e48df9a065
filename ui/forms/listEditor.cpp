#include <desk/text.h>

#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QToolButton>
#include <algorithm>
#include <forms/listEditor.h>
#include <forms/textEditor.h>
#include <look/state.h>
#include <look/tokens.h>

namespace gatehouse::forms {

using desk::qt;
using desk::utf8;

namespace {

constexpr int mostRows = 6;

QToolButton* button(QWidget* parent, const QString& icon, const QString& help) {
    auto* out = new QToolButton(parent);
    out->setIcon(look::icon(icon));
    out->setAutoRaise(true);
    out->setToolTip(help);
    return out;
}

} // namespace

ListEditor::ListEditor(const FieldSpec& spec, EditorContext context, QWidget* parent)
    : FieldEditor(spec, std::move(context), parent), list_(new QListWidget(this)), line_(new QLineEdit(this)),
      add_(button(this, "add", tr("Add this entry"))),
      remove_(button(this, "remove", tr("Remove the selected entry"))),
      up_(button(this, "up", tr("Move the selected entry up"))),
      down_(button(this, "down", tr("Move the selected entry down"))) {
    introduce(line_, tr("new entry"));
    introduce(list_, tr("entries"));
    introduce(add_, tr("add"));
    introduce(remove_, tr("remove"));
    introduce(up_, tr("up"));
    introduce(down_, tr("down"));
    add_->setToolTip(tr("Add this entry"));
    remove_->setToolTip(tr("Remove the selected entry"));
    up_->setToolTip(tr("Move the selected entry up"));
    down_->setToolTip(tr("Move the selected entry down"));
    if (!spec.offers.empty())
        offerTo(line_, this->context().offers);
    list_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    list_->setTabKeyNavigation(false);

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(look::spaceSmall);
    auto* side = new QVBoxLayout;
    side->setSpacing(0);
    for (QToolButton* each : {up_, down_, remove_})
        side->addWidget(each);
    side->addStretch();
    grid->addWidget(list_, 0, 0);
    grid->addLayout(side, 0, 1);
    grid->addWidget(line_, 1, 0);
    grid->addWidget(add_, 1, 1);

    // Focus comes in at the line, so what stands above it follows after it: Tab would pass it by otherwise.
    QWidget* before = line_;
    for (QWidget* each : std::initializer_list<QWidget*>{add_, list_, up_, down_, remove_}) {
        setTabOrder(before, each);
        before = each;
    }

    connect(line_, &QLineEdit::returnPressed, this, &ListEditor::add);
    connect(add_, &QToolButton::clicked, this, &ListEditor::add);
    connect(remove_, &QToolButton::clicked, this, &ListEditor::removeCurrent);
    connect(up_, &QToolButton::clicked, this, [this] { move(-1); });
    connect(down_, &QToolButton::clicked, this, [this] { move(+1); });
    connect(list_, &QListWidget::itemChanged, this, &ListEditor::tell);
    connect(list_, &QListWidget::currentRowChanged, this, &ListEditor::showButtons);
    fit();
}

void ListEditor::show(const Node& value) {
    if (value == shown_ && value.kind() == shown_.kind())
        return;
    shown_ = value;
    const QSignalBlocker quiet(list_);
    const int row = list_->currentRow();
    list_->clear();
    const auto item = [this](const Node& node) {
        auto* out = new QListWidgetItem(node.isScalar() ? qt(node.text()) : QString(), list_);
        out->setFlags(out->flags() | Qt::ItemIsEditable);
    };
    if (value.isScalar())
        item(value);
    for (const Node& each : value.items())
        if (value.isList())
            item(each);
    list_->setCurrentRow(std::min(row, list_->count() - 1));
    fit();
}

void ListEditor::flush() {
    if (!line_->text().trimmed().isEmpty())
        add();
}

void ListEditor::add() {
    const QString text = line_->text().trimmed();
    if (text.isEmpty())
        return;
    const FormFault fault = faultOf(spec(), utf8(text));
    if (!fault.expected.empty())
        return emit faulty(
            tr("%1 is expected, like %2").arg(desk::translated(fault.expected), qt(fault.example)));
    line_->clear();
    {
        const QSignalBlocker quiet(list_);
        auto* item = new QListWidgetItem(text, list_);
        item->setFlags(item->flags() | Qt::ItemIsEditable);
        list_->setCurrentRow(list_->count() - 1);
    }
    tell();
}

void ListEditor::removeCurrent() {
    delete list_->takeItem(list_->currentRow());
    tell();
}

void ListEditor::move(int by) {
    const int from = list_->currentRow(), to = from + by;
    if (from < 0 || to < 0 || to >= list_->count())
        return;
    {
        const QSignalBlocker quiet(list_);
        list_->insertItem(to, list_->takeItem(from));
        list_->setCurrentRow(to);
    }
    tell();
}

void ListEditor::tell() {
    std::vector<Node> items;
    for (int i = 0; i < list_->count(); ++i)
        if (const QString text = list_->item(i)->text(); !text.isEmpty())
            items.push_back(scalarFor(spec(), utf8(text)));
    fit();
    emit faulty({});
    emit edited(items.empty() ? Node() : Node::list(std::move(items)));
}

void ListEditor::fit() {
    const int rows = std::min(list_->count(), mostRows);
    const int row = std::max(list_->sizeHintForRow(0), list_->fontMetrics().lineSpacing() + 4);
    list_->setFixedHeight(rows * row + 2 * list_->frameWidth() + 2);
    list_->setVisible(rows > 0);
    line_->setPlaceholderText(rows > 0 ? tr("add another…") : emptyWords());
    showButtons();
}

void ListEditor::showButtons() {
    const int row = list_->currentRow(), count = list_->count();
    remove_->setVisible(count > 0);
    up_->setVisible(count > 1);
    down_->setVisible(count > 1);
    remove_->setEnabled(row >= 0);
    up_->setEnabled(row > 0);
    down_->setEnabled(row >= 0 && row + 1 < count);
}

bool ListEditor::eventFilter(QObject* watched, QEvent* event) {
    if (watched == list_ && event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace) {
            removeCurrent();
            return true;
        }
    }
    return FieldEditor::eventFilter(watched, event);
}

} // namespace gatehouse::forms
