#include <lab/lexing.h>
#include <lab/spans.h>

namespace gatehouse::lab {

namespace {

// null, Null, NULL, ~ at this place: a null that is written out; its length.
std::size_t nullWord(std::string_view text, std::size_t at) {
    for (const std::string_view word : {"null", "Null", "NULL", "~"})
        if (text.substr(at).starts_with(word))
            return word.size();
    return 0;
}

} // namespace

std::optional<SpannedText> SpannedText::make(std::string text) {
    YamlReading reading = readYaml(text, {});
    if (!reading.value || anyRefused(reading.problems))
        return std::nullopt;
    SpannedText out;
    out.text_ = std::move(text);
    out.yaml_ = *std::move(reading.value);
    out.spans_.resize(out.yaml_.spots.size());
    const bool whole = out.value(out.yaml_.root, out.yaml_.spots[0].begin, 0);
    return whole ? std::optional(std::move(out)) : std::nullopt;
}

// `lead`: what comes before it ends here. `least`: a null in a block must stand at this column or to the
// right.
bool SpannedText::value(const Node& node, std::size_t lead, std::size_t least) {
    const Spot& spot = yaml_.spots[node.id().index - 1];
    Span& span = spans_[node.id().index - 1];
    span.lead = lead;
    span.begin = spot.begin;
    if (node.isScalar()) {
        span.end = scalarEnd(text_, span.begin, node.text());
        return span.begin >= lead && span.end != noEnd;
    }
    if (node.isList() || node.isMap())
        return collection(node);
    const std::size_t word = nullWord(text_, spot.mark);
    const bool written = word > 0 && skipBlank(text_, lead) == spot.mark &&
                         (span.flow || column(text_, spot.mark) >= least ||
                          lineStart(text_, spot.mark) == lineStart(text_, lead));
    span.nothing = !written;
    span.begin = written ? spot.mark : lead;
    span.end = written ? spot.mark + word : lead;
    return true;
}

bool SpannedText::collection(const Node& node) {
    Span& span = spans_[node.id().index - 1];
    const char open = span.begin < text_.size() ? text_[span.begin] : '\0';
    span.brackets = open == '{' || open == '[';
    const bool flow = span.brackets || span.flow;
    std::size_t at = span.begin + (span.brackets ? 1 : 0);
    const auto entries = node.entries();
    for (std::size_t i = 0; i < node.size(); ++i) {
        const Node& each = node.items()[i];
        spans_[each.id().index - 1].flow = flow;
        const bool done = node.isMap() ? mapEntry(entries[i].first, each, i == 0, span.brackets, at)
                                       : listItem(each, i == 0, at);
        if (!done)
            return false;
    }
    if (span.brackets) {
        at = skipBlank(text_, at);
        if (at < text_.size() && text_[at] == ',')
            at = skipBlank(text_, at + 1);
        if (at >= text_.size() || text_[at] != (node.isMap() ? '}' : ']'))
            return false;
        ++at;
    }
    span.end = at;
    return true;
}

// In brackets: over the comma before every entry but the first.
bool SpannedText::comma(bool first, std::size_t& at) const {
    at = skipBlank(text_, at);
    if (first)
        return true;
    if (at >= text_.size() || text_[at] != ',')
        return false;
    at = skipBlank(text_, at + 1);
    return true;
}

bool SpannedText::mapEntry(std::string_view key, const Node& node, bool first, bool inBrackets,
                           std::size_t& at) {
    Span& span = spans_[node.id().index - 1];
    span.keyBegin = yaml_.spots[node.id().index - 1].keyBegin;
    if (inBrackets && !comma(first, at))
        return false;
    const std::size_t keyEnd = scalarEnd(text_, span.keyBegin, key);
    if (skipBlank(text_, at) != span.keyBegin || keyEnd == noEnd)
        return false; // `? key`
    const std::size_t colon = text_.find_first_not_of(" \t", keyEnd);
    if (colon == std::string::npos || text_[colon] != ':') { // {a, b}: names without values
        span.nothing = true;
        span.begin = span.end = span.lead = at = keyEnd;
        return span.flow && node.kind() == Node::Kind::Null;
    }
    if (!value(node, colon + 1, column(text_, span.keyBegin) + 1))
        return false;
    at = span.end;
    return true;
}

bool SpannedText::listItem(const Node& node, bool first, std::size_t& at) {
    Span& span = spans_[node.id().index - 1];
    if (span.flow) {
        if (!comma(first, at))
            return false;
    } else {
        at = skipBlank(text_, at);
        if (at >= text_.size() || text_[at] != '-')
            return false;
        span.dash = at++;
    }
    if (!value(node, at, span.flow ? 0 : column(text_, span.dash) + 1))
        return false;
    at = span.end;
    return true;
}

} // namespace gatehouse::lab
