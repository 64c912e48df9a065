// Navigator: how one part of the window leads to another without knowing it: a header's rule to the field in
// its form, a problem to its line, a hop to its exchange, an address to the browser. GUI thread.
#pragma once

#include <base/place.h>

#include <QObject>
#include <QString>
#include <QUrl>

namespace gatehouse::desk {

class Navigator : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

signals:
    void fieldWanted(const QString& path);  // "/gates/0/options/scope": its form
    void placeWanted(int line, int column); // of the lab's text, from 1: the source
    void exchangeWanted(quint64 id);
    void urlWanted(const QUrl& url);       // in the embedded browser
    void helpWanted(const QString& page);  // "gates", "ingress/auth-url", …
    void pageWanted(const QString& page);  // of the rail: "start", "browser", "requests", "setup", "cluster"
    void loginWanted(const QString& user); // log in as, in the browser
    void said(const QString& text);        // a line for the status bar
};

} // namespace gatehouse::desk
