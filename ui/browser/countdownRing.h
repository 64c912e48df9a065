// CountdownRing: how much of a one-time code's life is left, as an arc and in figures.
#pragma once

#include <QWidget>

namespace gatehouse::browser {

class CountdownRing : public QWidget {
    Q_OBJECT
public:
    explicit CountdownRing(QWidget* parent = nullptr);
    void setTime(int left, int period); // seconds
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent*) override;

private:
    int left_ = 0, period_ = 30;
};

} // namespace gatehouse::browser
