// nginx's own answers of a location: pages, redirects, preflights, with every field that the location puts on
// them.
#pragma once

#include <ingress/model.h>
#include <ingress/page.h>

namespace gatehouse::ingress {

// What the fields of an answer depend on.
struct AnswerContext {
    const Model& model;
    const Location* location; // null: refused before one was found
    const State& state;       // with its request
    const AuthOutcome& outcome;
    Arena& arena;
    exchange::Trace& trace;
};

// A page of `status`, as the location's error_page lines say: sign-in for 401, the default backend for
// custom-http-errors, else nginx's own.
exchange::Answer errorAnswer(const AnswerContext& context, int status, Rule why, FieldId from = {});
// The default backend's 404, as the controller serves it without --default-backend-service.
exchange::Answer defaultBackendAnswer(const AnswerContext& context);
// A redirect; a location that begins with '/' gets scheme and host in front, as nginx does it.
exchange::Answer redirectAnswer(const AnswerContext& context, int status, std::string_view location, Rule why,
                                FieldId from = {});
exchange::Answer preflightAnswer(const AnswerContext& context);

// Is the Origin of the request one that enable-cors allows?
bool originAllowed(const CorsPlan& cors, const State& state);
// $auth_cookie: the auth answer's Set-Cookie lines joined with ", ".
std::string_view authCookie(const Location& location, const AuthOutcome& outcome, Arena& arena);
// Does add_header put the auth cookie on an answer of this status?
bool carriesAuthCookie(const Location& location, int status);

// Every field that the location sets on an answer, in nginx's order: sink(name, value, rule, from).
template <class Sink>
void locationFields(const AnswerContext& context, Sink sink);

} // namespace gatehouse::ingress

#include <ingress/answerFields.h>
