#include <desk/text.h>

#include <QKeyEvent>
#include <QListWidget>
#include <algorithm>
#include <forms/fieldEditor.h>
#include <forms/objects.h>
#include <forms/pointer.h>
#include <forms/settingSearch.h>
#include <look/state.h>

namespace gatehouse::forms {

using desk::qt;
using desk::translated;

namespace {

struct Hit {
    int rank = 0; // the smaller the likelier
    QString path, text, help;
};

// Names before labels before help; what is set before what is not.
int rankOf(const FieldSpec& field, const QString& wanted, bool set) {
    const QString name = qt(field.name), label = labelOf(field);
    int rank = -1;
    if (name.compare(wanted, Qt::CaseInsensitive) == 0 || label.compare(wanted, Qt::CaseInsensitive) == 0)
        rank = 0;
    else if (name.startsWith(wanted, Qt::CaseInsensitive) || label.startsWith(wanted, Qt::CaseInsensitive))
        rank = 2;
    else if (name.contains(wanted, Qt::CaseInsensitive) || label.contains(wanted, Qt::CaseInsensitive))
        rank = 4;
    else if (translated(field.help).contains(wanted, Qt::CaseInsensitive))
        rank = 6;
    return rank < 0 ? rank : rank + (set ? 0 : 1);
}

class Search {
public:
    Search(const Node& root, QString wanted) : root_(root), wanted_(std::move(wanted)) {}

    std::vector<Hit> all() {
        object(objectsOf(root_), QString());
        std::ranges::stable_sort(out_, {}, &Hit::rank);
        return std::move(out_);
    }

private:
    void object(const LabObject& at, const QString& around) {
        const QString name = at.type == nullptr ? around : qt(at.title);
        if (at.type != nullptr && at.section.empty()) {
            const Node& node = nodeAt(root_, at.path);
            const QString kind = translated(at.type->label);
            const QString where = at.type->unnamed || at.path.empty() ? kind : kind + " " + name;
            if (!at.path.empty() && name.contains(wanted_, Qt::CaseInsensitive))
                out_.push_back({1, qt(at.path), where + within(around), translated(at.type->help)});
            fields(at, node, where + within(around));
        }
        for (const LabObject& inside : at.inside)
            object(inside, at.path.empty() ? QString() : name);
    }

    static QString within(const QString& around) {
        return around.isEmpty() ? QString() : SettingSearch::tr(" in %1").arg(around);
    }

    void fields(const LabObject& at, const Node& node, const QString& where) {
        for (const FieldSpec& field : at.type->fields) {
            const bool set = !valueOf(node, field).isAbsent();
            if (!set && !applies(node, field, defaultAt(*at.type, field.whenPath)))
                continue;
            if (const int rank = rankOf(field, wanted_, set); rank >= 0)
                out_.push_back({rank, qt(at.path + field.path),
                                SettingSearch::tr("%1 — %2").arg(labelOf(field), where), helpOf(field)});
        }
    }

    const Node& root_;
    QString wanted_;
    std::vector<Hit> out_;
};

} // namespace

SettingSearch::SettingSearch(LabEdits& edits, QWidget* parent)
    : QLineEdit(parent), edits_(edits), hits_(new QListWidget(parent->window())) {
    setObjectName("forms.search");
    setAccessibleName(tr("Search all settings"));
    setToolTip(tr("Search every setting of every object (Ctrl+F)"));
    setPlaceholderText(tr("Search all settings"));
    setClearButtonEnabled(true);
    hits_->setObjectName("forms.hits");
    hits_->setAccessibleName(tr("Settings found"));
    hits_->setToolTip(tr("Enter goes to the setting"));
    hits_->setFocusPolicy(Qt::NoFocus);
    hits_->hide();
    installEventFilter(this);
    soon_.setSingleShot(true);
    soon_.setInterval(std::chrono::milliseconds(120));
    connect(&soon_, &QTimer::timeout, this, &SettingSearch::search);
    connect(this, &QLineEdit::textEdited, this, [this] { soon_.start(); });
    connect(this, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.trimmed().isEmpty())
            hits_->hide();
    });
    connect(hits_, &QListWidget::itemClicked, this, &SettingSearch::take);
}

void SettingSearch::search() {
    soon_.stop();
    hits_->clear();
    const QString wanted = text().trimmed();
    if (wanted.isEmpty()) {
        hits_->hide();
        return;
    }
    const auto found = Search(edits_.root(), wanted).all();
    for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), mostHits); ++i) {
        auto* item = new QListWidgetItem(found[i].text, hits_);
        item->setData(Qt::UserRole, found[i].path);
        item->setToolTip(found[i].help);
    }
    if (found.empty()) {
        auto* none = new QListWidgetItem(tr("Nothing is called or described so"), hits_);
        none->setFlags(Qt::NoItemFlags);
    } else if (found.size() > mostHits) {
        auto* more = new QListWidgetItem(
            tr("%1 more: type on").arg(found.size() - static_cast<std::size_t>(mostHits)), hits_);
        more->setFlags(Qt::NoItemFlags);
    }
    hits_->setCurrentRow(0);
    place();
}

void SettingSearch::place() {
    if (hits_->parentWidget() != window())
        hits_->setParent(window());
    const QPoint below = mapTo(window(), QPoint(0, height()));
    const int rows = std::min(hits_->count(), 14);
    const int row = std::max(hits_->sizeHintForRow(0), 18);
    const int width = std::min(560, window()->width() - below.x() - 8);
    hits_->setGeometry(below.x(), below.y(), width, rows * row + 2 * hits_->frameWidth() + 2);
    hits_->show();
    hits_->raise();
}

void SettingSearch::take(QListWidgetItem* item) {
    if (item == nullptr || !(item->flags() & Qt::ItemIsEnabled))
        return;
    const QString path = item->data(Qt::UserRole).toString();
    hits_->hide();
    emit chosen(path);
}

bool SettingSearch::eventFilter(QObject* watched, QEvent* event) {
    if (watched == this && event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            if (soon_.isActive())
                search();
            take(hits_->isVisible() ? hits_->currentItem() : nullptr);
            return true;
        }
        if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Up) {
            if (soon_.isActive())
                search();
            const int by = key->key() == Qt::Key_Down ? 1 : -1;
            hits_->setCurrentRow(std::clamp(hits_->currentRow() + by, 0, std::max(0, hits_->count() - 1)));
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            hits_->hide();
            return true;
        }
    }
    return QLineEdit::eventFilter(watched, event);
}

void SettingSearch::focusOutEvent(QFocusEvent* event) {
    soon_.stop();
    hits_->hide();
    QLineEdit::focusOutEvent(event);
}

// Its page is left, by a shortcut for instance.
void SettingSearch::hideEvent(QHideEvent* event) {
    soon_.stop();
    hits_->hide();
    QLineEdit::hideEvent(event);
}

} // namespace gatehouse::forms
