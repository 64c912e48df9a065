// Palette: every action of the registry, found by typing parts of its words. Escape leaves, Return does it.
#pragma once

#include <QFrame>
#include <look/actions.h>

class QLineEdit;
class QListWidget;

namespace gatehouse::window {

class Palette : public QFrame {
    Q_OBJECT
public:
    Palette(const look::Actions& actions, QWidget* window);
    void open();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void filter();
    void act();
    void leave();

    const look::Actions& actions_;
    QWidget* window_;
    QWidget* before_ = nullptr; // had the focus
    QLineEdit* search_;
    QListWidget* list_;
};

} // namespace gatehouse::window
