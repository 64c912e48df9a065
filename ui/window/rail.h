// Rail: the pages of the window, at its left edge. Arrow keys move, each entry has icon, text and a shortcut.
#pragma once

#include <QString>
#include <QWidget>

class QButtonGroup;
class QToolButton;
class QVBoxLayout;

namespace gatehouse::window {

class Rail : public QWidget {
    Q_OBJECT
public:
    explicit Rail(QWidget* parent = nullptr);
    void add(const QString& page, const QString& icon, const QString& text, const QString& help);
    void setCurrent(const QString& page);
    QString current() const;
    // A number at the entry's corner, as text too: "Problems, 3". 0: none.
    void setCount(const QString& page, int count);

signals:
    void chosen(const QString& page);

protected:
    void paintEvent(QPaintEvent*) override;

private:
    QToolButton* button(const QString& page) const;
    QButtonGroup* group_;
    QVBoxLayout* column_;
};

} // namespace gatehouse::window
