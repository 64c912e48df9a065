// SourceView: the lab's text beside its form. Both edit the same document; the cursor and the chosen field
// lead to each other.
#pragma once

#include <desk/desk.h>

#include <QPlainTextEdit>
#include <QTimer>
#include <map>
#include <vector>

namespace gatehouse::forms {

class SourceView : public QPlainTextEdit {
    Q_OBJECT
public:
    SourceView(desk::Desk& desk, QWidget* parent);

    void refresh();      // the document changed, here or elsewhere
    void showProblems(); // marks in the gutter
    void goTo(int line, int column, bool takeFocus);
    void showField(const QString& path); // without disturbing who types here
    void flush();

    void paintGutter(QPaintEvent* event); // of the gutter's widget
    int gutterWidth() const;
    QString problemsAt(int line) const;
    int lineAt(int y) const;

signals:
    void fieldEntered(const QString& path); // the cursor was moved into it by the person

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void tellField();
    void markLine();
    void readPlaces();

    struct Mark {
        bool refused = false;
        QStringList texts;
    };
    struct FieldPlace {
        std::uint32_t line = 0, column = 0;
        std::string path;
    };

    desk::Desk& desk_;
    QWidget* gutter_;
    QTimer soon_;
    std::map<int, Mark> marks_; // by line, from 1
    std::vector<FieldPlace> places_;
    bool filling_ = false;
    bool typed_ = false; // and not told yet
};

} // namespace gatehouse::forms
