#include <http/refusals.h>

namespace gatehouse::http {

namespace refusal {

const Message requestLine{
    "http-request-line",
    GH_TEXT("core", "the request line is not METHOD TARGET HTTP/1.1, one blank between each"), ""};
const Message requestLineTooLong{
    "http-request-line-too-long", GH_TEXT("core", "the request line is too long"),
    GH_TEXT("core", "Something puts too much into the URL: often a redirect that contains itself.")};
const Message target{"http-target", GH_TEXT("core", "the request target is malformed"), ""};
const Message version{"http-version", GH_TEXT("core", "only HTTP/1.0 and HTTP/1.1 are spoken here"), ""};
const Message statusLine{
    "http-status-line", GH_TEXT("core", "the answer does not begin with an HTTP/1.x status line"),
    GH_TEXT("core", "Is this an HTTP server, and is the scheme (http or https) the right one?")};
const Message statusLineTooLong{"http-status-line-too-long",
                                GH_TEXT("core", "the answer's status line is too long"), ""};
const Message fieldName{"http-field-name",
                        GH_TEXT("core", "a header line has no proper name before its colon, or is folded"),
                        ""};
const Message fieldValue{
    "http-field-value",
    GH_TEXT("core", "a header's value has control characters, or its line ends without CRLF"), ""};
const Message headTooLarge{"http-head-too-large", GH_TEXT("core", "the header fields are too large together"),
                           GH_TEXT("core", "Often too many cookies: clear those of this host.")};
const Message tooManyFields{"http-too-many-fields", GH_TEXT("core", "there are too many header fields"), ""};
const Message host{"http-host", GH_TEXT("core", "the Host header is missing, repeated or malformed"), ""};
const Message contentLength{"http-content-length",
                            GH_TEXT("core", "Content-Length is repeated or no plain number"), ""};
const Message lengthAndCoding{
    "http-length-and-coding", GH_TEXT("core", "Content-Length and Transfer-Encoding contradict each other"),
    GH_TEXT("core", "A message may have one of them only: two servers would read it differently.")};
const Message transferCoding{"http-transfer-coding",
                             GH_TEXT("core", "the only transfer coding spoken here is chunked, once"), ""};
const Message transferCodingIn10{"http-transfer-coding-1.0",
                                 GH_TEXT("core", "HTTP/1.0 knows no Transfer-Encoding"), ""};
const Message expectation{"http-expectation",
                          GH_TEXT("core", "the only expectation known here is 100-continue"), ""};
const Message chunkSize{"http-chunk-size", GH_TEXT("core", "a chunk's size line is malformed"), ""};
const Message chunkLineTooLong{"http-chunk-line-too-long", GH_TEXT("core", "a chunk's size line is too long"),
                               ""};
const Message chunkEnd{"http-chunk-end", GH_TEXT("core", "a chunk is not as long as it says"), ""};
const Message trailer{"http-trailer", GH_TEXT("core", "a trailer line is malformed"), ""};
const Message trailersTooLarge{"http-trailers-too-large", GH_TEXT("core", "the trailers are too large"), ""};

} // namespace refusal

std::vector<const Message*> refusals() {
    using namespace refusal;
    return {&requestLine,
            &requestLineTooLong,
            &target,
            &version,
            &statusLine,
            &statusLineTooLong,
            &fieldName,
            &fieldValue,
            &headTooLarge,
            &tooManyFields,
            &host,
            &contentLength,
            &lengthAndCoding,
            &transferCoding,
            &transferCodingIn10,
            &expectation,
            &chunkSize,
            &chunkLineTooLong,
            &chunkEnd,
            &trailer,
            &trailersTooLarge};
}

} // namespace gatehouse::http
