#include <gate/goValue.h>
#include <http/url.h>
#include <lab/forms.h>
#include <lab/scalars.h>

#include <algorithm>
#include <array>
#include <forms/fieldSpec.h>
#include <forms/pointer.h>

namespace gatehouse::forms {

namespace {

const Node absent;

bool isInteger(std::string_view text) {
    return asInteger(Node::scalar(std::string(text))).has_value();
}
bool isPort(std::string_view text) {
    return lab::toPort(text).has_value();
}
bool isAddress(std::string_view text) {
    return lab::toAddress(text).has_value();
}
bool isUrl(std::string_view text) {
    return http::parseUrl(text).has_value();
}
bool isBoolean(std::string_view text) {
    return asBool(Node::scalar(std::string(text))).has_value();
}
bool isGoDuration(std::string_view text) {
    return gate::goDuration(text).has_value();
}
bool isGoInteger(std::string_view text) {
    return gate::goInteger(text).has_value();
}

struct TextForm {
    std::string_view name;
    bool (*fits)(std::string_view);
    FormFault fault;
};
constexpr std::array textForms{
    TextForm{"integer", isInteger, {GH_TEXT("forms", "a whole number"), "300"}},
    TextForm{"port", isPort, {GH_TEXT("forms", "a port from 0 to 65535"), "8443"}},
    TextForm{"bind", isAddress, {GH_TEXT("forms", "host:port on this machine"), "127.0.0.1:8443"}},
    TextForm{"url", isUrl, {GH_TEXT("forms", "a URL"), "https://whoami.domain.tld/"}},
    TextForm{"name", lab::isName, {GH_TEXT("forms", "a name of lower-case letters, digits and -"), "whoami"}},
    TextForm{"host", lab::isHost, {GH_TEXT("forms", "the name of a host"), "whoami.domain.tld"}},
    TextForm{"time", lab::isTime, {GH_TEXT("forms", "a time (RFC 3339)"), "2026-01-31T12:00:00Z"}},
    TextForm{"boolean", isBoolean, {GH_TEXT("forms", "true or false"), "true"}},
    TextForm{"go duration", isGoDuration, {GH_TEXT("forms", "a duration"), "1h30m"}},
    TextForm{"go integer", isGoInteger, {GH_TEXT("forms", "a whole number"), "5"}},
};

} // namespace

const Node& valueOf(const Node& object, const FieldSpec& spec) {
    const Node& value = nodeAt(object, spec.path);
    if (!spec.shorthand || !value.isAbsent())
        return value;
    const Node& around = nodeAt(object, parentPath(spec.path));
    return around.isScalar() && isUrl(around.text()) ? around : absent;
}

bool applies(const Node& object, const FieldSpec& spec, std::string_view defaultOfWhen) {
    if (spec.whenPath.empty())
        return true;
    const Node& when = nodeAt(object, spec.whenPath);
    const std::string_view value = when.isScalar() ? std::string_view(when.text()) : defaultOfWhen;
    const bool spelt = std::ranges::find(spec.whenValues, value) != spec.whenValues.end();
    // Alternatives are chosen by a key of the map, or by a shorthand in its place.
    const bool keyed = when.isMap() && std::ranges::any_of(spec.whenValues, [&when](std::string_view key) {
                           return !when[key].isAbsent();
                       });
    const bool shortened = when.isScalar() && isUrl(when.text()) &&
                           std::ranges::find(spec.whenValues, "url") != spec.whenValues.end();
    return spelt || keyed || shortened;
}

FormFault faultOf(const FieldSpec& spec, std::string_view text) {
    const auto form = std::ranges::find(textForms, spec.form, &TextForm::name);
    return form == textForms.end() || form->fits(text) ? FormFault{} : form->fault;
}

Node scalarFor(const FieldSpec& spec, std::string text) {
    const bool isValue = spec.kind == Kind::Integer || spec.kind == Kind::Boolean || spec.form == "port" ||
                         spec.form == "integer" || spec.form == "go integer";
    const bool quoted = (spec.asText || !isValue) && !lab::readsAsText(text);
    return Node::scalar(std::move(text), quoted);
}

} // namespace gatehouse::forms
