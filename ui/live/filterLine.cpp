#include <desk/text.h>

#include <QAbstractItemView>
#include <QEvent>
#include <QFontDatabase>
#include <QKeyEvent>
#include <QVBoxLayout>
#include <live/filterLine.h>
#include <look/state.h>
#include <look/tokens.h>

namespace gatehouse::live {

namespace {

constexpr int typingPause = 120; // milliseconds

// Columns of core count bytes; a line edit counts UTF-16 units.
int unitsAt(const QString& text, std::size_t bytes) {
    return static_cast<int>(QString::fromUtf8(text.toUtf8().left(static_cast<qsizetype>(bytes))).size());
}

} // namespace

// Tells where its text stands, so that a caret can point at it.
class FilterLine::Edit : public QLineEdit {
public:
    using QLineEdit::cursorRect;
    using QLineEdit::QLineEdit;
};

FilterLine::FilterLine(QWidget* parent)
    : QWidget(parent), edit_(new Edit(this)), problem_(new QLabel(this)), completer_(new QCompleter(this)),
      candidates_(new QStandardItemModel(0, 2, this)) {
    edit_->setObjectName(QStringLiteral("live.filter"));
    edit_->setAccessibleName(tr("Filter"));
    edit_->setPlaceholderText(
        tr("Filter: status:4xx  host:whoami  decision:denied  user:alice  -path:/static"));
    edit_->setToolTip(
        tr("Conditions are joined by and, or, not and parentheses; a word alone looks everywhere"));
    edit_->setClearButtonEnabled(true);
    edit_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    edit_->addAction(look::icon(QStringLiteral("filter"), look::Token::TextQuiet),
                     QLineEdit::LeadingPosition);
    edit_->installEventFilter(this);
    problem_->setObjectName(QStringLiteral("live.filterProblem"));
    problem_->setWordWrap(true);
    problem_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    problem_->setTextFormat(Qt::PlainText);
    problem_->hide();

    completer_->setModel(candidates_);
    completer_->setWidget(edit_);
    completer_->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    completer_->setMaxVisibleItems(12);
    soon_.setSingleShot(true);
    soon_.setInterval(typingPause);
    connect(&soon_, &QTimer::timeout, this, &FilterLine::apply);
    connect(edit_, &QLineEdit::textEdited, this, [this] {
        soon_.start();
        offer();
    });
    connect(edit_, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty())
            apply(); // the clear button
    });
    connect(edit_, &QLineEdit::returnPressed, this, &FilterLine::apply);
    connect(completer_, qOverload<const QModelIndex&>(&QCompleter::activated), this,
            [this](const QModelIndex& index) { insert(index.siblingAtColumn(0).data().toString()); });

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(look::spaceSmall);
    column->addWidget(edit_);
    column->addWidget(problem_);
    dress();
}

QLineEdit* FilterLine::edit() const {
    return edit_;
}

QString FilterLine::text() const {
    return edit_->text();
}

int FilterLine::textStart() const {
    const QRect cursor = edit_->cursorRect();
    return cursor.center().x() -
           edit_->fontMetrics().horizontalAdvance(edit_->text().left(edit_->cursorPosition()));
}

void FilterLine::setVocabulary(std::function<capture::FilterVocabulary()> vocabulary) {
    vocabulary_ = std::move(vocabulary);
}

void FilterLine::setText(const QString& text) {
    edit_->setText(text);
    apply();
}

void FilterLine::apply() {
    soon_.stop();
    auto filter = capture::Filter::parse(desk::utf8(edit_->text()));
    if (!filter) {
        showProblem(filter.error());
        return; // the last filter that could be read goes on
    }
    problem_->hide();
    dress();
    emit filterChanged(*filter);
}

void FilterLine::showProblem(const Error& error) {
    const std::size_t column = error.where.column - 1;
    const int at = unitsAt(edit_->text(), column);
    const int length = std::max(1, std::stoi(error.args.at("length")));
    const QString words = desk::words(error) + QLatin1Char(' ') + desk::advice(error);
    problem_->setText(QString(at, QLatin1Char(' ')) + QString(length, QLatin1Char('^')) + QLatin1Char(' ') +
                      words);
    // The caret is to stand below its character; words that would run out of the line begin a new one.
    problem_->setIndent(std::max(0, textStart()));
    const int wide = problem_->fontMetrics().horizontalAdvance(problem_->text()) + textStart();
    if (wide > width())
        problem_->setText(edit_->text() + QLatin1Char('\n') + QString(at, QLatin1Char(' ')) +
                          QString(length, QLatin1Char('^')) + QLatin1Char('\n') + words);
    problem_->setAccessibleName(tr("Filter, character %1: %2").arg(at + 1).arg(words));
    edit_->setAccessibleDescription(words);
    problem_->show();
    dress();
}

void FilterLine::offer() {
    const QString before = edit_->text().left(edit_->cursorPosition());
    completion_ =
        capture::complete(desk::utf8(edit_->text()), static_cast<std::size_t>(before.toUtf8().size()),
                          vocabulary_ ? vocabulary_() : capture::FilterVocabulary());
    const bool atWord = !before.isEmpty() && !before.endsWith(QLatin1Char(' '));
    if (completion_.candidates.empty() || !atWord) {
        completer_->popup()->hide();
        return;
    }
    candidates_->setRowCount(0);
    for (const capture::FilterCandidate& candidate : completion_.candidates) {
        auto* const item = new QStandardItem(desk::qt(candidate.text));
        item->setToolTip(desk::translated(candidate.help));
        item->setAccessibleDescription(desk::translated(candidate.help));
        candidates_->appendRow(item);
    }
    const int start =
        edit_->fontMetrics().horizontalAdvance(edit_->text().left(unitsAt(edit_->text(), completion_.begin)));
    completer_->complete(QRect(start, 0, 260, edit_->height()));
}

void FilterLine::insert(const QString& candidate) {
    const QByteArray text = edit_->text().toUtf8();
    const QByteArray before = text.left(static_cast<qsizetype>(completion_.begin));
    const QByteArray after = text.mid(static_cast<qsizetype>(completion_.end));
    const bool wantsValue = candidate.endsWith(QLatin1Char(':')) || candidate.endsWith(QLatin1Char('>'));
    const QString middle =
        candidate + (wantsValue || after.startsWith(' ') ? QString() : QStringLiteral(" "));
    edit_->setText(QString::fromUtf8(before) + middle + QString::fromUtf8(after));
    edit_->setCursorPosition(static_cast<int>(QString::fromUtf8(before).size() + middle.size()));
    if (wantsValue)
        offer();
    else
        apply();
}

// Tab takes what is chosen in the list, as Enter does.
bool FilterLine::eventFilter(QObject* watched, QEvent* event) {
    if (watched == edit_ && event->type() == QEvent::KeyPress) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Escape && !completer_->popup()->isVisible() && !edit_->text().isEmpty()) {
            setText({});
            return true;
        }
        if (key->key() == Qt::Key_Space && key->modifiers() == Qt::ControlModifier) {
            offer();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FilterLine::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dress();
}

void FilterLine::dress() {
    QPalette colours = problem_->palette();
    if (colours.color(QPalette::WindowText) == look::color(look::Token::Bad))
        return; // setting it again would come back here
    colours.setColor(QPalette::WindowText, look::color(look::Token::Bad));
    problem_->setPalette(colours);
}

} // namespace gatehouse::live
