#include <base/ascii.h>
#include <exchange/coverage.h>
#include <exchange/edit.h>

#include <algorithm>

namespace gatehouse::exchange {

namespace {

constexpr std::size_t usual = 16; // of one message: to grow there by doubling would be five allocations

} // namespace

void EditList::put(const HeadEdit& edit) {
    if (edits_.capacity() == 0)
        edits_.reserve(usual);
    edits_.push_back(edit);
}

void EditList::append(std::span<const HeadEdit> edits) {
    if (edits_.capacity() == 0 && !edits.empty())
        edits_.reserve(std::max(usual, edits.size()));
    edits_.insert(edits_.end(), edits.begin(), edits.end());
}

void EditList::set(std::string_view name, std::string_view value, Rule rule, FieldId from, bool secret) {
    recordHit(rule, "set");
    put({HeadEdit::Op::Set, secret, rule, from, arena_->keep(name), arena_->keep(value)});
}

void EditList::add(std::string_view name, std::string_view value, Rule rule, FieldId from, bool secret) {
    recordHit(rule, "add");
    put({HeadEdit::Op::Add, secret, rule, from, arena_->keep(name), arena_->keep(value)});
}

void EditList::remove(std::string_view name, Rule rule, FieldId from) {
    recordHit(rule, "remove");
    put({HeadEdit::Op::Remove, false, rule, from, arena_->keep(name), {}});
}

namespace {

bool survives(const http::Header& field, std::span<const HeadEdit> edits) {
    for (const HeadEdit& edit : edits)
        if (edit.op != HeadEdit::Op::Add && equalsIgnoreCase(edit.name, field.name))
            return false;
    return true;
}

// A Set or Add is dropped by a later Set or Remove of the same name: the last word counts.
bool stands(std::size_t index, std::span<const HeadEdit> edits) {
    if (edits[index].op == HeadEdit::Op::Remove)
        return false;
    for (std::size_t later = index + 1; later < edits.size(); ++later)
        if (edits[later].op != HeadEdit::Op::Add && equalsIgnoreCase(edits[later].name, edits[index].name))
            return false;
    return true;
}

template <class Put>
void putEdited(http::HeadersView original, std::span<const HeadEdit> edits, EditedFields where, Put put) {
    const auto putEdits = [&] {
        for (std::size_t i = 0; i < edits.size(); ++i)
            if (stands(i, edits))
                put(edits[i].name, edits[i].value);
    };
    if (where == EditedFields::First)
        putEdits();
    for (const http::Header field : original)
        if (survives(field, edits))
            put(field.name, field.value);
    if (where == EditedFields::Last)
        putEdits();
}

} // namespace

void writeFields(http::HeadersView original, std::span<const HeadEdit> edits, EditedFields where,
                 std::string& out) {
    putEdited(original, edits, where, [&out](std::string_view name, std::string_view value) {
        out.append(name).append(": ").append(value).append("\r\n");
    });
}

http::Headers edited(http::HeadersView original, std::span<const HeadEdit> edits, EditedFields where) {
    http::Headers out;
    putEdited(original, edits, where,
              [&out](std::string_view name, std::string_view value) { out.add(name, value); });
    return out;
}

} // namespace gatehouse::exchange
