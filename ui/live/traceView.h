// TraceView: which rules decided, in their order, those of sub-requests below the step that asked, each with
// the field of the lab that it came from.
#pragma once

#include <QTreeWidget>
#include <live/glance.h>

namespace gatehouse::live {

class TraceView : public QTreeWidget {
    Q_OBJECT
public:
    explicit TraceView(QWidget* parent = nullptr);
    void show(const Glance& glance);

signals:
    void fieldWanted(const QString& path);
    void exchangeWanted(quint64 id);

private:
    void follow(QTreeWidgetItem* item);
    void addSteps(QTreeWidgetItem* parent, const exchange::Exchange& exchange, const Glance& glance);
};

} // namespace gatehouse::live
