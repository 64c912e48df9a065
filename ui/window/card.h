// Card: a bordered surface with an icon and a title, for a handful of things that belong together.
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace gatehouse::window {

class Card : public QWidget {
    Q_OBJECT
public:
    Card(const QString& icon, const QString& title, const QString& text, QWidget* parent = nullptr);
    QVBoxLayout* content() const { return content_; }

protected:
    void paintEvent(QPaintEvent*) override;
    void changeEvent(QEvent* event) override;

private:
    void paintIcon();
    QString iconName_;
    class QLabel* icon_;
    QVBoxLayout* content_;
};

} // namespace gatehouse::window
