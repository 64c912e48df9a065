#include <lab/lexing.h>
#include <lab/splices.h>
#include <lab/writer.h>

#include <algorithm>

namespace gatehouse::lab {

namespace {

class Cut {
public:
    explicit Cut(const SpannedText& spanned) : spanned_(spanned), text_(spanned.text()) {}

    // Pieces are written with \n; a text of another system keeps its line ends.
    std::string put(std::size_t begin, std::size_t end, std::string_view piece) const {
        const bool crlf = text_.find("\r\n") != std::string_view::npos;
        std::string out(text_.substr(0, begin));
        for (const char c : piece)
            if (c == '\n' && crlf)
                out += "\r\n";
            else
                out += c;
        return out.append(text_.substr(end));
    }

    std::string_view from(std::size_t begin, std::size_t end) const {
        return text_.substr(begin, end - begin);
    }
    bool blank(std::size_t begin, std::size_t end) const {
        return from(begin, end).find_first_not_of(" \t\r\n") == std::string_view::npos;
    }
    std::size_t nextLine(std::size_t at) const {
        const std::size_t end = text_.find('\n', at);
        return end == std::string_view::npos ? text_.size() : end + 1;
    }
    const Span& span(const Node& node) const { return spanned_.span(node); }
    std::string_view text() const { return text_; }

private:
    const SpannedText& spanned_;
    std::string_view text_;
};

bool isBlock(const Node& node, const Span& span) {
    return (node.isMap() || node.isList()) && !span.brackets && !span.flow;
}

constexpr std::size_t width = 120; // a line that would be longer becomes several

// In brackets on one line, which would grow beyond it.
bool outgrows(const Cut& cut, std::size_t begin, std::size_t end, std::string_view piece) {
    const std::size_t line = lineStart(cut.text(), begin);
    return cut.from(begin, end).find('\n') == std::string_view::npos &&
           lineEnd(cut.text(), end) - line - (end - begin) + piece.size() > width;
}

bool onOneLine(const Node& value, bool compact) {
    return valueText(value, 0, compact).find('\n') == std::string::npos;
}

std::string inlineText(const Node& value, bool flow, char quotes) {
    return value.isMap() || value.isList() ? flowText(value) : scalarText(value, flow, quotes);
}

// The quotes of a value that has some: they are kept, so that "true" does not become a truth.
char quotesOf(const Cut& cut, const Node& old, const Span& span) {
    const char first = span.begin < cut.text().size() ? cut.text()[span.begin] : '\0';
    return old.isScalar() && (first == '"' || first == '\'') ? first : '\0';
}

// A block below its key or dash gives way to a value on their line. Comments around it stay.
std::string blockToLine(const Cut& cut, const Span& span, bool inList, const std::string& value) {
    if (inList)
        return cut.put(span.begin, span.end, value);
    const std::size_t begin = lineStart(cut.text(), span.begin);
    if (begin < span.lead)
        return {};
    const std::size_t rest = lineEnd(cut.text(), span.end);
    const std::size_t end = cut.blank(span.end, rest) ? cut.nextLine(span.end) : span.end;
    return cut.put(span.lead, end, " " + value + std::string(cut.from(span.lead, begin)));
}

// A value of several lines below its key or dash. What stood behind the old value on its line stays there.
std::string toBlock(const Cut& cut, const Node& old, const Span& span, bool inList, const Node& value,
                    bool compact) {
    const std::size_t indent = column(cut.text(), inList ? span.dash : span.keyBegin) + 2;
    const bool block = isBlock(old, span);
    const std::size_t lineOver = lineEnd(cut.text(), span.end);
    if (inList && (block ? cut.blank(span.lead, span.begin) : cut.blank(span.end, lineOver)))
        return cut.put(span.dash, block ? span.end : lineOver, itemText(value, indent - 2, compact));
    const std::string piece = valueText(value, indent, compact);
    const auto header = piece.find('\n');
    const std::size_t keptFrom = block ? span.lead : span.end;
    const std::size_t keptTo = block ? lineEnd(cut.text(), lineStart(cut.text(), span.begin) - 1) : lineOver;
    const std::string kept(cut.blank(keptFrom, keptTo) ? "" : cut.from(keptFrom, keptTo));
    return cut.put(span.lead, block ? span.end : lineOver,
                   piece.substr(0, header) + kept + piece.substr(header));
}

} // namespace

std::string withValue(const SpannedText& text, const Node& old, bool inList, const Node& value, bool compact,
                      bool bounded) {
    const Cut cut(text);
    const Span& span = text.span(old);
    if (old.id() == text.root().id())
        return {}; // it stands behind no key and no dash
    if (!span.flow && !onOneLine(value, compact))
        return toBlock(cut, old, span, inList, value, compact);
    const std::string written = inlineText(value, span.flow, quotesOf(cut, old, span));
    if (!compact && bounded && span.flow && outgrows(cut, span.begin, span.end, written))
        return {};
    if (isBlock(old, span))
        return blockToLine(cut, span, inList, written);
    return cut.put(span.begin, span.end, span.nothing ? " " + written : written);
}

std::string withEntry(const SpannedText& text, const Node& map, std::size_t index, std::string_view key,
                      const Node& value) {
    const Cut cut(text);
    const Span& span = text.span(map);
    const auto& items = map.items();
    if (span.brackets) {
        const std::string piece = keyText(key, true) + ": " + flowText(value);
        const bool onOneLine = cut.from(span.begin, span.end).find('\n') == std::string_view::npos;
        if (onOneLine &&
            (holdsObjects(value) ||
             outgrows(cut, span.begin, span.end, std::string(cut.from(span.begin, span.end)) + ", " + piece)))
            return {};
        if (items.empty())
            return cut.put(span.begin + 1, span.begin + 1, piece);
        const std::size_t first = text.span(items[0]).keyBegin;
        if (index == 0)
            return cut.put(first, first, piece + ", ");
        const std::size_t before = text.span(items[index - 1]).end;
        return cut.put(before, before, ", " + piece);
    }
    if (span.flow || items.empty())
        return {};
    const std::size_t first = text.span(items[0]).keyBegin;
    const std::size_t indent = column(cut.text(), first);
    const std::string piece = entryText(key, value, indent, true);
    if (index == 0)
        return cut.put(first, first, piece + "\n" + std::string(indent, ' '));
    const std::size_t before = lineEnd(cut.text(), text.span(items[index - 1]).end);
    return cut.put(before, before, "\n" + std::string(indent, ' ') + piece);
}

std::string withItem(const SpannedText& text, const Node& list, std::size_t index, const Node& value) {
    const Cut cut(text);
    const Span& span = text.span(list);
    const auto& items = list.items();
    if (span.brackets) {
        const std::string piece = flowText(value);
        const bool onOneLine = cut.from(span.begin, span.end).find('\n') == std::string_view::npos;
        if (onOneLine &&
            (value.isMap() ||
             outgrows(cut, span.begin, span.end, std::string(cut.from(span.begin, span.end)) + ", " + piece)))
            return {};
        if (items.empty())
            return cut.put(span.begin + 1, span.begin + 1, piece);
        if (index == 0)
            return cut.put(text.span(items[0]).begin, text.span(items[0]).begin, piece + ", ");
        const std::size_t before = text.span(items[index - 1]).end;
        return cut.put(before, before, ", " + piece);
    }
    if (span.flow || items.empty())
        return {};
    const std::size_t dash = text.span(items[0]).dash;
    const std::size_t indent = column(cut.text(), dash);
    const bool lines = // a list whose items have a line each keeps that shape
        std::all_of(items.begin(), items.end(), [&](const Node& item) { return text.span(item).brackets; });
    const bool oneLine = lines && (value.isMap() || value.isList()) && fitsOneLine(value, width);
    const std::string piece = oneLine ? "- " + flowText(value) : itemText(value, indent, true);
    if (index == 0)
        return cut.put(dash, dash, piece + "\n" + std::string(indent, ' '));
    const std::size_t before = lineEnd(cut.text(), text.span(items[index - 1]).end);
    return cut.put(before, before, "\n" + std::string(indent, ' ') + piece);
}

std::string withoutChild(const SpannedText& text, const Node& parent, std::size_t index) {
    const Cut cut(text);
    const auto& items = parent.items();
    const auto begin = [&](std::size_t i) {
        const Span& span = text.span(items[i]);
        return parent.isMap() ? span.keyBegin : span.flow ? span.begin : span.dash;
    };
    const std::size_t end = text.span(items[index]).end;
    if (text.span(parent).brackets)
        return index + 1 < items.size() ? cut.put(begin(index), begin(index + 1), "")
                                        : cut.put(text.span(items[index - 1]).end, end, "");
    const std::size_t line = lineStart(cut.text(), begin(index));
    if (cut.blank(line, begin(index)))
        return cut.put(line, cut.nextLine(end), "");
    // The first entry of an item stands behind its dash: what follows moves up.
    const std::size_t next = cut.text().find_first_not_of(" \t\r\n", cut.nextLine(end));
    return next == std::string_view::npos ? std::string() : cut.put(begin(index), next, "");
}

} // namespace gatehouse::lab
