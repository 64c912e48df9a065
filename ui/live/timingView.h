// TimingView: when each part of an exchange began and how long it took, as bars on one line of time.
#pragma once

#include <QWidget>
#include <live/glance.h>
#include <vector>

namespace gatehouse::live {

class TimingView : public QWidget {
    Q_OBJECT
public:
    explicit TimingView(QWidget* parent = nullptr);
    void show(const Glance& glance);
    QSize sizeHint() const override;

private:
    struct Bar {
        QString name;
        std::int64_t start = 0; // nanoseconds after the exchange began
        std::int64_t wait = 0;  // until the first byte of the answer
        std::int64_t done = 0;  // all of it, since start
        int depth = 0;
        bool failed = false;
    };
    void paintEvent(QPaintEvent*) override;
    void changeEvent(QEvent* event) override;
    void add(const QString& name, const exchange::Timing& when, int depth, bool failed);
    int rowHeight() const;

    SteadyTime origin_;
    std::int64_t end_ = 1;
    std::vector<Bar> bars_;
};

} // namespace gatehouse::live
