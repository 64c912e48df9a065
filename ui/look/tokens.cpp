#include <QApplication>
#include <QGuiApplication>
#include <QStyle>
#include <array>
#include <look/outlineStyle.h>
#include <look/tokens.h>

namespace gatehouse::look {

namespace {

constexpr std::array<TokenRow, static_cast<std::size_t>(Token::Count)> table{{
    // token, name, light, dark, high contrast, readable on
    {Token::Ground, "ground", 0xFFF4F5F7, 0xFF16181D, 0xFF000000, Token::Ground},
    {Token::Surface, "surface", 0xFFFFFFFF, 0xFF1E2128, 0xFF000000, Token::Surface},
    {Token::Raised, "raised", 0xFFE9ECF1, 0xFF282C35, 0xFF1A1A1A, Token::Raised},
    {Token::Line, "line", 0xFFCDD2DB, 0xFF3B414D, 0xFFFFFFFF, Token::Line},
    {Token::Text, "text", 0xFF1B1F27, 0xFFE6E9EF, 0xFFFFFFFF, Token::Raised},
    {Token::TextQuiet, "text-quiet", 0xFF535B69, 0xFFA9B1BF, 0xFFFFFFFF, Token::Raised},
    {Token::Accent, "accent", 0xFF1B5BB8, 0xFF7DB2FF, 0xFFFFFF00, Token::Raised},
    {Token::OnAccent, "on-accent", 0xFFFFFFFF, 0xFF0B1B33, 0xFF000000, Token::Accent},
    {Token::Selection, "selection", 0xFFCFE0F8, 0xFF2B4468, 0xFFFFFF00, Token::Selection},
    {Token::OnSelection, "on-selection", 0xFF12233D, 0xFFF2F6FC, 0xFF000000, Token::Selection},
    {Token::Good, "good", 0xFF166534, 0xFF7BD69A, 0xFF7CFF9E, Token::GoodGround},
    {Token::GoodGround, "good-ground", 0xFFDDF3E4, 0xFF173325, 0xFF000000, Token::GoodGround},
    {Token::Warning, "warning", 0xFF7A4A00, 0xFFF0C36D, 0xFFFFD75E, Token::WarningGround},
    {Token::WarningGround, "warning-ground", 0xFFFCEFD0, 0xFF3A2E12, 0xFF000000, Token::WarningGround},
    {Token::Bad, "bad", 0xFFA01C1C, 0xFFFF9C93, 0xFFFF9C93, Token::BadGround},
    {Token::BadGround, "bad-ground", 0xFFFBE3E1, 0xFF421E1C, 0xFF000000, Token::BadGround},
    {Token::Neutral, "neutral", 0xFF464E5B, 0xFFB9C1CE, 0xFFFFFFFF, Token::NeutralGround},
    {Token::NeutralGround, "neutral-ground", 0xFFE4E7EC, 0xFF2C313B, 0xFF000000, Token::NeutralGround},
    {Token::Added, "added", 0xFF166534, 0xFF7BD69A, 0xFF7CFF9E, Token::Surface},
    {Token::Changed, "changed", 0xFF7A4A00, 0xFFF0C36D, 0xFFFFD75E, Token::Surface},
    {Token::Removed, "removed", 0xFFA01C1C, 0xFFFF9C93, 0xFFFF9C93, Token::Surface},
}};

// The one value that the paint code of the whole process asks for; set by apply() on the GUI thread.
Scheme inUse = Scheme::Light;

bool systemIsDark() {
    const QPalette system = QGuiApplication::palette();
    return system.color(QPalette::Window).lightness() < system.color(QPalette::WindowText).lightness();
}

QPalette paletteOfTokens() {
    QPalette out;
    const auto all = [&](QPalette::ColorRole role, Token token) { out.setColor(role, color(token)); };
    all(QPalette::Window, Token::Ground);
    all(QPalette::WindowText, Token::Text);
    all(QPalette::Base, Token::Surface);
    all(QPalette::AlternateBase, Token::Ground);
    all(QPalette::Text, Token::Text);
    all(QPalette::PlaceholderText, Token::TextQuiet);
    all(QPalette::Button, Token::Raised);
    all(QPalette::ButtonText, Token::Text);
    all(QPalette::BrightText, Token::Bad);
    all(QPalette::Highlight, Token::Selection);
    all(QPalette::HighlightedText, Token::OnSelection);
    all(QPalette::Link, Token::Accent);
    all(QPalette::LinkVisited, Token::Accent);
    all(QPalette::ToolTipBase, Token::Surface);
    all(QPalette::ToolTipText, Token::Text);
    all(QPalette::Light, Token::Surface);
    all(QPalette::Midlight, Token::Raised);
    all(QPalette::Mid, Token::Line);
    all(QPalette::Dark, Token::Line);
    all(QPalette::Shadow, Token::Line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        out.setColor(QPalette::Disabled, role, color(Token::TextQuiet));
    return out;
}

} // namespace

std::span<const TokenRow> tokens() {
    return table;
}

Scheme scheme() {
    return inUse;
}

QColor color(Token token) {
    const TokenRow& row = table[static_cast<std::size_t>(token)];
    return QColor::fromRgba(inUse == Scheme::Light  ? row.light
                            : inUse == Scheme::Dark ? row.dark
                                                    : row.highContrast);
}

Scheme schemeOf(desk::Settings::Theme theme) {
    switch (theme) {
    case desk::Settings::Theme::Light:
        return Scheme::Light;
    case desk::Settings::Theme::Dark:
        return Scheme::Dark;
    case desk::Settings::Theme::HighContrast:
        return Scheme::HighContrast;
    case desk::Settings::Theme::System:
        break;
    }
    return systemIsDark() ? Scheme::Dark : Scheme::Light;
}

void apply(QApplication& application, Scheme scheme) {
    inUse = scheme;
    if (qobject_cast<OutlineStyle*>(application.style()) == nullptr)
        QApplication::setStyle(new OutlineStyle); // Fusion honours every palette role
    QApplication::setPalette(paletteOfTokens());
}

} // namespace gatehouse::look
