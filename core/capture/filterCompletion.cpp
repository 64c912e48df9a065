#include <base/ascii.h>
#include <capture/filterParser.h>

#include <algorithm>

namespace gatehouse::capture {

namespace {

constexpr std::size_t mostCandidates = 50;

bool separates(char c) {
    return c == ' ' || c == '\t' || c == '(' || c == ')';
}

// The word that the cursor is in or behind; a `-` before it is no part of it.
std::pair<std::size_t, std::size_t> wordAround(std::string_view text, std::size_t cursor) {
    std::size_t begin = cursor;
    while (begin > 0 && !separates(text[begin - 1]))
        --begin;
    std::size_t end = cursor;
    while (end < text.size() && !separates(text[end]))
        ++end;
    if (begin < cursor && text[begin] == '-')
        ++begin;
    return {begin, end};
}

void offer(FilterCompletion& out, std::string_view typed, std::string text, std::string_view help) {
    if (out.candidates.size() < mostCandidates && startsWithIgnoreCase(text, typed) && text != typed)
        out.candidates.push_back({std::move(text), help});
}

void offerFields(FilterCompletion& out, std::string_view typed) {
    for (const FilterFieldRow& row : filterFields())
        offer(out, typed,
              std::string(row.name) + (row.ordered && row.field != FilterField::Status ? ">" : ":"),
              row.help);
    if (typed.empty())
        return;
    offer(out, typed, "and", GH_TEXT("core", "both conditions"));
    offer(out, typed, "or", GH_TEXT("core", "one of the conditions"));
    offer(out, typed, "not", GH_TEXT("core", "the next condition turned round"));
}

void offerSeen(FilterCompletion& out, std::string_view typed, const std::vector<std::string>& seen) {
    for (const std::string& value : seen)
        offer(out, typed, value, {});
}

} // namespace

FilterCompletion complete(std::string_view text, std::size_t cursor, const FilterVocabulary& vocabulary) {
    cursor = std::min(cursor, text.size());
    FilterCompletion out;
    std::tie(out.begin, out.end) = wordAround(text, cursor);
    const std::string_view typed = text.substr(out.begin, cursor - out.begin);
    const bool inQuotes =
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(cursor), '"') % 2;
    if (inQuotes)
        return out;
    const auto sign = typed.find_first_of(":=<>!");
    if (sign == std::string_view::npos) {
        offerFields(out, typed);
        return out;
    }
    const FilterFieldRow* const row = filterField(lower(typed.substr(0, sign)));
    if (!row)
        return out;
    const std::size_t value = std::min(typed.find_first_not_of(":=<>!", sign), typed.size());
    out.begin += value;
    const std::string_view start = typed.substr(value);
    for (FilterCandidate& choice : filterChoices(row->field))
        offer(out, start, std::move(choice.text), choice.help);
    if (row->field == FilterField::Host)
        offerSeen(out, start, vocabulary.hosts);
    else if (row->field == FilterField::User)
        offerSeen(out, start, vocabulary.users);
    else if (row->field == FilterField::Header)
        offerSeen(out, start, vocabulary.headers);
    return out;
}

std::string filterTerm(FilterField field, std::string_view value) {
    std::string out;
    for (const FilterFieldRow& row : filterFields())
        if (row.field == field)
            out = std::string(row.name) +
                  (field == FilterField::Header || field == FilterField::Body ? ":" : "=");
    if (!value.empty() && value.find_first_of(" \t()\"\\") == std::string_view::npos)
        return out.append(value);
    out.push_back('"');
    for (const char c : value) {
        if (c == '"' || c == '\\')
            out.push_back('\\');
        out.push_back(c);
    }
    return out + '"';
}

} // namespace gatehouse::capture
