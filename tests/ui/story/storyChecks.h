// What has to be true in the window, whoever the provider is. Failures are the running test's.
#pragma once

#include "storyWindow.h"

namespace gatehouse::story {

// In the session of that user: the lab's first page, name, password, the code of the card.
void logsInByHand(StoryWindow& at, const QString& user);
// Nothing but what was asked: the sign-in, the login, the callback, whoami; no tunnel is in the way.
void listIsFilled(StoryWindow& at);
// Of whoami's page: which header the client sent, which the gate saw, which the service got, and by what
// rule.
void headersAreRight(StoryWindow& at);
void bobIsRefused(StoryWindow& at);

} // namespace gatehouse::story
