#include <desk/text.h>

#include <QCoreApplication>

namespace gatehouse::desk {

namespace {

QString filled(std::string_view row, const Error& error) {
    QString out = translated(row);
    for (const auto& [name, value] : error.args)
        out.replace(u'{' + qt(name) + u'}', qt(value));
    return out;
}

} // namespace

QString translated(std::string_view text) {
    const QByteArray source(text.data(), static_cast<qsizetype>(text.size()));
    return QCoreApplication::translate("core", source.constData());
}

QString words(const Error& error) {
    return error.what == nullptr ? QString() : filled(error.what->text, error);
}

QString advice(const Error& error) {
    return error.what == nullptr ? QString() : filled(error.what->hint, error);
}

QString whole(const Error& error) {
    QString out = words(error);
    if (const QString more = advice(error); !more.isEmpty())
        out += u'\n' + more;
    if (!error.technical.empty())
        out += QStringLiteral("\n(%1)").arg(qt(error.technical));
    return out;
}

} // namespace gatehouse::desk
