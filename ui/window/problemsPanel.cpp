#include <desk/text.h>

#include <QListWidget>
#include <QStackedLayout>
#include <look/moods.h>
#include <look/state.h>
#include <window/problemsPanel.h>

namespace gatehouse::window {

namespace {

QString kindOf(Problem::Kind kind) {
    return kind == Problem::Kind::Refused   ? ProblemsPanel::tr("Problem")
           : kind == Problem::Kind::Warning ? ProblemsPanel::tr("Warning")
                                            : ProblemsPanel::tr("Other in the cluster");
}

QString placeOf(const Place& place, bool withFile) {
    if (withFile && place.line > 0)
        return ProblemsPanel::tr("%1, line %2").arg(desk::qt(place.file)).arg(place.line);
    if (withFile && !place.file.empty())
        return desk::qt(place.file);
    if (place.line == 0)
        return desk::qt(place.field);
    return ProblemsPanel::tr("line %1: %2").arg(place.line).arg(desk::qt(place.field));
}

} // namespace

ProblemsPanel::ProblemsPanel(desk::Desk& desk, QWidget* parent)
    : QWidget(parent), desk_(desk), list_(new QListWidget(this)), none_(new look::EmptyState(this)),
      stack_(new QStackedLayout(this)) {
    setObjectName(QStringLiteral("problemsPanel"));
    list_->setObjectName(QStringLiteral("problems"));
    list_->setAccessibleName(tr("Problems of the lab"));
    list_->setToolTip(tr("Press Return to go to the line that a problem is about"));
    list_->setWordWrap(true);
    list_->setSpacing(2);
    list_->setAlternatingRowColors(true);
    stack_->addWidget(list_);
    stack_->addWidget(none_);
    connect(list_, &QListWidget::itemActivated, this,
            [this](QListWidgetItem* item) { jump(list_->row(item)); });
    connect(&desk_.workspace, &desk::Workspace::compiled, this, &ProblemsPanel::show);
    connect(&desk_.workspace, &desk::Workspace::opened, this, [this] { showImport({}); });
    show();
}

void ProblemsPanel::showImport(const std::vector<Problem>& found) {
    imported_ = found;
    show();
}

void ProblemsPanel::add(const Problem& problem) {
    const bool ofImport = list_->count() < static_cast<int>(imported_.size());
    QString words =
        QStringLiteral("%1 · %2\n%3")
            .arg(kindOf(problem.kind), placeOf(problem.error.where, ofImport), desk::words(problem.error));
    if (const QString hint = desk::advice(problem.error); !hint.isEmpty())
        words += u'\n' + hint;
    auto* item = new QListWidgetItem(
        look::icon(look::iconOf(look::moodOf(problem.kind)), look::tokenOf(look::moodOf(problem.kind))),
        words, list_);
    item->setToolTip(ofImport ? tr("Found while importing; the file was not changed")
                              : tr("Press Return to go there"));
}

void ProblemsPanel::show() {
    const auto& problems = desk_.workspace.problems();
    list_->clear();
    int refused = 0;
    std::vector<Problem> all = imported_;
    all.insert(all.end(), problems.begin(), problems.end());
    for (const Problem& problem : all) {
        refused += problem.kind == Problem::Kind::Refused ? 1 : 0;
        add(problem);
    }
    if (list_->count() == 0) {
        if (desk_.workspace.isOpen())
            none_->say(look::Mood::Good, QStringLiteral("good"), tr("No problems"),
                       tr("The lab can run as it stands."));
        else
            none_->say(look::Mood::Neutral, QStringLiteral("neutral"), tr("No lab is open"),
                       tr("Open one on the start page."));
    }
    stack_->setCurrentWidget(list_->count() == 0 ? static_cast<QWidget*>(none_) : list_);
    emit countChanged(refused, list_->count());
}

void ProblemsPanel::jump(int row) {
    row -= static_cast<int>(imported_.size()); // theirs are other files
    const auto& problems = desk_.workspace.problems();
    if (row < 0 || row >= static_cast<int>(problems.size()))
        return;
    const Place& place = problems[static_cast<std::size_t>(row)].error.where;
    emit desk_.navigator.pageWanted(QStringLiteral("setup"));
    if (place.line > 0)
        emit desk_.navigator.placeWanted(static_cast<int>(place.line), static_cast<int>(place.column));
    else
        emit desk_.navigator.fieldWanted(desk::qt(place.field));
}

} // namespace gatehouse::window
