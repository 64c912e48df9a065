#include <base/ascii.h>
#include <crypto/serverCertificate.h>
#include <desk/text.h>

#include <browser/reach.h>
#include <user/userState.h>

namespace gatehouse::browser {

namespace {

constexpr int httpsPort = 443, httpPort = 80;

const lab::Trust* trusted(const arrangement::Arrangement& plan, const std::string& host, int port) {
    for (const lab::Trust& trust : plan.trust)
        if (equalsIgnoreCase(trust.host, host) && trust.port == port)
            return &trust;
    return nullptr;
}

int portOf(const QUrl& url) {
    return url.port(url.scheme() == QLatin1String("http") ? httpPort : httpsPort);
}

} // namespace

bool Reach::has(const QUrl& url) const {
    const std::string host = desk::utf8(url.host());
    const auto port = static_cast<std::uint16_t>(portOf(url));
    return arrangement && (arrangement->isLabName(host) || trusted(*arrangement, host, port) ||
                           arrangement->externalAt(desk::utf8(url.scheme()), host, port) != nullptr);
}

Result<void> Reach::believes(const QUrl& url, const std::string& chainPem, const Now& now) const {
    const std::string host = desk::utf8(url.host());
    std::vector<std::string> anchors;
    if (arrangement && arrangement->isLabName(host)) {
        anchors.push_back(authorityPem);
    } else if (const lab::Trust* trust = arrangement ? trusted(*arrangement, host, portOf(url)) : nullptr) {
        // Without a file, what the system trusts counts, and Chromium has just said that it does not.
        if (!trust->caFile.empty()) {
            auto pem = user::readFile(trust->caFile);
            if (!pem)
                return std::unexpected(pem.error());
            anchors.push_back(std::move(*pem));
        }
    }
    return crypto::verifyServerCertificate(chainPem, anchors, host, now);
}

} // namespace gatehouse::browser
