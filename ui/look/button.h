// The one button of a page that leads on, in the accent's colour; every other is the style's own.
#pragma once

#include <QPushButton>

namespace gatehouse::look {

class PrimaryButton : public QPushButton {
    Q_OBJECT
public:
    explicit PrimaryButton(const QString& text, QWidget* parent = nullptr);

    static constexpr int lowest = 34; // pixels

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace gatehouse::look
