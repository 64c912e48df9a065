#include <desk/text.h>
#include <lab/scalars.h>

#include <forms/yamlHighlighter.h>
#include <look/tokens.h>

namespace gatehouse::forms {

namespace {

bool endsPlain(const QString& line, qsizetype at) {
    const QChar c = line[at];
    if (c == '#')
        return at > 0 && line[at - 1].isSpace();
    if (c == ':')
        return at + 1 == line.size() || line[at + 1].isSpace();
    return c == ',' || c == ']' || c == '}' || c == '[' || c == '{';
}

// "- " begins an entry, - inside a word does not.
bool isDash(const QString& line, qsizetype at) {
    return line[at] == '-' && (at + 1 == line.size() || line[at + 1].isSpace()) &&
           line.left(at).trimmed().remove('-').remove(' ').isEmpty();
}

} // namespace

void YamlHighlighter::highlightBlock(const QString& line) {
    const QColor quiet = look::color(look::Token::TextQuiet);
    qsizetype at = 0;
    while (at < line.size()) {
        const QChar c = line[at];
        if (c == '#' && (at == 0 || line[at - 1].isSpace())) {
            setFormat(static_cast<int>(at), static_cast<int>(line.size() - at), quiet);
            return;
        }
        if (c == '"' || c == '\'') {
            at = quoted(line, at);
            continue;
        }
        if (c.isSpace() || isDash(line, at) || QStringLiteral("[]{},:").contains(c)) {
            if (!c.isSpace())
                setFormat(static_cast<int>(at), 1, quiet);
            ++at;
            continue;
        }
        qsizetype end = at;
        while (end < line.size() && !endsPlain(line, end))
            ++end;
        plain(line, at, std::max(end, at + 1));
        at = std::max(end, at + 1);
    }
}

qsizetype YamlHighlighter::quoted(const QString& line, qsizetype at) {
    qsizetype end = at + 1;
    while (end < line.size() && line[end] != line[at])
        end += line[at] == '"' && line[end] == '\\' ? 2 : 1;
    end = std::min(end + 1, line.size());
    const bool key = end < line.size() && line[end] == ':';
    setFormat(static_cast<int>(at), static_cast<int>(end - at),
              look::color(key ? look::Token::Accent : look::Token::Good));
    return end;
}

void YamlHighlighter::plain(const QString& line, qsizetype begin, qsizetype end) {
    const bool key = end < line.size() && line[end] == ':';
    const QString word = line.mid(begin, end - begin).trimmed();
    const auto length = static_cast<int>(end - begin);
    if (key)
        setFormat(static_cast<int>(begin), length, look::color(look::Token::Accent));
    else if (lab::readsAsValue(desk::utf8(word)))
        setFormat(static_cast<int>(begin), length, look::color(look::Token::Changed));
}

} // namespace gatehouse::forms
