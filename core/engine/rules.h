// What the engine itself does to messages and connections, as rows.
#pragma once

#include <exchange/rule.h>

namespace gatehouse::engine::rule {

extern const exchange::RuleRow hopByHop;
extern const exchange::RuleRow framing;
extern const exchange::RuleRow connection;
extern const exchange::RuleRow date;
extern const exchange::RuleRow upgrade;
extern const exchange::RuleRow absoluteForm;
extern const exchange::RuleRow noRequest;
extern const exchange::RuleRow refusedMessage;
extern const exchange::RuleRow bodyLimit;
extern const exchange::RuleRow retry;
extern const exchange::RuleRow upstreamFailed;
extern const exchange::RuleRow clientLeft;
extern const exchange::RuleRow deadline;
extern const exchange::RuleRow authLoop;
extern const exchange::RuleRow connectProxy;
extern const exchange::RuleRow proxyCredentials;
extern const exchange::RuleRow certificateLook;
extern const exchange::RuleRow notServed;
extern const exchange::RuleRow truncated;
extern const exchange::RuleRow certificateUnchecked;

} // namespace gatehouse::engine::rule
