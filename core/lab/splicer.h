// Splicer: changes of a YAML text that touch nothing else.
//
// Every change is read back, and the text is taken only if it says exactly what it should. Where splicing
// cannot do it, the smallest block around the change is written anew, which costs that block's comments.
#pragma once

#include <lab/spans.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::lab {

using Steps = std::span<const std::string>; // of a path

const Node& nodeAt(const Node& root, Steps path); // Absent when there is none

class Splicer {
public:
    explicit Splicer(SpannedText text) : text_(std::move(text)) {}

    const std::string& text() const { return text_.text(); }
    const Node& root() const { return text_.root(); }

    // Each is false, and changes nothing, when the result cannot be written at all (text that is no UTF-8).
    // The value at a path that is there. Maps and lists are changed entry by entry.
    bool set(std::vector<std::string> path, const Node& value);
    bool insertEntry(Steps map, std::size_t index, const std::string& key, const Node& value);
    bool insertItem(Steps list, std::size_t index, const Node& value);
    bool remove(Steps path);

private:
    bool setMap(const std::vector<std::string>& path, const Node& value);
    bool setList(const std::vector<std::string>& path, const Node& value);
    bool replace(Steps path, const Node& value);
    // `candidate` is the text in which the node at `path` is `changed`.
    bool change(Steps path, const Node& changed, std::string candidate);
    bool accept(std::string candidate, const Node& expected);

    SpannedText text_;
};

} // namespace gatehouse::lab
