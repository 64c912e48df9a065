// HeaderView: the header table of the selected exchange: both directions, all or changed rows only, and below
// it everything about the row that is selected, with links to the fields of the lab.
#pragma once

#include <QWidget>
#include <live/headerModel.h>

class QCheckBox;
class QLabel;
class QPushButton;
class QTableView;

namespace gatehouse::live {

class HeaderView : public QWidget {
    Q_OBJECT
public:
    explicit HeaderView(QWidget* parent = nullptr);
    void show(const Glance& glance);
    QString currentValue() const; // of the selected cell, as it is shown; for "copy value"

signals:
    void fieldWanted(const QString& path);
    void exchangeWanted(quint64 id);

private:
    void refresh();
    bool askedAside() const;
    void showRow();
    void follow(const QModelIndex& index);
    void fitColumns();
    void resizeEvent(QResizeEvent* event) override;

    Glance glance_;
    HeaderModel* model_;
    QTableView* table_;
    QPushButton *request_, *response_;
    QCheckBox* changedOnly_;
    QLabel *way_, *row_;
};

} // namespace gatehouse::live
