#include <diagnosis/clues.h>
#include <diagnosis/detectors.h>
#include <diagnosis/verdict.h>

#include <algorithm>

namespace gatehouse::diagnosis {

std::string_view name(VerdictOutcome outcome) {
    switch (outcome) {
    case VerdictOutcome::Allowed:
        return "allowed";
    case VerdictOutcome::Denied:
        return "denied";
    case VerdictOutcome::Failed:
        return "failed";
    }
    return "";
}

const VerdictRow* verdict(std::string_view code) {
    const auto rows = verdicts();
    const auto found = std::find_if(rows.begin(), rows.end(),
                                    [&](const VerdictRow& row) { return row.message.code == code; });
    return found == rows.end() ? nullptr : &*found;
}

std::string Verdict::text() const {
    return gatehouse::text(Error{&row->message, args, {}, {}});
}

std::string Verdict::hint() const {
    return gatehouse::hint(Error{&row->message, args, {}, {}});
}

namespace {

void fillIn(Args& args, const Evidence& evidence) {
    const Step& last = lastStep(evidence);
    args.try_emplace("user", evidence.user.empty() ? "nobody" : evidence.user);
    args.try_emplace("host", last.url.host);
    args.try_emplace("url", last.url.origin() + std::string(last.url.path()));
    args.try_emplace("status", std::to_string(last.status));
    args.try_emplace("detail", last.failure);
}

std::optional<Verdict> firstOf(std::span<const Detector> detectors, const Evidence& evidence) {
    for (const Detector& detector : detectors)
        if (auto args = detector.find(evidence)) {
            fillIn(*args, evidence);
            return Verdict{verdict(detector.code), std::move(*args)};
        }
    return std::nullopt;
}

} // namespace

Verdict judge(const Evidence& evidence) {
    for (const auto detectors : {ingressDetectors(), gateDetectors(), providerDetectors()})
        if (auto found = firstOf(detectors, evidence))
            return *found;
    Verdict fallback{verdict(evidence.stoppedBecause.empty() ? "unexpected-answer" : "unknown-page"), {}};
    if (!evidence.stoppedBecause.empty())
        fallback.args["detail"] = evidence.stoppedBecause;
    fillIn(fallback.args, evidence);
    return fallback;
}

bool matches(const Verdict& verdict, std::string_view expectation) {
    return expectation == verdict.code() || expectation == name(verdict.row->outcome);
}

bool isExpectation(std::string_view text) {
    return text == "allowed" || text == "denied" || text == "failed" || verdict(text) != nullptr;
}

} // namespace gatehouse::diagnosis
