// Tokens: every colour of the window by what it means. No widget names a colour of its own; light, dark and
// high contrast are columns of one table, and a test holds the contrast of each text on its ground
// (WCAG 2.2: 4.5:1).
#pragma once

#include <desk/settings.h>

#include <QColor>
#include <QPalette>
#include <cstdint>
#include <span>
#include <string_view>

class QApplication;

namespace gatehouse::look {

enum class Token : std::uint8_t {
    Ground,      // behind everything
    Surface,     // cards, tables, fields
    Raised,      // hovered rows, the rail
    Line,        // borders and separators
    Text,        // on Ground, Surface and Raised
    TextQuiet,   // help, units, time stamps: still 4.5:1
    Accent,      // links, the focus ring, the selected entry of the rail
    OnAccent,    // text on Accent
    Selection,   // ground of selected rows
    OnSelection, // text on it
    Good,        // allowed, running, valid: as text and icon
    GoodGround,
    Warning, // works, and is probably not what was meant
    WarningGround,
    Bad, // denied, failed, refused
    BadGround,
    Neutral, // stopped, not yet known
    NeutralGround,
    Added,   // a header that was added
    Changed, // one whose value was changed
    Removed, // one that was taken away
    Count
};

struct TokenRow {
    Token token;
    std::string_view name;
    QRgb light, dark, highContrast;
    Token on; // the ground that it must be readable on; itself: it is a ground or a line
};
std::span<const TokenRow> tokens();

enum class Scheme : std::uint8_t { Light, Dark, HighContrast };
// Follows the system for Theme::System.
Scheme schemeOf(desk::Settings::Theme theme);
Scheme scheme(); // in use
QColor color(Token token);

// Sets palette and style of the whole application; widgets get QEvent::PaletteChange, and repaint from the
// tokens.
void apply(QApplication& application, Scheme scheme);

// Spaces between things, in device-independent pixels.
inline constexpr int space = 8, spaceSmall = 4, spaceLarge = 16;

} // namespace gatehouse::look
