#include <http/fieldParser.h>
#include <http/grammar.h>
#include <http/refusals.h>

#include <cstring>

namespace gatehouse::http {

namespace {

// True when one of eight bytes may be a control character or DEL. Tabs count: the caller looks closer.
bool controlAmong(std::uint64_t eight) {
    constexpr std::uint64_t ones = 0x0101010101010101U;
    constexpr std::uint64_t tops = ones * 0x80;
    const std::uint64_t below = (eight - ones * 0x20) & ~eight;
    const std::uint64_t del = eight ^ (ones * 0x7F);
    return ((below | ((del - ones) & ~del)) & tops) != 0;
}

// The first byte that cannot stand in a field value.
const char* skipValue(const char* at, const char* end) {
    for (;;) {
        while (end - at >= 8) {
            std::uint64_t eight;
            std::memcpy(&eight, at, 8);
            if (controlAmong(eight))
                break;
            at += 8;
        }
        const char* const stop = end - at >= 8 ? at + 8 : end;
        while (at != stop && grammar::is(*at, grammar::Field))
            ++at;
        if (at != stop || at == end)
            return at;
    }
}

constexpr bool blank(char c) {
    return c == ' ' || c == '\t';
}

std::uint32_t offset(const Cursor& cursor, const char* at) {
    return static_cast<std::uint32_t>(at - cursor.base);
}

LineKind refuse(const Message& reason, const Message*& why) {
    why = &reason;
    return LineKind::Refused;
}

// CR stands at the cursor: it must be followed by LF.
LineKind takeLineEnd(Cursor& cursor, LineKind kind, const Message*& why) {
    if (cursor.end - cursor.at < 2)
        return LineKind::More;
    if (cursor.at[1] != '\n')
        return refuse(refusal::fieldValue, why);
    cursor.at += 2;
    return kind;
}

} // namespace

LineKind takeFieldLine(Cursor& cursor, FieldSpan& span, const Message*& why) {
    const char* const name = cursor.at;
    const char* at = name;
    while (at != cursor.end && grammar::is(*at, grammar::Token))
        ++at;
    if (at == cursor.end)
        return LineKind::More;
    if (at == name) {
        if (*at == '\r')
            return takeLineEnd(cursor, LineKind::Blank, why);
        return refuse(refusal::fieldName, why);
    }
    if (*at != ':')
        return refuse(refusal::fieldName, why);
    span.name = offset(cursor, name);
    span.nameSize = static_cast<std::uint32_t>(at - name);
    ++at;
    while (at != cursor.end && blank(*at))
        ++at;
    const char* const value = at;
    at = skipValue(at, cursor.end);
    if (at == cursor.end)
        return LineKind::More;
    if (*at != '\r')
        return refuse(refusal::fieldValue, why);
    const char* last = at;
    while (last != value && blank(last[-1]))
        --last;
    span.value = offset(cursor, value);
    span.valueSize = static_cast<std::uint32_t>(last - value);
    cursor.at = at;
    return takeLineEnd(cursor, LineKind::Field, why);
}

} // namespace gatehouse::http
