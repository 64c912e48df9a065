// Reach: what a browser may reach, and whose certificates it believes there. A value; the browser asks it at
// every certificate that Chromium does not know.
#pragma once

#include <arrangement/arrangement.h>
#include <base/error.h>

#include <QString>
#include <QUrl>
#include <memory>
#include <string>

namespace gatehouse::browser {

struct Reach {
    std::shared_ptr<const arrangement::Arrangement> arrangement; // null: nothing
    std::string authorityPem;                                    // of this user's Gatehouse CA
    QString proxyPassword;

    bool has(const QUrl& url)
        const; // a lab name, an external provider's origin, or a host and port of the trust list
    // Name, dates, purpose and authority, all by ourselves: lab names by the user's authority alone, a
    // `trust:` entry by its caFile alone. `chainPem`: leaf first.
    Result<void> believes(const QUrl& url, const std::string& chainPem, const Now& now) const;
};

} // namespace gatehouse::browser
