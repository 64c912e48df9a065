// Document: the text of a lab, what it says, and where each field stands. Immutable; an edit is a new
// Document.
//
// Text is the truth: yaml-cpp reads, it never writes. `with` splices at the scalar's mark, parses again and
// checks that nothing else changed; comments stay. Refused: duplicate keys, anchors and aliases, more than 4
// MiB, more than one document, tabs in indentation (YAML), unknown fields.
#pragma once

#include <base/error.h>
#include <lab/lab.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::lab {

class Document {
public:
    static Checked<Document> parse(std::string text, std::string file);

    const std::string& text() const { return text_; }
    const std::string& file() const { return file_; }
    const Lab& lab() const { return lab_; }
    const Node& root() const { return root_; }

    Place place(FieldId id) const; // of a field's value; unknown ids give the file alone
    // "/gates/0/options/scope" → its id; none when the text lacks it. Paths are JSON pointers (RFC 6901):
    // "/ingresses/0/annotations/nginx.ingress.kubernetes.io~1auth-url"; realm::pointerStep escapes a key.
    FieldId field(std::string_view path) const;

    // A Document in which the field has the value: replaced in place, or added to its map in the table's
    // order.
    Result<Document> with(std::string_view path, const Node& value) const;
    Result<Document> without(std::string_view path) const;

private:
    std::string text_;
    std::string file_;
    Node root_;
    Lab lab_;
    std::vector<Place> places_; // FieldId.index - 1
};

// YAML text of a node (block style, two blanks, YAML 1.1-safe quoting), indented by `indent` blanks.
std::string writeYaml(const Node& node, int indent = 0);

// Writes a file whole or not at all: temporary beside it, fsync, rename. The old file survives a crash at any
// instant.
Result<void> saveWhole(const std::string& path, std::string_view text);

} // namespace gatehouse::lab
