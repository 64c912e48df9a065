#include <desk/text.h>

#include <live/glance.h>

namespace gatehouse::live {

std::string Glance::clean(std::string_view text) const {
    return revealed || !redact ? std::string(text) : (*redact)(text);
}

QString Glance::text(std::string_view text) const {
    return desk::qt(clean(text));
}

QString Glance::fieldValue(std::string_view name, std::string_view value) const {
    if (revealed)
        return desk::qt(value);
    const std::string line = clean(std::string(name) + ": " + std::string(value));
    return line.size() > name.size() + 2 ? desk::qt(std::string_view(line).substr(name.size() + 2))
                                         : QString();
}

QString Glance::secret(std::string_view value) const {
    return revealed || value.empty() ? desk::qt(value) : desk::qt(capture::redacted);
}

QString title(const exchange::Exchange& exchange) {
    const QString scheme =
        exchange.scheme.empty() ? QString() : desk::qt(exchange.scheme) + QStringLiteral("://");
    return desk::qt(exchange.method) + QLatin1Char(' ') + scheme + desk::qt(exchange.authority) +
           desk::qt(exchange.target);
}

} // namespace gatehouse::live
