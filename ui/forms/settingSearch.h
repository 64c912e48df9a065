// SettingSearch: one line over every setting of every object of the lab; a hit leads to its field.
#pragma once

#include <QLineEdit>
#include <QTimer>
#include <forms/labEdits.h>

class QListWidget;
class QListWidgetItem;

namespace gatehouse::forms {

class SettingSearch : public QLineEdit {
    Q_OBJECT
public:
    SettingSearch(LabEdits& edits, QWidget* parent);
    QListWidget* hits() const { return hits_; }

    static constexpr int mostHits = 60;

signals:
    void chosen(const QString& path);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void search();
    void place();
    void take(QListWidgetItem* item);

    LabEdits& edits_;
    QListWidget* hits_;
    QTimer soon_;
};

} // namespace gatehouse::forms
