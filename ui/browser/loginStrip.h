// LoginStrip: what the login under way is doing, below the page it does it on: a badge, a sentence, and the
// buttons that lead on.
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QWidget>
#include <look/state.h>

namespace gatehouse::browser {

class LoginStrip : public QWidget {
    Q_OBJECT
public:
    explicit LoginStrip(QWidget* parent = nullptr);

    void working(const QString& user, const QString& what);
    void asking(const QString& user, const QString& what); // step by step: Continue
    void waiting(const QString& why, int seconds);         // counts down
    void over(look::Mood mood, const QString& badge, const QString& text);

signals:
    void continued();
    void cancelled();

private:
    void tell(look::Mood mood, const QString& badge, const QString& text, bool underWay, bool asks);
    void tick();

    look::Badge* badge_;
    QLabel* text_;
    QPushButton *continue_, *cancel_, *close_;
    QTimer second_; // a countdown is drawn once a second
    QString why_;
    int left_ = 0;
};

} // namespace gatehouse::browser
