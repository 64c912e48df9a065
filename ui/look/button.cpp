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
    if (event->type() == QEvent::PaletteChange)
        dress();
}

void PrimaryButton::dress() {
    QPalette dressed; // only these two roles are the button's own: the others go on following the application
    for (const auto group : {QPalette::Active, QPalette::Inactive}) {
        dressed.setColor(group, QPalette::Button, color(Token::Accent));
        dressed.setColor(group, QPalette::ButtonText, color(Token::OnAccent));
    }
    if (palette().color(QPalette::Active, QPalette::Button) != color(Token::Accent))
        setPalette(dressed);
}

} // namespace gatehouse::look
