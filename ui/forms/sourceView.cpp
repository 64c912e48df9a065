#include <desk/text.h>

#include <QFontDatabase>
#include <QHelpEvent>
#include <QPainter>
#include <QTextBlock>
#include <QToolTip>
#include <algorithm>
#include <forms/sourceView.h>
#include <forms/yamlHighlighter.h>
#include <look/state.h>
#include <look/tokens.h>

namespace gatehouse::forms {

using desk::qt;

namespace {

class Gutter : public QWidget {
public:
    explicit Gutter(SourceView* view) : QWidget(view), view_(view) {
        setObjectName("forms.gutter");
        setAccessibleName(SourceView::tr("Line numbers and problems"));
    }
    QSize sizeHint() const override { return {view_->gutterWidth(), 0}; }

protected:
    void paintEvent(QPaintEvent* event) override { view_->paintGutter(event); }
    bool event(QEvent* event) override {
        if (event->type() == QEvent::ToolTip) {
            auto* help = static_cast<QHelpEvent*>(event);
            const QString text = view_->problemsAt(view_->lineAt(help->pos().y()));
            text.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), text, this);
            return true;
        }
        return QWidget::event(event);
    }

private:
    SourceView* view_;
};

void collectPlaces(const lab::Document& document, const Node& node, std::vector<Place>& out) {
    if (const Place place = document.place(node.id()); place.line > 0)
        out.push_back(place);
    for (const Node& item : node.items())
        collectPlaces(document, item, out);
}

} // namespace

SourceView::SourceView(desk::Desk& desk, QWidget* parent)
    : QPlainTextEdit(parent), desk_(desk), gutter_(new Gutter(this)) {
    setObjectName("forms.source");
    setAccessibleName(tr("Text of the lab"));
    setToolTip(tr("The lab's text (YAML). Forms and text change the same document"));
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setUndoRedoEnabled(false); // the lab's own history counts
    setTabChangesFocus(true);  // YAML has no tabs
    setFrameShape(QFrame::NoFrame);
    new YamlHighlighter(document());
    soon_.setSingleShot(true);
    soon_.setInterval(std::chrono::milliseconds(300));
    connect(&soon_, &QTimer::timeout, this, &SourceView::flush);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (filling_ || toPlainText() == desk_.workspace.text())
            return; // new colours are no new text
        typed_ = true;
        soon_.start();
    });
    connect(&desk_.workspace, &desk::Workspace::gathering, this, &SourceView::flush);
    connect(&desk_.workspace, &desk::Workspace::opened, this, [this] {
        soon_.stop(); // what was typed was in another lab
        typed_ = false;
        refresh();
    });
    connect(this, &QPlainTextEdit::blockCountChanged, this,
            [this] { setViewportMargins(gutterWidth(), 0, 0, 0); });
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& part, int dy) {
        if (dy != 0)
            gutter_->scroll(0, dy);
        else
            gutter_->update(0, part.y(), gutter_->width(), part.height());
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        markLine();
        if (!filling_ && hasFocus())
            tellField();
    });
    setViewportMargins(gutterWidth(), 0, 0, 0);
    markLine();
}

void SourceView::refresh() {
    const QString text = desk_.workspace.text();
    if (!typed_ && text != toPlainText()) {
        filling_ = true;
        // Only what differs is replaced: cursor, selection and scroll position stay where they are.
        const QString now = toPlainText();
        qsizetype head = 0, tail = 0;
        const qsizetype shorter = std::min(now.size(), text.size());
        while (head < shorter && now[head] == text[head])
            ++head;
        while (tail < shorter - head && now[now.size() - 1 - tail] == text[text.size() - 1 - tail])
            ++tail;
        QTextCursor edit(document());
        edit.setPosition(static_cast<int>(head));
        edit.setPosition(static_cast<int>(now.size() - tail), QTextCursor::KeepAnchor);
        edit.insertText(text.mid(head, text.size() - head - tail));
        filling_ = false;
    }
    readPlaces();
}

void SourceView::readPlaces() {
    places_.clear();
    const auto& lab = desk_.workspace.document();
    if (lab == nullptr || desk_.workspace.hasDraft())
        return;
    std::vector<Place> places;
    collectPlaces(*lab, lab->root(), places);
    for (const Place& place : places)
        places_.push_back({place.line, place.column, place.field});
    std::ranges::stable_sort(places_, {}, [](const FieldPlace& p) { return std::pair(p.line, p.column); });
}

void SourceView::flush() {
    soon_.stop();
    if (!std::exchange(typed_, false))
        return;
    desk_.workspace.setText(toPlainText());
}

void SourceView::showProblems() {
    marks_.clear();
    for (const Problem& problem : desk_.workspace.problems()) {
        if (problem.error.where.line == 0)
            continue;
        Mark& mark = marks_[static_cast<int>(problem.error.where.line)];
        mark.refused = mark.refused || problem.kind == Problem::Kind::Refused;
        const QString hint = desk::advice(problem.error);
        mark.texts.append(desk::words(problem.error) + (hint.isEmpty() ? QString() : "\n" + hint));
    }
    gutter_->update();
}

QString SourceView::problemsAt(int line) const {
    const auto mark = marks_.find(line);
    return mark == marks_.end() ? QString() : mark->second.texts.join("\n\n");
}

void SourceView::goTo(int line, int column, bool takeFocus) {
    const QTextBlock block = document()->findBlockByNumber(std::max(0, line - 1));
    if (!block.isValid())
        return;
    filling_ = true;
    QTextCursor cursor(block);
    cursor.movePosition(QTextCursor::Right, QTextCursor::MoveAnchor,
                        std::clamp(column - 1, 0, std::max(0, block.length() - 1)));
    setTextCursor(cursor);
    centerCursor();
    filling_ = false;
    if (takeFocus) {
        setFocus();
        tellField();
    }
}

void SourceView::showField(const QString& path) {
    if (hasFocus())
        return;
    const auto& lab = desk_.workspace.document();
    if (lab == nullptr)
        return;
    // What is not written yet would stand in what it belongs to.
    for (std::string at = desk::utf8(path); !at.empty(); at = at.substr(0, at.rfind('/')))
        if (const FieldId id = lab->field(at)) {
            const Place place = lab->place(id);
            return goTo(static_cast<int>(place.line), static_cast<int>(place.column), false);
        }
}

void SourceView::tellField() {
    const auto line = static_cast<std::uint32_t>(textCursor().blockNumber() + 1);
    const auto column = static_cast<std::uint32_t>(textCursor().positionInBlock() + 1);
    const FieldPlace* best = nullptr;
    for (const FieldPlace& place : places_) {
        if (place.line > line)
            break;
        // On its own line a value counts from the key on; between entries, what began last.
        if (best == nullptr || place.line < line || place.column <= column || best->line < line)
            best = &place;
    }
    if (best != nullptr)
        emit fieldEntered(qt(best->path));
}

int SourceView::gutterWidth() const {
    const int digits = std::max<int>(3, static_cast<int>(QString::number(blockCount()).size()));
    return fontMetrics().horizontalAdvance('9') * digits + fontMetrics().height() + look::space;
}

int SourceView::lineAt(int y) const {
    return cursorForPosition({0, y}).blockNumber() + 1;
}

void SourceView::paintGutter(QPaintEvent* event) {
    QPainter painter(gutter_);
    painter.fillRect(event->rect(), look::color(look::Token::Raised));
    painter.setFont(font());
    const int current = textCursor().blockNumber();
    const int side = fontMetrics().height() - 4;
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
        if (place.top() > event->rect().bottom())
            break;
        const bool here = block.blockNumber() == current;
        painter.setPen(look::color(here ? look::Token::Text : look::Token::TextQuiet));
        painter.drawText(0, static_cast<int>(place.top()), gutter_->width() - look::spaceSmall,
                         fontMetrics().height(), Qt::AlignRight, QString::number(block.blockNumber() + 1));
        if (const auto mark = marks_.find(block.blockNumber() + 1); mark != marks_.end()) {
            const bool bad = mark->second.refused;
            look::icon(bad ? "bad" : "warning", bad ? look::Token::Bad : look::Token::Warning)
                .paint(&painter, 2, static_cast<int>(place.top()) + 2, side, side);
        }
    }
}

void SourceView::markLine() {
    QTextEdit::ExtraSelection line;
    line.format.setBackground(look::color(look::Token::Raised));
    line.format.setProperty(QTextFormat::FullWidthSelection, true);
    line.cursor = textCursor();
    line.cursor.clearSelection();
    setExtraSelections({line});
    gutter_->update();
}

void SourceView::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    const QRect inner = contentsRect();
    gutter_->setGeometry(inner.left(), inner.top(), gutterWidth(), inner.height());
}

bool SourceView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->accept();
            return true;
        }
    }
    return QPlainTextEdit::event(event);
}

void SourceView::keyPressEvent(QKeyEvent* event) {
    const bool undo = event->matches(QKeySequence::Undo), redo = event->matches(QKeySequence::Redo);
    if (undo || redo) {
        flush();
        undo ? desk_.workspace.undo() : desk_.workspace.redo();
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        // The next line begins where this one does.
        const QString line = textCursor().block().text();
        qsizetype indent = 0;
        while (indent < line.size() && line[indent] == ' ')
            ++indent;
        QPlainTextEdit::keyPressEvent(event);
        insertPlainText(QString(indent, ' '));
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void SourceView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) {
        markLine();
        if (auto* highlighter = findChild<YamlHighlighter*>())
            highlighter->rehighlight();
    }
    QPlainTextEdit::changeEvent(event);
}

} // namespace gatehouse::forms
