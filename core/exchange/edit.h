// The edit is the mechanism: a header changes only through a HeadEdit, which the serializer applies and the
// inspector shows. There is no second bookkeeping of what changed.
#pragma once

#include <base/arena.h>
#include <base/place.h>
#include <exchange/rule.h>
#include <http/head.h>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace gatehouse::exchange {

struct HeadEdit {
    enum class Op : std::uint8_t {
        Set,   // every field of that name goes, this one comes
        Add,   // this one comes beside what is there
        Remove // every field of that name goes
    };
    Op op = Op::Set;
    bool secret = false; // the value is redacted at every exit
    Rule rule = nullptr;
    FieldId from; // the lab's field that caused it, if one did
    std::string_view name;
    std::string_view value;
};

// Edits of one message; texts live in the exchange's arena.
class EditList {
public:
    explicit EditList(Arena& arena) : arena_(&arena) {}

    void set(std::string_view name, std::string_view value, Rule rule, FieldId from = {},
             bool secret = false);
    void add(std::string_view name, std::string_view value, Rule rule, FieldId from = {},
             bool secret = false);
    void remove(std::string_view name, Rule rule, FieldId from = {});

    // Edits made elsewhere; their texts must live as long as this list's.
    void append(std::span<const HeadEdit> edits);

    std::span<const HeadEdit> edits() const { return edits_; }
    std::vector<HeadEdit> take() { return std::move(edits_); }
    Arena& arena() const { return *arena_; }
    bool empty() const { return edits_.empty(); }

private:
    void put(const HeadEdit& edit);

    Arena* arena_;
    std::vector<HeadEdit> edits_;
};

// Requests: edited fields first, in the order of the edits, then what is left of the original (nginx's
// order). Responses: what is left of the original first, then the edits.
enum class EditedFields : std::uint8_t { First, Last };

// Appends "Name: value\r\n" lines for the edited head to `out`.
void writeFields(http::HeadersView original, std::span<const HeadEdit> edits, EditedFields where,
                 std::string& out);
// The same as a list, for decisions and tests.
http::Headers edited(http::HeadersView original, std::span<const HeadEdit> edits, EditedFields where);

} // namespace gatehouse::exchange
