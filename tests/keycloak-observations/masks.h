// Texts with masks, as the record has them: "{name}" stands for a random part (data/README.md).
#pragma once

#include <string>
#include <string_view>

namespace gatehouse::observations {

// The actual text is what the mask allows: {x:43 chars}, {s x 3000}, {client_data:{…}}, {jwt}, {uuid} …
bool matches(std::string_view expected, std::string_view actual);

// The same, and more may follow.
bool beginsWith(std::string_view actual, std::string_view expected);

// "{u x 300}" written out, as it was sent.
std::string unmasked(std::string_view text);

// Where the mask that begins at `at` ends (behind its brace).
std::size_t maskEnd(std::string_view text, std::size_t at);

} // namespace gatehouse::observations
