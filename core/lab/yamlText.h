// YamlText: what a YAML text says as Nodes, and where each of them begins. The one reader of labs.
//
// Labs are a small, safe part of YAML: one document, UTF-8 of at most 4 MiB, keys that are text and stand
// once, no anchors, aliases or tags. Everything else is a problem with its place.
#pragma once

#include <base/error.h>
#include <base/node.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::lab {

// Where a node stands: offsets in bytes. A node without text of its own (`key:`, also `key: null`) begins at
// its key.
struct Spot {
    static constexpr std::uint32_t none = 0xFFFFFFFF;
    std::uint32_t begin = 0;
    std::uint32_t mark = 0;        // where yaml-cpp saw it: of nothing, whatever comes next
    std::uint32_t keyBegin = none; // of its key, when it has one
    std::uint32_t parent = none;   // index of the spot that holds it
    bool flow = false;             // a collection in brackets, or an item in one
    std::string step;              // key, or number in its list
};

struct YamlText {
    Node root;               // FieldId.index - 1 is the index of its spot
    std::vector<Spot> spots; // in the order of the text

    std::string path(std::uint32_t spot) const; // as a JSON pointer
};

// A text that is refused may still be read to its end, so that what it says can be judged too; it is empty
// when it could not.
struct YamlReading {
    std::optional<YamlText> value;
    std::vector<Problem> problems;
};
YamlReading readYaml(std::string_view text, std::string_view file);

// Lines and columns (in characters) of offsets.
class Lines {
public:
    explicit Lines(std::string_view text);
    void locate(std::size_t offset, Place& place) const;

private:
    std::string_view text_;
    std::vector<std::size_t> starts_;
};

} // namespace gatehouse::lab
