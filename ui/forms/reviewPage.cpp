#include <desk/text.h>
#include <lab/differences.h>

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QStackedWidget>
#include <QTreeWidget>
#include <forms/catalog.h>
#include <forms/fieldEditor.h>
#include <forms/objects.h>
#include <forms/pointer.h>
#include <forms/reviewPage.h>
#include <look/tokens.h>

namespace gatehouse::forms {

using desk::qt;
using desk::translated;
using State = desk::EngineBridge::State;

namespace {

// "Client oauth2-proxy: Valid redirect URIs"
QString nameOfField(const Node& root, const std::string& path) {
    const Located at = locate(path);
    const QString object = at.object.empty() || at.type->unnamed
                               ? translated(at.type->label)
                               : FieldEditor::tr("%1 %2").arg(translated(at.type->label),
                                                              qt(titleOf(*at.type, nodeAt(root, at.object))));
    if (at.field == nullptr)
        return at.object == path ? object : object + ": " + qt(path.substr(at.object.size() + 1));
    const std::string rest = path.substr(at.object.size() + at.field->path.size());
    return object + ": " + labelOf(*at.field) + (rest.empty() ? QString() : " " + qt(rest.substr(1)));
}

} // namespace

ReviewPage::ReviewPage(desk::Desk& desk, QWidget* parent)
    : QWidget(parent), desk_(desk), title_(new QLabel(tr("Review of the changes"), this)),
      help_(new QLabel(this)), table_(new QTreeWidget(this)), empty_(new look::EmptyState(this)),
      stack_(new QStackedWidget(this)), atOnce_(new QCheckBox(tr("Apply at once while I type"), this)),
      apply_(new QPushButton(tr("Apply"), this)), close_(new QPushButton(tr("Back to the form"), this)) {
    setObjectName("forms.review");
    QFont large = title_->font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setBold(true);
    title_->setFont(large);
    help_->setWordWrap(true);
    atOnce_->setObjectName("forms.applyAtOnce");
    atOnce_->setToolTip(tr("Every change that compiles is given to the engine without asking"));
    atOnce_->setAccessibleDescription(atOnce_->toolTip());
    apply_->setObjectName("forms.apply");
    apply_->setToolTip(tr("Give the lab as it stands to the engine; sessions and connections live on"));
    apply_->setDefault(true);
    close_->setObjectName("forms.closeReview");
    close_->setToolTip(tr("Back to the form (Escape)"));
    close_->setShortcut(Qt::Key_Escape);
    buildTable();

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(look::space);
    buttons->addWidget(atOnce_);
    buttons->addStretch();
    buttons->addWidget(close_);
    buttons->addWidget(apply_);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(look::spaceLarge, look::space, look::spaceLarge, look::space);
    all->setSpacing(look::space);
    all->addWidget(title_);
    all->addWidget(help_);
    all->addWidget(stack_, 1);
    all->addLayout(buttons);

    connect(close_, &QPushButton::clicked, this, &ReviewPage::closed);
    connect(apply_, &QPushButton::clicked, this, &ReviewPage::apply);
    connect(table_, &QTreeWidget::itemActivated, this,
            [this](QTreeWidgetItem* item) { emit fieldWanted(item->data(0, Qt::UserRole).toString()); });
    connect(&desk_.workspace, &desk::Workspace::documentChanged, this, &ReviewPage::refresh);
    connect(&desk_.workspace, &desk::Workspace::compiled, this, &ReviewPage::compiled);
    connect(&desk_.engine, &desk::EngineBridge::stateChanged, this, &ReviewPage::answered);
    connect(&desk_.engine, &desk::EngineBridge::refused, this, [this](const Error& error) {
        if (asked_ == nullptr)
            return;
        asked_.reset();
        emit said(look::Mood::Bad, tr("Not applied: %1").arg(desk::words(error)), desk::advice(error));
    });
    refresh();
}

void ReviewPage::buildTable() {
    table_->setObjectName("forms.differences");
    table_->setAccessibleName(tr("Changed fields"));
    table_->setToolTip(tr("Enter goes to the field"));
    table_->setHeaderLabels({tr("Field"), tr("Runs now"), tr("Will be")});
    table_->setRootIsDecorated(false);
    table_->setAlternatingRowColors(false);
    table_->setTabKeyNavigation(false);
    table_->header()->setStretchLastSection(true);
    table_->setColumnWidth(0, 300);
    table_->setColumnWidth(1, 180);
    stack_->addWidget(empty_);
    stack_->addWidget(table_);
}

bool ReviewPage::appliesAtOnce() const {
    return atOnce_->isChecked();
}

void ReviewPage::show(const std::string& path, const std::optional<std::string>& before,
                      const std::optional<std::string>& after) {
    const Node& root = after ? desk_.workspace.document()->root() : desk_.engine.running()->document->root();
    auto* item = new QTreeWidgetItem(table_);
    const look::Token token = !before  ? look::Token::Added
                              : !after ? look::Token::Removed
                                       : look::Token::Changed;
    item->setIcon(0, look::icon(!before ? "add" : !after ? "remove" : "edit", token));
    item->setText(0, nameOfField(root, path));
    item->setText(1, before ? qt(*before) : tr("—"));
    item->setText(2, after ? qt(*after) : tr("—"));
    item->setData(0, Qt::UserRole, qt(path));
    item->setData(0, Qt::AccessibleTextRole,
                  (!before  ? tr("added: %1")
                   : !after ? tr("removed: %1")
                            : tr("changed: %1"))
                      .arg(item->text(0)));
    for (int column = 0; column < 3; ++column)
        item->setToolTip(column, column == 0 ? qt(path) : item->text(column));
}

void ReviewPage::refresh() {
    const auto& running = desk_.engine.running();
    const auto& document = desk_.workspace.document();
    table_->clear();
    changes_ = 0;
    apply_->setText(running == nullptr ? tr("Run") : tr("Apply"));
    apply_->setEnabled(document != nullptr && !desk_.workspace.hasDraft());
    if (running != nullptr && document != nullptr && running->document != nullptr) {
        const auto found = lab::differences(running->document->root(), document->root());
        changes_ = static_cast<int>(found.size());
        for (const auto& each : found)
            show(each.path, each.before, each.after);
    }
    if (running == nullptr)
        empty_->say(look::Mood::Neutral, "stop", tr("Nothing runs"), tr("Run starts the lab as it stands."));
    else if (changes_ == 0)
        empty_->say(look::Mood::Good, "good", tr("Nothing to apply"),
                    tr("What runs is the lab as it stands."));
    help_->setText(
        running == nullptr ? QString()
        : changes_ == 1
            ? tr("One field differs from what runs. Secrets are names here; their values are never shown.")
            : tr("%1 fields differ from what runs. Secrets are names here; their values are never shown.")
                  .arg(changes_));
    stack_->setCurrentWidget(changes_ > 0 ? static_cast<QWidget*>(table_) : empty_);
    emit changesCounted(changes_);
}

void ReviewPage::apply() {
    if (!desk_.workspace.isArrangementCurrent())
        desk_.workspace.compile();
    if (!desk_.workspace.isArrangementCurrent()) {
        for (const Problem& problem : desk_.workspace.problems())
            if (problem.kind == Problem::Kind::Refused)
                return emit said(look::Mood::Bad, tr("Not applied: %1").arg(desk::words(problem.error)),
                                 desk::advice(problem.error));
        return;
    }
    asked_ = desk_.workspace.arrangement();
    desk_.engine.run(asked_);
}

void ReviewPage::compiled() {
    if (appliesAtOnce() && desk_.engine.state() == State::Running && changes_ > 0 &&
        desk_.workspace.isArrangementCurrent())
        apply();
}

void ReviewPage::answered() {
    refresh();
    if (asked_ == nullptr || desk_.engine.state() != State::Running || desk_.engine.running() != asked_)
        return;
    asked_.reset();
    emit said(look::Mood::Good, tr("Applied: the engine runs the lab as it stands."), {});
}

} // namespace gatehouse::forms
