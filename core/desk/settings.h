// Settings: what the window remembers between runs. Never a secret. One file (INI) in the user's
// configuration folder.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QStringList>

namespace gatehouse::desk {

class Settings : public QObject {
    Q_OBJECT
public:
    enum class Theme : std::uint8_t { System, Light, Dark, HighContrast };
    Q_ENUM(Theme)

    explicit Settings(QObject* parent = nullptr);

    Theme theme() const;
    void setTheme(Theme theme);
    QStringList recentLabs() const; // newest first, at most ten
    void addRecentLab(const QString& file);
    void removeRecentLab(const QString& file);
    bool hidesOneTimeCodes() const; // until clicked; default true
    void setHidesOneTimeCodes(bool hides);
    int captureLimitMiB() const; // default 256
    void setCaptureLimitMiB(int limit);
    QByteArray windowState(const QString& part) const; // QMainWindow, QSplitter, QHeaderView
    void setWindowState(const QString& part, const QByteArray& state);

signals:
    void changed();
};

} // namespace gatehouse::desk
