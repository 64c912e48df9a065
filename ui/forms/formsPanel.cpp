#include <desk/text.h>

#include <QHBoxLayout>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <algorithm>
#include <forms/formsPanel.h>
#include <forms/labTree.h>
#include <forms/listPage.h>
#include <forms/objectForm.h>
#include <forms/pointer.h>
#include <forms/previewPage.h>
#include <forms/reviewPage.h>
#include <forms/settingSearch.h>
#include <forms/sourceView.h>
#include <look/tokens.h>

namespace gatehouse::forms {

using desk::qt;
using desk::utf8;

namespace {

QToolButton* toggle(QWidget* parent, const QString& name, const QString& icon, const QString& text) {
    auto* out = new QToolButton(parent);
    out->setObjectName(name);
    out->setIcon(look::icon(icon));
    out->setText(text);
    out->setAccessibleName(text);
    out->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    out->setAutoRaise(true);
    out->setFocusPolicy(Qt::StrongFocus);
    return out;
}

} // namespace

FormsPanel::FormsPanel(desk::Desk& desk, look::Actions& actions, QWidget* parent)
    : QWidget(parent), desk_(desk), edits_(desk.workspace), tree_(new LabTree(desk, edits_, this)),
      search_(new SettingSearch(edits_, this)),
      source_(toggle(this, "forms.showSource", "source", tr("Source"))),
      review_(toggle(this, "forms.showReview", "review", tr("Review changes"))),
      bar_(new look::MessageBar(this)), draftBar_(new look::MessageBar(this)), tabs_(new QTabBar(this)),
      pages_(new QStackedWidget(this)), whole_(new QStackedWidget(this)),
      form_(new ObjectForm(desk, edits_, this)), list_(new ListPage(edits_, this)),
      preview_(new PreviewPage(desk, this)), reviewPage_(new ReviewPage(desk, this)),
      text_(new SourceView(desk, this)), splitter_(new QSplitter(this)), empty_(new look::EmptyState(this)) {
    setObjectName("forms");
    buildHead();
    buildCentre();
    addActions(actions);
    listen();
    documentChanged();
    compiled();
}

FormsPanel::~FormsPanel() {
    form_->flush();
}

void FormsPanel::buildHead() {
    source_->setCheckable(true);
    source_->setToolTip(tr("Show the lab's text beside the form"));
    review_->setToolTip(tr("See what differs from what runs, and apply it"));
    search_->setMaximumWidth(360);
    tabs_->setObjectName("forms.tabs");
    tabs_->setAccessibleName(tr("Settings or token preview"));
    tabs_->setToolTip(tr("The settings, or the tokens that come of them"));
    tabs_->addTab(tr("Settings"));
    tabs_->addTab(tr("Token preview"));
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    bar_->setObjectName("forms.bar");
    draftBar_->setObjectName("forms.draftBar");
    bar_->quiet();
    draftBar_->quiet();
}

void FormsPanel::buildCentre() {
    pages_->addWidget(form_);
    pages_->addWidget(list_);
    pages_->addWidget(preview_);
    pages_->addWidget(reviewPage_);
    auto* centre = new QWidget(this);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(draftBar_);
    column->addWidget(bar_);
    column->addWidget(tabs_);
    column->addWidget(pages_, 1);

    splitter_->setObjectName("forms.splitter");
    splitter_->addWidget(tree_);
    splitter_->addWidget(centre);
    splitter_->addWidget(text_);
    splitter_->setStretchFactor(0, 0);
    splitter_->setStretchFactor(1, 3);
    splitter_->setStretchFactor(2, 2);
    splitter_->setSizes({230, 620, 410});
    splitter_->setChildrenCollapsible(false);
    centre->setMinimumWidth(420);
    text_->setMinimumWidth(220);
    text_->hide();

    auto* head = new QHBoxLayout;
    head->setContentsMargins(look::space, look::spaceSmall, look::space, look::spaceSmall);
    head->setSpacing(look::space);
    head->addWidget(search_, 1);
    head->addStretch(1);
    head->addWidget(source_);
    head->addWidget(review_);
    auto* lab = new QWidget(this);
    auto* all = new QVBoxLayout(lab);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(head);
    all->addWidget(splitter_, 1);

    empty_->setObjectName("forms.empty");
    empty_->say(look::Mood::Neutral, "setup", tr("No lab is open"),
                tr("Open one, or start with the demo: its forms appear here."));
    connect(empty_->addButton(tr("To the start page"), "forms.toStart"), &QPushButton::clicked, this,
            [this] { emit desk_.navigator.pageWanted("start"); });
    whole_->addWidget(lab);
    whole_->addWidget(empty_);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(whole_);
}

void FormsPanel::addActions(look::Actions& actions) {
    actions.add({"forms.search",
                 "Edit",
                 tr("Search all &settings"),
                 tr("Find any setting of any object of the lab (Ctrl+F in the forms)"),
                 "search",
                 {},
                 false},
                [this] {
                    emit desk_.navigator.pageWanted("setup");
                    focusSearch();
                });
    sourceAction_ = actions.add({"forms.source",
                                 "View",
                                 tr("Lab's &text beside the form"),
                                 tr("Show the lab's text (YAML) beside its forms"),
                                 "source",
                                 {},
                                 true},
                                [this](bool shown) { setSourceShown(shown); });
    actions.add({"forms.review",
                 "Run",
                 tr("Re&view changes"),
                 tr("See what differs from what runs, and apply it"),
                 "review",
                 {},
                 false},
                [this] {
                    emit desk_.navigator.pageWanted("setup");
                    showReview();
                });
    auto* find = new QShortcut(QKeySequence::Find, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, this, &FormsPanel::focusSearch);
}

void FormsPanel::listen() {
    connect(tree_, &LabTree::chosen, this, &FormsPanel::choose);
    connect(tree_, &LabTree::removed, this, &FormsPanel::sayRemoved);
    connect(tree_, &LabTree::failed, this,
            [this](const Error& error) { say(look::Mood::Bad, desk::words(error), desk::advice(error)); });
    connect(tree_, &LabTree::added, this, [this](const std::string& path) {
        bar_->quiet();
        if (const FieldSpec* naming = namingField(*locate(path).type))
            form_->focusField(*naming);
    });
    connect(list_, &ListPage::openWanted, this, &FormsPanel::showField);
    connect(list_, &ListPage::addWanted, tree_, &LabTree::add);
    connect(form_, &ObjectForm::fieldEntered, this, [this](const QString& path) {
        if (text_->isVisible())
            text_->showField(path);
    });
    connect(form_, &ObjectForm::openWanted, this, [this](const QString& path) {
        setSourceShown(true);
        text_->showField(path);
        text_->setFocus();
    });
    connect(text_, &SourceView::fieldEntered, this, &FormsPanel::followSource);
    connect(search_, &SettingSearch::chosen, this, &FormsPanel::showField);
    connect(preview_, &PreviewPage::fieldWanted, this, &FormsPanel::showField);
    connect(reviewPage_, &ReviewPage::fieldWanted, this, &FormsPanel::showField);
    connect(reviewPage_, &ReviewPage::closed, this, &FormsPanel::showForm);
    connect(reviewPage_, &ReviewPage::changesCounted, this, &FormsPanel::countChanges);
    connect(
        reviewPage_, &ReviewPage::said, this,
        [this](look::Mood mood, const QString& text, const QString& details) { say(mood, text, details); });
    connect(tabs_, &QTabBar::currentChanged, this, &FormsPanel::showForm);
    connect(source_, &QToolButton::toggled, this, &FormsPanel::setSourceShown);
    connect(review_, &QToolButton::clicked, this, &FormsPanel::showReview);
    connect(bar_, &look::MessageBar::activated, this, [this] {
        if (const auto run = std::exchange(barAction_, {}))
            run();
        bar_->quiet();
    });
    connect(draftBar_, &look::MessageBar::activated, this, [this] {
        for (const Problem& problem : desk_.workspace.problems())
            if (problem.kind == Problem::Kind::Refused && problem.error.where.line > 0)
                return showPlace(static_cast<int>(problem.error.where.line),
                                 static_cast<int>(problem.error.where.column));
        setSourceShown(true);
        text_->setFocus();
    });
    connect(&desk_.workspace, &desk::Workspace::opened, this, [this] {
        bar_->quiet();
        form_->clear();
        tree_->chooseFirst();
    });
    connect(&desk_.workspace, &desk::Workspace::gathering, form_, &ObjectForm::flush);
    connect(&desk_.workspace, &desk::Workspace::documentChanged, this, &FormsPanel::documentChanged);
    connect(&desk_.workspace, &desk::Workspace::compiled, this, &FormsPanel::compiled);
    connect(&desk_.navigator, &desk::Navigator::fieldWanted, this, &FormsPanel::showField);
    connect(&desk_.navigator, &desk::Navigator::placeWanted, this, &FormsPanel::showPlace);
}

void FormsPanel::choose(const std::string& path, const std::string& section) {
    chosen_ = path;
    const Located at = locate(path);
    if (at.collection != nullptr && at.object != path) {
        form_->clear();
        list_->open(path);
    } else {
        form_->open(path, section);
        form_->showProblems();
        if (text_->isVisible())
            text_->showField(qt(path));
    }
    const bool previews = PreviewPage::isFor(path) && section.empty();
    if (!previews && tabs_->currentIndex() != 0) {
        const QSignalBlocker quiet(tabs_);
        tabs_->setCurrentIndex(0);
    }
    tabs_->setVisible(previews);
    showForm();
}

void FormsPanel::showForm() {
    const Located at = locate(chosen_);
    if (tabs_->currentIndex() == 1 && PreviewPage::isFor(chosen_)) {
        form_->flush();
        if (!desk_.workspace.isArrangementCurrent())
            desk_.workspace.compile();
        pages_->setCurrentWidget(preview_);
        preview_->open(chosen_);
        return;
    }
    pages_->setCurrentWidget(at.collection != nullptr && at.object != chosen_ ? static_cast<QWidget*>(list_)
                                                                              : form_);
}

void FormsPanel::documentChanged() {
    whole_->setCurrentIndex(desk_.workspace.isOpen() ? 0 : 1);
    text_->refresh();
    sayDraft();
    const bool writable = edits_.isWritable();
    tree_->setWritable(writable);
    form_->setEnabled(writable);
    list_->setEnabled(writable);
    tree_->refresh();
    // What the form shows may be gone, by undo for instance.
    const Located at = locate(chosen_);
    const bool list = at.collection != nullptr && at.object != chosen_;
    if (list)
        list_->refresh();
    else if (!chosen_.empty() && edits_.object(chosen_).isAbsent() && !at.type->unnamed)
        tree_->select(parentPath(chosen_));
    else
        form_->refresh();
}

void FormsPanel::compiled() {
    tree_->showProblems();
    form_->showProblems();
    text_->showProblems();
    sayDraft();
}

void FormsPanel::sayDraft() {
    if (!desk_.workspace.hasDraft()) {
        draftBar_->quiet();
        return;
    }
    QString why;
    for (const Problem& problem : desk_.workspace.problems())
        if (problem.kind == Problem::Kind::Refused && why.isEmpty())
            why = tr("Line %1: %2").arg(problem.error.where.line).arg(desk::words(problem.error));
    draftBar_->say(look::Mood::Warning, tr("The text is no lab at the moment, so the forms wait."), why,
                   tr("Go to the line"));
}

void FormsPanel::showField(const QString& path) {
    const std::string wanted = utf8(path);
    const Located at = locate(wanted);
    tree_->select(at.collection != nullptr ? wanted : at.object);
    {
        const QSignalBlocker quiet(tabs_);
        tabs_->setCurrentIndex(0);
    }
    showForm();
    if (at.field != nullptr)
        form_->focusField(*at.field);
}

void FormsPanel::showPlace(int line, int column) {
    setSourceShown(true);
    text_->goTo(line, column, true);
}

void FormsPanel::followSource(const QString& path) {
    if (path.isEmpty() || desk_.workspace.hasDraft())
        return;
    const Located at = locate(utf8(path));
    tree_->select(at.collection != nullptr ? utf8(path) : at.object);
    if (at.field != nullptr)
        form_->revealField(*at.field);
}

void FormsPanel::setSourceShown(bool shown) {
    text_->setVisible(shown);
    const QSignalBlocker quiet(source_);
    source_->setChecked(shown);
    if (sourceAction_ != nullptr && sourceAction_->isChecked() != shown)
        sourceAction_->setChecked(shown);
    if (shown && !chosen_.empty())
        text_->showField(qt(chosen_));
}

void FormsPanel::showReview() {
    form_->flush();
    text_->flush();
    reviewPage_->refresh();
    tabs_->hide();
    pages_->setCurrentWidget(reviewPage_);
    reviewPage_->findChild<QPushButton*>("forms.apply")->setFocus();
}

void FormsPanel::focusSearch() {
    search_->setFocus(Qt::ShortcutFocusReason);
    search_->selectAll();
}

void FormsPanel::sayRemoved(const QString& title, const std::vector<Use>& uses) {
    QStringList names;
    for (const Use& use : uses)
        if (!names.contains(qt(use.by)))
            names.append(qt(use.by));
    const QString text = tr("%1 is removed.").arg(title);
    const QString details =
        names.isEmpty() ? QString() : tr("It is still named by %1.").arg(names.join(", "));
    say(names.isEmpty() ? look::Mood::Neutral : look::Mood::Warning, text, details, tr("Undo"),
        [this] { desk_.workspace.undo(); });
}

void FormsPanel::say(look::Mood mood, const QString& text, const QString& details, const QString& action,
                     std::function<void()> run) {
    barAction_ = std::move(run);
    bar_->say(mood, text, details, action);
    emit desk_.navigator.said(text);
}

void FormsPanel::countChanges(int changes) {
    review_->setText(changes == 0   ? tr("Review changes")
                     : changes == 1 ? tr("Review 1 change")
                                    : tr("Review %1 changes").arg(changes));
    review_->setAccessibleName(review_->text());
}

} // namespace gatehouse::forms
