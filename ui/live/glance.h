// Glance: what the detail is about, and how much of it may be shown. Secrets are redacted until a person
// reveals them, for this exchange only.
#pragma once

#include <capture/redactor.h>
#include <exchange/exchange.h>

#include <QString>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::live {

struct Glance {
    exchange::ExchangePtr exchange; // null: nothing is selected
    exchange::ExchangePtr parent;   // null: it has none, or it is gone
    std::vector<exchange::ExchangePtr> children;
    std::shared_ptr<const capture::Redactor> redact;
    bool revealed = false;

    std::string clean(std::string_view text) const;
    QString text(std::string_view text) const;
    // The redactor knows secrets by their field.
    QString fieldValue(std::string_view name, std::string_view value) const;
    // A value that is a secret as a whole.
    QString secret(std::string_view value) const;
};

// "GET https://whoami.domain.tld/"
QString title(const exchange::Exchange& exchange);

} // namespace gatehouse::live
