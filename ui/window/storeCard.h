// StoreCard: where secrets are kept, why, and the pass-phrase of the encrypted file. A small window that does
// not block.
#pragma once

#include <desk/desk.h>

#include <QDialog>
#include <look/state.h>

class QLineEdit;
class QPushButton;

namespace gatehouse::window {

class StoreCard : public QDialog {
    Q_OBJECT
public:
    explicit StoreCard(desk::Desk& desk, QWidget* parent = nullptr);

private:
    void show();
    void unlock();

    desk::Desk& desk_;
    QLabel* words_;
    look::MessageBar* bar_;
    QLineEdit* phrase_;
    QPushButton* unlock_;
};

} // namespace gatehouse::window
