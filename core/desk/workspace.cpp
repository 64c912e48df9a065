#include <desk/secretVault.h>
#include <desk/text.h>
#include <desk/workspace.h>

#include <QDateTime>
#include <QFileInfo>
#include <user/labLoader.h>
#include <user/userState.h>
#include <utility>

namespace gatehouse::desk {

namespace {

using namespace std::chrono_literals;

constexpr Message draftStands{
    "lab-draft-stands",
    GH_TEXT("desk", "The text is not a lab at the moment, so its fields cannot be edited."),
    GH_TEXT("desk", "Correct the text first, or undo.")};
constexpr Message noLab{"no-lab", GH_TEXT("desk", "No lab is open."),
                        GH_TEXT("desk", "Open one, or start with a template.")};
constexpr Message noFileYet{"lab-without-file", GH_TEXT("desk", "This lab has no file yet."),
                            GH_TEXT("desk", "Save it under a name first.")};

constexpr std::size_t mostSteps = 500;

// Looked at once a second: a watcher by inode loses a file that an editor renames a new one over.
QString markOf(const QString& file) {
    const QFileInfo facts(file);
    return facts.exists()
               ? QStringLiteral("%1 %2").arg(facts.size()).arg(facts.lastModified().toMSecsSinceEpoch())
               : QString();
}

} // namespace

Workspace::Workspace(SecretVault& vault, QObject* parent) : QObject(parent), vault_(vault) {
    compileSoon_.setSingleShot(true);
    compileSoon_.setInterval(150ms);
    connect(&compileSoon_, &QTimer::timeout, this, &Workspace::compile);
    joinWindow_.setSingleShot(true);
    joinWindow_.setInterval(1s);
    diskTimer_.setInterval(1s);
    connect(&diskTimer_, &QTimer::timeout, this, &Workspace::lookAtDisk);
    connect(&vault_, &SecretVault::changed, this, [this] { compileSoon_.start(); });
}

void Workspace::reset(const QString& file, const QString& name) {
    file_ = file;
    name_ = name;
    document_.reset();
    draft_ = QString();
    arrangement_.reset();
    compiledFrom_.reset();
    problems_.clear();
    origins_.clear();
    tolerated_.clear();
    steps_.clear();
    at_ = 0;
    joinWindow_.stop();
    diskTimer_.stop();
}

Result<void> Workspace::open(const QString& file) {
    auto text = user::readFile(utf8(file));
    if (!text)
        return std::unexpected(text.error());
    const QString absolute = QFileInfo(file).absoluteFilePath();
    reset(absolute, {});
    savedText_ = qt(*text);
    setText(savedText_);
    watch();
    emit opened();
    compile();
    return {};
}

void Workspace::openText(const QString& text, const QString& name) {
    reset({}, name);
    savedText_ = QString();
    setText(text);
    emit opened();
    compile();
}

void Workspace::close() {
    reset({}, {});
    savedText_ = QString();
    compileSoon_.stop();
    emit opened();
    emit documentChanged();
    emit compiled();
    emit undoChanged();
    emit modifiedChanged(wasModified_ = false);
}

QString Workspace::text() const {
    if (!draft_.isNull())
        return draft_;
    return document_ == nullptr ? QString() : qt(document_->text());
}

QString Workspace::title() const {
    return file_.isEmpty() ? name_ : QFileInfo(file_).fileName();
}

bool Workspace::isModified() const {
    return isOpen() && (file_.isEmpty() || text() != savedText_);
}

bool Workspace::isArrangementCurrent() const {
    return arrangement_ != nullptr && compiledFrom_ == document_ && draft_.isNull() && !anyRefused(problems_);
}

void Workspace::show(const Step& step) {
    document_ = step.document;
    draft_ = step.draft;
    emit documentChanged();
    if (const bool modified = isModified(); modified != wasModified_)
        emit modifiedChanged(wasModified_ = modified);
    emit undoChanged();
    compileSoon_.start();
}

void Workspace::push(Step step, bool mayJoin) {
    const bool joins = mayJoin && joinWindow_.isActive() && at_ > 0 && at_ + 1 == steps_.size() &&
                       steps_[at_].what == step.what;
    if (joins) {
        steps_[at_] = std::move(step);
    } else {
        if (!steps_.empty())
            steps_.erase(steps_.begin() + static_cast<std::ptrdiff_t>(at_) + 1, steps_.end());
        steps_.push_back(std::move(step));
        if (steps_.size() > mostSteps)
            steps_.erase(steps_.begin());
        at_ = steps_.size() - 1;
    }
    joinWindow_.start();
    show(steps_[at_]);
}

Result<void> Workspace::set(const QString& path, const Node& value, const QString& what) {
    if (!draft_.isNull() || document_ == nullptr)
        return fail(document_ == nullptr ? noLab : draftStands);
    auto changed = document_->with(utf8(path), value);
    if (!changed)
        return std::unexpected(changed.error());
    if (changed->text() != document_->text())
        push({std::make_shared<const lab::Document>(std::move(*changed)), {}, what}, true);
    return {};
}

Result<void> Workspace::remove(const QString& path, const QString& what) {
    if (!draft_.isNull() || document_ == nullptr)
        return fail(document_ == nullptr ? noLab : draftStands);
    auto changed = document_->without(utf8(path));
    if (!changed)
        return std::unexpected(changed.error());
    push({std::make_shared<const lab::Document>(std::move(*changed)), {}, what}, false);
    return {};
}

Result<void> Workspace::take(lab::Document next, const QString& what) {
    if (!draft_.isNull() || document_ == nullptr)
        return fail(document_ == nullptr ? noLab : draftStands);
    if (next.text() != document_->text())
        push({std::make_shared<const lab::Document>(std::move(next)), {}, what}, true);
    return {};
}

void Workspace::setText(const QString& text, const QString& name) {
    if (isOpen() && text == this->text())
        return;
    auto parsed = lab::Document::parse(utf8(text), utf8(file_.isEmpty() ? name_ : file_));
    const QString what = !name.isEmpty() ? name : steps_.empty() ? tr("opening") : tr("editing the text");
    if (parsed.value)
        push({std::make_shared<const lab::Document>(std::move(*parsed.value)), {}, what}, true);
    else
        push({document_, text.isNull() ? QStringLiteral("") : text, what}, true);
}

QString Workspace::undoName() const {
    return canUndo() ? steps_[at_].what : QString();
}

QString Workspace::redoName() const {
    return canRedo() ? steps_[at_ + 1].what : QString();
}

void Workspace::undo() {
    gather();
    if (!canUndo())
        return;
    joinWindow_.stop();
    show(steps_[--at_]);
}

void Workspace::redo() {
    gather();
    if (!canRedo())
        return;
    joinWindow_.stop();
    show(steps_[++at_]);
}

Result<void> Workspace::save() {
    if (file_.isEmpty())
        return fail(isOpen() ? noFileYet : noLab);
    return saveAs(file_);
}

Result<void> Workspace::saveAs(const QString& file) {
    if (!isOpen())
        return fail(noLab);
    gather();
    const QString written = text();
    if (auto saved = lab::saveWhole(utf8(file), utf8(written)); !saved)
        return saved;
    const QString absolute = QFileInfo(file).absoluteFilePath();
    const bool renamed = absolute != file_;
    file_ = absolute;
    savedText_ = written;
    watch();
    if (wasModified_)
        emit modifiedChanged(wasModified_ = false);
    if (renamed)
        emit documentChanged(); // places in messages name the file
    return {};
}

void Workspace::setTolerated(std::vector<std::string> names) {
    tolerated_ = std::move(names);
    compileSoon_.start();
}

void Workspace::compile() {
    compileSoon_.stop();
    // Read once more rather than remembered: undo may have led here.
    problems_ = isOpen() ? lab::Document::parse(utf8(text()), utf8(file_.isEmpty() ? name_ : file_)).problems
                         : std::vector<Problem>();
    if (!draft_.isNull() || document_ == nullptr) {
        emit compiled();
        return;
    }
    auto secrets = user::loadSecrets(
        *document_, [this](std::string_view lab, std::string_view name) { return vault_.find(lab, name); });
    std::move(secrets.problems.begin(), secrets.problems.end(), std::back_inserter(problems_));
    if (secrets.value) {
        origins_ = secrets.value->origins;
        auto made = arrangement::compile(document_, secrets.value->source, {tolerated_});
        std::move(made.problems.begin(), made.problems.end(), std::back_inserter(problems_));
        if (made.value) {
            arrangement_ = std::move(*made.value);
            compiledFrom_ = document_;
        }
    }
    emit compiled();
}

void Workspace::watch() {
    diskMark_ = markOf(file_);
    diskTimer_.start();
}

void Workspace::lookAtDisk() {
    const QString mark = markOf(file_);
    if (mark == diskMark_)
        return;
    diskMark_ = mark;
    if (mark.isEmpty()) {
        emit goneFromDisk();
        return;
    }
    const auto text = user::readFile(utf8(file_));
    if (text && qt(*text) == savedText_)
        return; // touched, or written again with the same text
    emit changedOnDisk();
}

} // namespace gatehouse::desk
