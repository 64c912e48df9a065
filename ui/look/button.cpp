#include <QApplication>
#include <QEvent>
#include <look/button.h>
#include <look/tokens.h>

namespace gatehouse::look {

namespace {

constexpr int lowest = 34;

} // namespace

PrimaryButton::PrimaryButton(const QString& text, QWidget* parent) : QPushButton(text, parent) {
    setDefault(true);
    setMinimumHeight(lowest);
    dress();
}

void PrimaryButton::changeEvent(QEvent* event) {
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationPaletteChange)
        dress();
}

void PrimaryButton::dress() {
    QPalette dressed = QApplication::palette();
    for (const auto group : {QPalette::Active, QPalette::Inactive}) {
        dressed.setColor(group, QPalette::Button, color(Token::Accent));
        dressed.setColor(group, QPalette::ButtonText, color(Token::OnAccent));
    }
    if (dressed != palette())
        setPalette(dressed);
}

} // namespace gatehouse::look
