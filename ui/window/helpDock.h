// HelpDock: the guide beside the page it is about. Pages are resources/help/NAME.md.
#pragma once

#include <QDockWidget>

class QTextBrowser;

namespace gatehouse::window {

class HelpDock : public QDockWidget {
    Q_OBJECT
public:
    explicit HelpDock(QWidget* parent = nullptr);
    static bool has(const QString& page);
    // Opens the guide at this page, or at the start when there is none of that name.
    void open(const QString& page);

private:
    void changeEvent(QEvent* event) override;
    QTextBrowser* text_;
    QString page_;
};

} // namespace gatehouse::window
