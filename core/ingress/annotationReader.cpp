#include <base/ascii.h>
#include <ingress/annotationReader.h>
#include <ingress/goText.h>

namespace gatehouse::ingress {

const lab::KeyValue* AnnotationReader::find(std::string_view name) const {
    for (const lab::KeyValue& entry : object_.annotations) {
        const std::string_view key = entry.key;
        if (key.starts_with(annotationPrefix) && key.substr(annotationPrefix.size()) == name)
            return &entry;
    }
    return nullptr;
}

namespace {

// normalizeString: blanks go at both ends of every line.
std::string normalised(std::string_view value) {
    std::string out;
    bool first = true;
    for (const std::string_view line : split(value, '\n')) {
        if (!first)
            out += '\n';
        first = false;
        out += goTrim(line);
    }
    return out;
}

} // namespace

Read<std::string> AnnotationReader::text(std::string_view name, Validator validator,
                                         std::string_view alias) const {
    Read<std::string> read;
    const lab::KeyValue* entry = find(name);
    if ((entry == nullptr || entry->value.empty()) && !alias.empty())
        if (const lab::KeyValue* other = find(alias); other != nullptr && !other->value.empty())
            entry = other;
    if (entry == nullptr)
        return read;
    read.from = entry->from;
    read.raw = entry->value;
    if (!entry->value.empty() && !validator(entry->value)) { // no validator takes CR or LF but `anything`
        read.reading = Reading::Invalid;
        return read;
    }
    read.value = normalised(entry->value);
    read.reading = read.value.empty() ? Reading::Empty : Reading::Value;
    return read;
}

Read<bool> AnnotationReader::boolean(std::string_view name) const {
    Read<bool> read;
    const lab::KeyValue* entry = find(name);
    if (entry == nullptr)
        return read;
    read.from = entry->from;
    read.raw = entry->value;
    const auto value = goBool(entry->value);
    read.reading = value ? Reading::Value : entry->value.empty() ? Reading::Wrong : Reading::Invalid;
    read.value = value.value_or(false);
    return read;
}

Read<std::int64_t> AnnotationReader::integer(std::string_view name) const {
    Read<std::int64_t> read;
    const lab::KeyValue* entry = find(name);
    if (entry == nullptr)
        return read;
    read.from = entry->from;
    read.raw = entry->value;
    const auto value = goInt(entry->value);
    read.reading = value ? Reading::Value : entry->value.empty() ? Reading::Wrong : Reading::Invalid;
    read.value = value.value_or(0);
    return read;
}

bool AnnotationReader::flag(std::string_view name, bool byDefault) const {
    const auto read = boolean(name);
    if (read.given() && !read.has())
        ignored(name, read, "it is neither true nor false", byDefault ? "true" : "false");
    return read.or_(byDefault);
}

std::int64_t AnnotationReader::number(std::string_view name, std::int64_t byDefault) const {
    const auto read = integer(name);
    if (read.given() && !read.has())
        ignored(name, read, "it is no whole number", std::to_string(byDefault));
    return read.or_(byDefault);
}

std::string AnnotationReader::setting(std::string_view name, Validator validator,
                                      const std::string& byDefault) const {
    const auto read = text(name, validator);
    if (read.given() && !read.has())
        ignored(name, read,
                read.invalid() ? "it has characters or words that are not allowed" : "it is empty",
                byDefault.empty() ? "nothing" : byDefault);
    return read.or_(byDefault);
}

} // namespace gatehouse::ingress
