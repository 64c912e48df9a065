// What a mood is drawn with.
#pragma once

#include <base/error.h>

#include <look/state.h>

namespace gatehouse::look {

Token tokenOf(Mood mood);
Token groundOf(Mood mood);
QString iconOf(Mood mood);
Mood moodOf(Problem::Kind kind);

} // namespace gatehouse::look
