#include <base/encoding.h>
#include <lab/document.h>
#include <lab/scalars.h>
#include <lab/writer.h>

#include <algorithm>

namespace gatehouse::lab {

namespace {

bool isCollection(const Node& node) {
    return node.isList() || node.isMap();
}

bool isEmptyCollection(const Node& node) {
    return isCollection(node) && node.size() == 0;
}

// Characters that only double quotes can hold: control characters, and what other readers take for line ends.
bool needsEscapes(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }) ||
           text.find("\xC2\x85") != std::string_view::npos ||
           text.find("\xE2\x80\xA8") != std::string_view::npos ||
           text.find("\xE2\x80\xA9") != std::string_view::npos ||
           text.find("\xEF\xBB\xBF") != std::string_view::npos;
}

std::string doubleQuoted(std::string_view text) {
    struct Escape {
        std::string_view bytes;
        std::string_view written;
    };
    static constexpr Escape escapes[] = {{"\"", "\\\""},
                                         {"\\", "\\\\"},
                                         {"\n", "\\n"},
                                         {"\r", "\\r"},
                                         {"\t", "\\t"},
                                         {"\xC2\x85", "\\u0085"},
                                         {"\xE2\x80\xA8", "\\u2028"},
                                         {"\xE2\x80\xA9", "\\u2029"},
                                         {"\xEF\xBB\xBF", "\\uFEFF"}};
    std::string out = "\"";
    while (!text.empty()) {
        const auto escape = std::find_if(std::begin(escapes), std::end(escapes),
                                         [&](const Escape& each) { return text.starts_with(each.bytes); });
        const auto c = static_cast<unsigned char>(text.front());
        if (escape != std::end(escapes)) {
            out += escape->written;
            text.remove_prefix(escape->bytes.size());
            continue;
        }
        if (c < 0x20 || c == 0x7F)
            out += "\\x" + hex(text.substr(0, 1));
        else
            out += text.front();
        text.remove_prefix(1);
    }
    return out + '"';
}

std::string singleQuoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text)
        out.append(c == '\'' ? 2 : 1, c);
    return out + '\'';
}

std::string quoted(std::string_view text, char quotes) {
    if (needsEscapes(text))
        return doubleQuoted(text);
    const bool harsh = text.find_first_of("\"\\") != std::string_view::npos;
    return quotes == '\'' || (quotes == '\0' && harsh) ? singleQuoted(text) : doubleQuoted(text);
}

// Lines as they are, behind |: for what has several and ends in at most one line end.
bool suitsLiteral(const Node& node) {
    const std::string& text = node.text();
    if (!node.isScalar() || text.find('\n') == std::string::npos || text.front() == '\n' ||
        text.front() == ' ' || text.ends_with("\n\n") || text.find(" \n") != std::string::npos ||
        text.back() == ' ')
        return false;
    std::string flat = text;
    std::replace(flat.begin(), flat.end(), '\n', ' ');
    return !needsEscapes(flat);
}

std::string literal(std::string_view text, std::size_t indent) {
    std::string out = text.ends_with('\n') ? "|" : "|-";
    if (text.ends_with('\n'))
        text.remove_suffix(1);
    for (;;) {
        const auto end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        out += '\n';
        if (!line.empty())
            out.append(indent, ' ').append(line);
        if (end == std::string_view::npos)
            return out;
        text.remove_prefix(end + 1);
    }
}

std::size_t depth(const Node& node) {
    std::size_t deepest = 0;
    for (const Node& item : node.items())
        deepest = std::max(deepest, depth(item));
    return isCollection(node) ? deepest + 1 : 0;
}

// The lines of a collection; the first is not indented.
std::string blockText(const Node& node, std::size_t indent, bool compact) {
    std::string out;
    const auto entries = node.entries();
    for (std::size_t i = 0; i < node.size(); ++i) {
        if (i > 0)
            out.append("\n").append(indent, ' ');
        out += node.isMap() ? entryText(entries[i].first, *entries[i].second, indent, compact)
                            : itemText(node.items()[i], indent, compact);
    }
    return out;
}

} // namespace

// A list of objects, here or inside: each has a line of its own, or several.
bool holdsObjects(const Node& node) {
    return std::any_of(node.items().begin(), node.items().end(), [&](const Node& item) {
        return (node.isList() && item.isMap()) || holdsObjects(item);
    });
}

std::string scalarText(const Node& scalar, bool flow, char quotes) {
    if (!scalar.isScalar())
        return "null";
    const std::string& text = scalar.text();
    const bool plain =
        (!scalar.quoted() && readsAsValue(text)) || (readsAsText(text) && standsPlain(text, flow));
    return plain && quotes == '\0' ? text : quoted(text, quotes);
}

std::string keyText(std::string_view key, bool flow) {
    return scalarText(Node::scalar(std::string(key), true), flow);
}

std::string flowText(const Node& node) {
    if (!isCollection(node))
        return scalarText(node, true);
    std::string out = node.isMap() ? "{" : "[";
    const auto entries = node.entries();
    for (std::size_t i = 0; i < node.size(); ++i) {
        if (i > 0)
            out += ", ";
        if (node.isMap())
            out += keyText(entries[i].first, true) + ": ";
        out += flowText(node.items()[i]);
    }
    return out + (node.isMap() ? '}' : ']');
}

bool fitsOneLine(const Node& node, std::size_t width) {
    return depth(node) <= 3 && !holdsObjects(node) && flowText(node).size() <= width;
}

std::string valueText(const Node& node, std::size_t indent, bool compact) {
    if (suitsLiteral(node))
        return " " + literal(node.text(), indent);
    if (!isCollection(node) || isEmptyCollection(node) || (compact && fitsOneLine(node)))
        return " " + (isCollection(node) ? flowText(node) : scalarText(node, false));
    return "\n" + std::string(indent, ' ') + blockText(node, indent, compact);
}

std::string entryText(std::string_view key, const Node& node, std::size_t indent, bool compact) {
    return keyText(key, false) + ":" + valueText(node, indent + 2, compact);
}

std::string itemText(const Node& node, std::size_t indent, bool compact) {
    const bool lines = isCollection(node) && !isEmptyCollection(node) && !(compact && fitsOneLine(node));
    return lines ? "- " + blockText(node, indent + 2, compact) : "-" + valueText(node, indent + 2, compact);
}

std::string writeYaml(const Node& node, int indent) {
    const auto column = static_cast<std::size_t>(std::max(indent, 0));
    const bool lines = isCollection(node) && !isEmptyCollection(node);
    std::string text = lines ? blockText(node, column, false) : valueText(node, column, false).substr(1);
    return std::string(column, ' ') + text + "\n";
}

} // namespace gatehouse::lab
