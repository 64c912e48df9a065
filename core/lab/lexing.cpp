#include <lab/lexing.h>

namespace gatehouse::lab {

namespace {

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// The end of a run of blanks and line ends, and whether it has a line end in it.
std::size_t runEnd(std::string_view text, std::size_t at, bool& folds) {
    folds = false;
    while (at < text.size() && isBlank(text[at])) {
        folds = folds || text[at] == '\n';
        ++at;
    }
    return at;
}

// A plain scalar may go on over several lines: a line end is a blank, an empty line is a line end
// (YAML 1.2, 7.3.3).
std::size_t plainEnd(std::string_view text, std::size_t at, std::string_view value) {
    for (std::size_t i = 0; i < value.size(); ++i) {
        bool folds = false;
        const std::size_t after = runEnd(text, at, folds);
        if (folds) {
            while (i + 1 < value.size() && value[i] == '\n' && value[i + 1] == '\n')
                ++i;
            if (value[i] != ' ' && value[i] != '\n')
                return noEnd;
            at = after;
        } else if (at < text.size() && text[at] == value[i]) {
            ++at;
        } else {
            return noEnd;
        }
    }
    return at;
}

// The content of a block scalar is what is indented at least like its first line that is not empty. Comments
// may stand after the header only.
std::size_t blockEnd(std::string_view text, std::size_t begin, std::string_view value) {
    std::size_t at = lineEnd(text, begin);
    std::size_t end = at;
    if (value.find_first_not_of('\n') == std::string_view::npos)
        return end;
    std::size_t indent = noEnd;
    while (at < text.size()) {
        const std::size_t start = text.find('\n', at);
        if (start == std::string_view::npos)
            break;
        const std::size_t content = text.find_first_not_of(" \r", start + 1);
        at = lineEnd(text, start + 1);
        if (content == std::string_view::npos || content >= at)
            continue; // an empty line
        if (indent == noEnd)
            indent = content - start - 1;
        if (content - start - 1 < indent)
            break;
        end = at;
    }
    return end;
}

} // namespace

std::size_t quotedEnd(std::string_view text, std::size_t begin) {
    const char quote = text[begin];
    for (std::size_t at = begin + 1; at < text.size(); ++at) {
        if (quote == '"' && text[at] == '\\')
            ++at;
        else if (text[at] != quote)
            continue;
        else if (quote == '\'' && at + 1 < text.size() && text[at + 1] == quote)
            ++at;
        else
            return at + 1;
    }
    return noEnd;
}

std::size_t scalarEnd(std::string_view text, std::size_t begin, std::string_view value) {
    if (begin >= text.size())
        return noEnd;
    switch (text[begin]) {
    case '"':
    case '\'':
        return quotedEnd(text, begin);
    case '|':
    case '>':
        return blockEnd(text, begin, value);
    default:
        return plainEnd(text, begin, value);
    }
}

std::size_t skipBlank(std::string_view text, std::size_t at) {
    while (at < text.size()) {
        if (text[at] == '#' && (at == 0 || isBlank(text[at - 1])))
            at = lineEnd(text, at);
        else if (isBlank(text[at]))
            ++at;
        else
            break;
    }
    return at;
}

std::size_t lineStart(std::string_view text, std::size_t at) {
    const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
    return before == std::string_view::npos ? 0 : before + 1;
}

std::size_t lineEnd(std::string_view text, std::size_t at) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos)
        return text.size();
    return end > at && text[end - 1] == '\r' ? end - 1 : end;
}

std::size_t column(std::string_view text, std::size_t at) {
    return at - lineStart(text, at);
}

} // namespace gatehouse::lab
