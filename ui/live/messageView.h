// MessageView: messages as text: what stood on the wire, or a body laid out for reading. One of the
// exchange's messages is chosen above.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QWidget>
#include <live/glance.h>

namespace gatehouse::live {

class MessageView : public QWidget {
    Q_OBJECT
public:
    enum class Kind : std::uint8_t { Raw, Body };
    MessageView(Kind kind, QWidget* parent = nullptr);
    void show(const Glance& glance);
    QString currentValue() const; // what is selected, else all of it

private:
    struct Entry {
        QString name;
        const exchange::Message* message;
    };
    void refresh();
    void showRaw(const exchange::Message& message);
    void showBody(const exchange::Message& message);

    Kind kind_;
    Glance glance_;
    std::vector<Entry> entries_;
    QComboBox* choice_;
    QLabel* note_;
    QPlainTextEdit* text_;
};

} // namespace gatehouse::live
