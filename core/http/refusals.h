// What the parsers refuse, in words.
#pragma once

#include <http/parse.h>

namespace gatehouse::http::refusal {

extern const Message requestLine;
extern const Message requestLineTooLong;
extern const Message target;
extern const Message version;
extern const Message statusLine;
extern const Message statusLineTooLong;
extern const Message fieldName;
extern const Message fieldValue;
extern const Message headTooLarge;
extern const Message tooManyFields;
extern const Message host;
extern const Message contentLength;
extern const Message lengthAndCoding;
extern const Message transferCoding;
extern const Message transferCodingIn10;
extern const Message expectation;
extern const Message chunkSize;
extern const Message chunkLineTooLong;
extern const Message chunkEnd;
extern const Message trailer;
extern const Message trailersTooLarge;

} // namespace gatehouse::http::refusal
