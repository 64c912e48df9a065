// A request read off bytes that arrive in pieces, the way a connection reads it: head, then body.
#pragma once

#include <http/body.h>
#include <http/parse.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::http::testing {

struct WireResult {
    int refused = 0; // status of the refusal; 0 = none
    const gatehouse::Message* why = nullptr;
    bool complete = false;
    std::string method, target, authority, fields, body;
    std::string rest; // what came after the message

    friend bool operator==(const WireResult&, const WireResult&) = default;
};

class WireReader {
public:
    explicit WireReader(const Limits& limits = {}) : limits_(limits) {}

    void arrive(std::string_view piece) {
        bytes_.append(piece);
        if (!headRead_ && result_.refused == 0)
            readHead();
        if (headRead_ && !result_.complete && result_.refused == 0)
            readBody();
    }

    WireResult result() const {
        WireResult out = result_;
        out.rest = result_.complete ? bytes_ : std::string();
        return out;
    }

private:
    void readHead() {
        const auto outcome = parseRequest(bytes_, fields_, limits_);
        if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
            result_.refused = refusal->status;
            result_.why = refusal->why;
        } else if (const auto* request = std::get_if<ParsedRequest>(&outcome)) {
            result_.method = request->view.method;
            result_.target = request->view.target;
            result_.authority = request->authority;
            for (const Header field : request->view.headers)
                result_.fields.append(field.name).append("=").append(field.value).append("|");
            body_ = BodyReader(request->framing, limits_);
            bytes_.erase(0, request->size);
            headRead_ = true;
        }
    }

    void readBody() {
        for (;;) {
            const auto step = body_.feed(bytes_);
            result_.body.append(step.data);
            bytes_.erase(0, step.consumed);
            if (step.refused) {
                result_.refused = step.refused->status;
                result_.why = step.refused->why;
            }
            result_.complete = step.done;
            if (step.done || step.refused || step.consumed == 0)
                return;
        }
    }

    Limits limits_;
    std::string bytes_;
    std::vector<FieldSpan> fields_;
    BodyReader body_;
    WireResult result_;
    bool headRead_ = false;
};

inline WireResult readWhole(std::string_view bytes, const Limits& limits = {}) {
    WireReader reader(limits);
    reader.arrive(bytes);
    return reader.result();
}

inline WireResult readSplit(std::string_view bytes, const std::vector<std::size_t>& cuts,
                            const Limits& limits = {}) {
    WireReader reader(limits);
    std::size_t from = 0;
    for (const std::size_t cut : cuts) {
        reader.arrive(bytes.substr(from, cut - from));
        from = cut;
    }
    reader.arrive(bytes.substr(from));
    return reader.result();
}

} // namespace gatehouse::http::testing
