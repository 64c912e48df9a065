#include <provider/provider.h>
#include <provider/rules.h>

namespace gatehouse::provider {
namespace {

constexpr std::array differenceRows{
    exchange::DifferenceRow{
        "provider.totp-secret-posted", "the enrolment trusts the posted totpSecret field",
        "the key that was shown is used",
        "the field comes from the browser and can be forged; nothing on the wire differs"},
    exchange::DifferenceRow{"provider.languages", "pages come in the realm's supported languages",
                            "pages are English whatever the realm supports",
                            "the texts are the anchor of drivers"},
    exchange::DifferenceRow{"provider.display-name-html", "displayNameHtml is put into the page as HTML",
                            "its text is shown, markup removed", "a page takes no foreign markup"},
    exchange::DifferenceRow{"provider.jwt-header-blanks",
                            "JOSE headers of RS256 tokens are written with blanks after typ and kid",
                            "they are written without blanks", "the same values; only the length differs"},
};

} // namespace

std::span<const exchange::RuleRow> rules() {
    return rule::table;
}

std::span<const exchange::DifferenceRow> differences() {
    return differenceRows;
}

} // namespace gatehouse::provider
