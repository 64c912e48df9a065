// What a mood is drawn with.
#pragma once

#include <look/state.h>

namespace gatehouse::look {

Token tokenOf(Mood mood);
Token groundOf(Mood mood);
QString iconOf(Mood mood);

} // namespace gatehouse::look
