// The fields of answers, one loop for pages and for the service's own answers (see answers.h).
#pragma once

#include <ingress/answers.h>
#include <ingress/rules.h>

namespace gatehouse::ingress {

template <class Sink>
void locationFields(const AnswerContext& context, Sink sink) {
    const Model& model = context.model;
    const Location* location = context.location;
    if (model.settings.serverTokens)
        sink("Server", serverName, &rule::serverField, model.settings.from("server-tokens"));
    if (location != nullptr && context.state.tls && model.settings.hsts)
        sink("Strict-Transport-Security", model.strictTransportSecurity, &rule::hsts,
             model.settings.from("hsts"));
    for (const FixedField& field : model.addHeaders)
        sink(field.name, field.value, field.rule, field.from);
    if (location == nullptr)
        return;
    for (const FixedField& field : location->answerFields)
        sink(field.name, field.value, field.rule, field.from);
    if (!location->cors || location->denied || !originAllowed(*location->cors, context.state))
        return;
    const CorsPlan& cors = *location->cors;
    sink("Access-Control-Allow-Origin",
         cors.anyOrigin ? std::string_view("*") : context.state.request->headers.get("Origin"), &rule::cors,
         cors.from);
    for (const auto& [name, value] : cors.fields)
        sink(name, value, &rule::cors, cors.from);
}

} // namespace gatehouse::ingress
