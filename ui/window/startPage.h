// StartPage: the first minute. Three ways to begin, the recent labs, and no text to read before the first
// click.
#pragma once

#include <desk/desk.h>

#include <QWidget>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace gatehouse::window {

class StartPage : public QWidget {
    Q_OBJECT
public:
    explicit StartPage(desk::Desk& desk, QWidget* parent = nullptr);

signals:
    void demoWanted();                                           // the story's lab, run, logged in
    void protectWanted(const QString& url, const QString& host); // both valid
    void emptyWanted();
    void openWanted(); // by a file dialog
    void recentWanted(const QString& file);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeDemo();
    QWidget* makeProtect();
    QWidget* makeOpen();
    void checkProtect();
    void showRecent();

    desk::Desk& desk_;
    QLineEdit *service_ = nullptr, *host_ = nullptr;
    QLabel* protectProblem_ = nullptr;
    QPushButton* protect_ = nullptr;
    QListWidget* recent_ = nullptr;
    QLabel* noRecent_ = nullptr;
};

} // namespace gatehouse::window
