#include <desk/settings.h>

#include <QSettings>

namespace gatehouse::desk {

namespace {

constexpr int mostRecent = 10;

QSettings file() {
    return QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("gatehouse"),
                     QStringLiteral("gatehouse"));
}

QVariant value(const char* key, const QVariant& byDefault) {
    return file().value(QString::fromLatin1(key), byDefault);
}

void keep(const char* key, const QVariant& value) {
    QSettings settings = file();
    settings.setValue(QString::fromLatin1(key), value);
}

} // namespace

Settings::Settings(QObject* parent) : QObject(parent) {}

Settings::Theme Settings::theme() const {
    const int number = value("theme", static_cast<int>(Theme::System)).toInt();
    return number >= 0 && number <= static_cast<int>(Theme::HighContrast) ? static_cast<Theme>(number)
                                                                          : Theme::System;
}

void Settings::setTheme(Theme theme) {
    keep("theme", static_cast<int>(theme));
    emit changed();
}

QStringList Settings::recentLabs() const {
    return value("recent", {}).toStringList();
}

void Settings::addRecentLab(const QString& lab) {
    QStringList all = recentLabs();
    all.removeAll(lab);
    all.prepend(lab);
    keep("recent", QStringList(all.mid(0, mostRecent)));
    emit changed();
}

void Settings::removeRecentLab(const QString& lab) {
    QStringList all = recentLabs();
    all.removeAll(lab);
    keep("recent", all);
    emit changed();
}

bool Settings::hidesOneTimeCodes() const {
    return value("hideOneTimeCodes", true).toBool();
}

void Settings::setHidesOneTimeCodes(bool hides) {
    keep("hideOneTimeCodes", hides);
    emit changed();
}

int Settings::captureLimitMiB() const {
    return qBound(16, value("captureLimitMiB", 256).toInt(), 16 * 1024);
}

void Settings::setCaptureLimitMiB(int limit) {
    keep("captureLimitMiB", limit);
    emit changed();
}

QByteArray Settings::windowState(const QString& part) const {
    return file().value(QStringLiteral("window/") + part).toByteArray();
}

void Settings::setWindowState(const QString& part, const QByteArray& state) {
    QSettings settings = file();
    settings.setValue(QStringLiteral("window/") + part, state);
}

} // namespace gatehouse::desk
