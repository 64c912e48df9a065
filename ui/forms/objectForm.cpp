#include <base/ascii.h>
#include <desk/text.h>
#include <realm/fields.h>

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <algorithm>
#include <cstdint>
#include <forms/objectForm.h>
#include <forms/objects.h>
#include <forms/pointer.h>
#include <look/tokens.h>
#include <map>

namespace gatehouse::forms {

using desk::qt;
using desk::translated;

namespace {

constexpr int widest = 860; // lines longer than this are hard to follow from label to field

} // namespace

ObjectForm::ObjectForm(desk::Desk& desk, LabEdits& edits, QWidget* parent)
    : QWidget(parent), desk_(desk), edits_(edits), title_(new QLabel(this)), kind_(new QLabel(this)),
      help_(new QLabel(this)), whole_(new QLabel(this)), filter_(new QLineEdit(this)),
      allHelp_(new QToolButton(this)), scroll_(new QScrollArea(this)) {
    setObjectName("forms.form");
    buildHead();
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setFocusPolicy(Qt::NoFocus);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    filterSoon_.setSingleShot(true);
    filterSoon_.setInterval(std::chrono::milliseconds(150));
    connect(&filterSoon_, &QTimer::timeout, this, [this] { narrow(true); });
    connect(filter_, &QLineEdit::textChanged, this, [this] { filterSoon_.start(); });
    connect(filter_, &QLineEdit::returnPressed, this, [this] { narrow(true); });
    connect(allHelp_, &QToolButton::toggled, this, [this](bool shown) {
        for (Section* section : sections_)
            for (const FieldSpec* field : section->fields())
                if (FieldRow* row = section->existing(*field))
                    row->setHelpShown(shown);
    });
}

void ObjectForm::buildHead() {
    QFont large = title_->font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setBold(true);
    title_->setFont(large);
    title_->setObjectName("forms.title");
    title_->setTextFormat(Qt::PlainText);
    help_->setWordWrap(true);
    help_->setObjectName("forms.help");
    whole_->setObjectName("forms.objectProblems");
    whole_->setWordWrap(true);
    whole_->hide();
    filter_->setObjectName("forms.filter");
    filter_->setAccessibleName(tr("Find a field of this form"));
    filter_->setToolTip(tr("Shows only fields whose name, label or help has this text"));
    filter_->setPlaceholderText(tr("Find in this form"));
    filter_->setClearButtonEnabled(true);
    filter_->setMaximumWidth(240);
    allHelp_->setObjectName("forms.allHelp");
    allHelp_->setText(tr("Help"));
    allHelp_->setAccessibleName(tr("Show the help of every field"));
    allHelp_->setToolTip(tr("Show the help of every field"));
    allHelp_->setCheckable(true);
    allHelp_->setAutoRaise(true);
    allHelp_->setFocusPolicy(Qt::StrongFocus);

    auto* line = new QHBoxLayout;
    line->setSpacing(look::space);
    line->addWidget(title_);
    line->addWidget(kind_, 0, Qt::AlignBaseline);
    line->addStretch();
    line->addWidget(filter_);
    line->addWidget(allHelp_);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(look::spaceLarge, look::space, look::space, 0);
    all->setSpacing(look::spaceSmall);
    all->addLayout(line);
    all->addWidget(help_);
    all->addWidget(whole_);
    all->addWidget(scroll_, 1);
}

void ObjectForm::clear() {
    object_.clear();
    type_ = nullptr;
    sections_.clear();
    delete scroll_->takeWidget();
    content_ = nullptr;
}

void ObjectForm::open(const std::string& object, std::string_view section) {
    flush();
    clear();
    object_ = object;
    section_ = section;
    type_ = locate(object).type;
    {
        const QSignalBlocker quiet(filter_);
        filter_->clear();
    }
    filterSoon_.stop();
    content_ = new QWidget;
    content_->setMaximumWidth(widest);
    column_ = new QVBoxLayout(content_);
    column_->setContentsMargins(0, look::spaceSmall, look::space, look::spaceLarge);
    column_->setSpacing(look::spaceSmall);
    buildSections();
    column_->addStretch();
    scroll_->setWidget(content_);
    scroll_->verticalScrollBar()->setValue(0);
    refresh();
}

// As the table has them; a mapper's settings as the console orders them for its kind.
std::vector<const FieldSpec*> ObjectForm::orderedFields() const {
    std::vector<const FieldSpec*> out;
    for (const FieldSpec& field : type_->fields)
        if (section_.empty() || field.section == section_)
            out.push_back(&field);
    const Node& kind = nodeAt(edits_.object(object_), "/protocolMapper");
    const auto* row = kind.isScalar() ? realm::mapperKind(kind.text()) : nullptr;
    if (type_->id != "realm/mapper" || row == nullptr)
        return out;
    const auto settings = split(row->config, '|');
    const auto rank = [&settings](const FieldSpec* field) {
        if (!field->name.starts_with("config."))
            return field->kind == Kind::TextMap ? PTRDIFF_MAX : std::ptrdiff_t(0);
        return 1 + (std::ranges::find(settings, std::string_view(field->name).substr(7)) - settings.begin());
    };
    std::ranges::stable_sort(out, {}, rank);
    return out;
}

void ObjectForm::buildSections() {
    const auto fields = orderedFields();
    const Node& node = edits_.object(object_);
    const auto isSet = [&](const FieldSpec* field) { return !valueOf(node, *field).isAbsent(); };
    // Of a vocabulary, what is set comes first, and is not repeated in its topic.
    std::vector<const FieldSpec*> first;
    std::vector<std::pair<std::string_view, std::vector<const FieldSpec*>>> topics;
    for (const FieldSpec* field : fields) {
        if (field->vocabulary && isSet(field)) {
            first.push_back(field);
            continue;
        }
        auto topic = std::ranges::find(topics, field->section, [](const auto& each) { return each.first; });
        if (topic == topics.end())
            topic = topics.insert(topics.end(), {field->section, {}});
        topic->second.push_back(field);
    }
    // What has an effect here before what has none yet.
    for (auto& [topic, members] : topics)
        std::ranges::stable_sort(members, {}, [&](const FieldSpec* field) {
            return isSet(field) || field->required ? Support::Does : field->support;
        });
    const auto isVocabulary = [](const auto& topic) { return topic.second.front()->vocabulary; };
    const auto vocabularyAt = std::ranges::find_if(topics, isVocabulary);
    for (auto topic = topics.begin(); topic != topics.end(); ++topic) {
        if (topic == vocabularyAt && !first.empty())
            addSection(tr("Set here"), std::move(first), true);
        const bool any = std::ranges::any_of(
            topic->second, [&](const FieldSpec* field) { return isSet(field) || field->required; });
        const bool few = topics.size() <= 3 && !isVocabulary(*topic);
        addSection(translated(topic->first), topic->second, any || few || topic == topics.begin());
    }
    if (vocabularyAt == topics.end() && !first.empty())
        addSection(tr("Set here"), std::move(first), true);
}

void ObjectForm::addSection(const QString& title, std::vector<const FieldSpec*> fields, bool open) {
    auto* section = new Section(
        title, std::move(fields),
        [this](const FieldSpec& spec, QWidget* parent) { return makeRow(spec, parent); }, content_);
    sections_.push_back(section);
    column_->addWidget(section);
    section->narrow([this](const FieldSpec& spec) { return isWanted(spec); }, false);
    section->setOpen(open);
    connect(section, &Section::opened, this, &ObjectForm::showProblems);
}

FieldRow* ObjectForm::makeRow(const FieldSpec& spec, QWidget* parent) {
    EditorContext context{desk_, object_,
                          [this, offers = spec.offers] { return offersOf(edits_.root(), object_, offers); },
                          [this](const QString& path) { emit openWanted(path); }};
    auto* row = new FieldRow(spec, std::move(context), parent);
    row->show(edits_.value(object_, spec));
    row->setHelpShown(allHelp_->isChecked());
    connect(row, &FieldRow::edited, this, &ObjectForm::change);
    connect(row, &FieldRow::resetWanted, this, [this](const FieldSpec& field) { change(field, Node()); });
    connect(row, &FieldRow::entered, this,
            [this](const FieldSpec& field) { emit fieldEntered(qt(object_ + field.path)); });
    return row;
}

void ObjectForm::change(const FieldSpec& spec, const Node& value) {
    const auto done = edits_.write(object_, spec, value);
    Section* section = sectionOf(spec);
    if (FieldRow* row = section == nullptr ? nullptr : section->existing(spec))
        row->refuse(done ? QString() : desk::words(done.error()));
}

void ObjectForm::refresh() {
    if (type_ == nullptr)
        return;
    const Node& node = edits_.object(object_);
    if (node.isAbsent() && !type_->unnamed)
        return;
    title_->setText(type_->unnamed || object_.empty() ? translated(type_->label)
                    : section_.empty()                ? qt(titleOf(*type_, node))
                                                      : translated(section_));
    kind_->setText(type_->unnamed || object_.empty() ? QString() : translated(type_->label));
    for (QLabel* quiet : {kind_, help_})
        quiet->setForegroundRole(QPalette::PlaceholderText);
    QString help = translated(type_->help);
    if (!help.isEmpty())
        help[0] = help[0].toUpper();
    help_->setText(help + (help.isEmpty() ? "" : "."));
    for (Section* section : sections_)
        for (const FieldSpec* field : section->fields())
            if (FieldRow* row = section->existing(*field))
                row->show(valueOf(node, *field));
    narrow(false);
    tellHeadings();
}

bool ObjectForm::isWanted(const FieldSpec& spec) const {
    const Node& node = edits_.object(object_);
    const bool set = !valueOf(node, spec).isAbsent();
    if (!set && !applies(node, spec, defaultAt(*type_, spec.whenPath)))
        return false;
    const QString text = filter_->text().trimmed();
    return text.isEmpty() || labelOf(spec).contains(text, Qt::CaseInsensitive) ||
           qt(spec.name).contains(text, Qt::CaseInsensitive) ||
           translated(spec.help).contains(text, Qt::CaseInsensitive);
}

void ObjectForm::narrow(bool byPerson) {
    filterSoon_.stop();
    const bool filters = byPerson && !filter_->text().trimmed().isEmpty();
    for (Section* section : sections_)
        section->narrow([this](const FieldSpec& spec) { return isWanted(spec); }, filters);
}

Section* ObjectForm::sectionOf(const FieldSpec& spec) const {
    for (Section* section : sections_)
        if (std::ranges::find(section->fields(), &spec) != section->fields().end())
            return section;
    return nullptr;
}

void ObjectForm::tellHeadings() {
    const Node& node = edits_.object(object_);
    for (Section* section : sections_) {
        int set = 0, problems = 0;
        for (const FieldSpec* field : section->fields()) {
            set += valueOf(node, *field).isAbsent() ? 0 : 1;
            const FieldRow* row = section->existing(*field);
            problems += row != nullptr && row->hasProblem() ? 1 : 0;
        }
        section->tell(set, problems);
    }
}

void ObjectForm::showProblems() {
    if (type_ == nullptr)
        return;
    std::map<const FieldSpec*, std::pair<look::Mood, QStringList>> told;
    QStringList ofAll;
    look::Token worst = look::Token::Warning;
    for (const Problem& problem : desk_.workspace.problems()) {
        if (!isWithin(problem.error.where.field, object_))
            continue;
        const Located at = locate(problem.error.where.field);
        if (at.object != object_)
            continue;
        if (at.field == nullptr) {
            ofAll.append((problem.kind == Problem::Kind::Refused ? tr("Wrong: %1") : tr("Mind: %1"))
                             .arg(desk::words(problem.error)));
            worst = problem.kind == Problem::Kind::Refused ? look::Token::Bad : worst;
            continue;
        }
        auto& [mood, texts] = told.try_emplace(at.field, look::Mood::Warning, QStringList()).first->second;
        if (problem.kind == Problem::Kind::Refused)
            mood = look::Mood::Bad;
        if (const QString text = desk::words(problem.error); !texts.contains(text))
            texts.append(text);
    }
    ofAll.removeDuplicates();
    QPalette palette = whole_->palette();
    palette.setColor(QPalette::WindowText, look::color(worst));
    whole_->setPalette(palette);
    whole_->setText(ofAll.join('\n'));
    whole_->setVisible(!ofAll.isEmpty());
    for (Section* section : sections_)
        for (const FieldSpec* field : section->fields())
            if (FieldRow* row = section->existing(*field)) {
                const auto found = told.find(field);
                found == told.end() ? row->setProblem(look::Mood::Neutral, {})
                                    : row->setProblem(found->second.first, found->second.second.join('\n'));
            }
    tellHeadings();
}

FieldRow* ObjectForm::openRow(const FieldSpec& spec) {
    Section* section = sectionOf(spec);
    if (section == nullptr)
        return nullptr;
    if (!isWanted(spec)) {
        filter_->clear();
        narrow(true);
    }
    section->setOpen(true);
    FieldRow* row = section->row(spec);
    row->QWidget::show();
    content_->layout()->activate();
    scroll_->ensureWidgetVisible(row, 0, 60);
    return row;
}

void ObjectForm::revealField(const FieldSpec& spec) {
    openRow(spec);
}

void ObjectForm::focusField(const FieldSpec& spec) {
    if (FieldRow* row = openRow(spec))
        row->editor()->setFocus(Qt::OtherFocusReason);
}

void ObjectForm::flush() {
    for (Section* section : sections_)
        for (const FieldSpec* field : section->fields())
            if (FieldRow* row = section->existing(*field))
                row->editor()->flush();
}

} // namespace gatehouse::forms
