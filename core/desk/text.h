// Text between core (UTF-8) and Qt, and messages in the person's language.
#pragma once

#include <base/error.h>

#include <QString>
#include <string>
#include <string_view>

namespace gatehouse::desk {

inline QString qt(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
inline std::string utf8(const QString& text) {
    const QByteArray bytes = text.toUtf8();
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

// A text that core marked by GH_TEXT, translated; rows of tables and messages alike.
QString translated(std::string_view text);
// As gatehouse::text(error) and hint(error), translated (other names, since argument lookup finds those too),
// with their arguments filled in.
QString words(const Error& error);
QString advice(const Error& error);
// Both and the technical remainder, for a message box or a log line: never has secrets, as errors never do.
QString whole(const Error& error);

} // namespace gatehouse::desk
