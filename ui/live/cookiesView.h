// CookiesView: cookies that were sent and set, what is wrong with them, and the gate's own session opened.
#pragma once

#include <capture/cookieView.h>

#include <QTreeWidget>
#include <live/glance.h>

namespace gatehouse::live {

class CookiesView : public QTreeWidget {
    Q_OBJECT
public:
    explicit CookiesView(QWidget* parent = nullptr);
    void show(const Glance& glance, const capture::CookieView& cookies);
    QString currentValue() const;

private:
    void addSession(const capture::SessionView& session, const Glance& glance);
    void addSet(const capture::SetCookieView& cookie, QTreeWidgetItem* group, const Glance& glance);
    QTreeWidgetItem* group(const QString& text, const QString& icon);
};

QString timeText(WallTime time); // local, to the second

} // namespace gatehouse::live
