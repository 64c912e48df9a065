// Spans: where each value of a text begins and ends, so that it can be replaced without touching anything
// else.
#pragma once

#include <lab/yamlText.h>

#include <optional>
#include <string>
#include <vector>

namespace gatehouse::lab {

struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;      // of nothing (`key:`): where it could stand, right behind the colon or dash
    std::size_t keyBegin = 0; // of a value in a map
    std::size_t lead = 0;     // behind its colon, dash, bracket or comma
    std::size_t dash = 0;     // of an item of a block list
    bool nothing = false;     // there is no text for it
    bool flow = false;        // it stands in brackets
    bool brackets = false;    // it is a collection in brackets of its own
};

// A text with all its spans. None when the text cannot be read, or uses YAML that this lexing does not follow
// (`? key`).
class SpannedText {
public:
    static std::optional<SpannedText> make(std::string text);

    const std::string& text() const { return text_; }
    const Node& root() const { return yaml_.root; }
    const Span& span(const Node& node) const { return spans_[node.id().index - 1]; }

private:
    bool collection(const Node& node);
    bool value(const Node& node, std::size_t lead, std::size_t least);
    bool mapEntry(std::string_view key, const Node& node, bool first, bool inBrackets, std::size_t& at);
    bool listItem(const Node& node, bool first, std::size_t& at);
    bool comma(bool first, std::size_t& at) const;

    std::string text_;
    YamlText yaml_;
    std::vector<Span> spans_;
};

} // namespace gatehouse::lab
