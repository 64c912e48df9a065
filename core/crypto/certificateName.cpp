#include <base/ascii.h>
#include <crypto/certificateName.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace gatehouse::crypto {

namespace {

constexpr Message noNames{"certificate-no-names", GH_TEXT("core", "A certificate needs at least one name"),
                          ""};
constexpr Message wrongName{
    "certificate-name", GH_TEXT("core", "\"{name}\" is no host name or address that a certificate can carry"),
    GH_TEXT("core", "Write a DNS name (other alphabets as xn--…), *.domain.tld, or an IP address")};

using Name = Handle<GENERAL_NAME, GENERAL_NAME_free>;

std::string_view withoutBrackets(std::string_view name) {
    return name.starts_with('[') && name.ends_with(']') ? name.substr(1, name.size() - 2) : name;
}

bool isLabel(std::string_view label) {
    const auto letter = [](char c) { return asciiAlpha(c) || asciiDigit(c) || c == '-' || c == '_'; };
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), letter);
}

bool isDnsName(std::string_view name) {
    if (name.size() > 253)
        return false;
    if (name.starts_with("*."))
        name.remove_prefix(2);
    const auto labels = split(name, '.');
    // All digits at the end is what an address looks like (WHATWG URL, "ends in a number"); browsers refuse
    // it.
    return std::all_of(labels.begin(), labels.end(), isLabel) &&
           !std::all_of(labels.back().begin(), labels.back().end(), asciiDigit);
}

Name addressName(std::string_view text) {
    ASN1_OCTET_STRING* const address = a2i_IPADDRESS(std::string(text).c_str());
    takeReason();
    if (address == nullptr)
        return nullptr;
    Name name(required(GENERAL_NAME_new(), "GENERAL_NAME_new"));
    GENERAL_NAME_set0_value(name.get(), GEN_IPADD, address);
    return name;
}

Name dnsName(std::string_view text) {
    ASN1_IA5STRING* const value = required(ASN1_IA5STRING_new(), "ASN1_IA5STRING_new");
    require(ASN1_STRING_set(value, text.data(), static_cast<int>(text.size())) == 1, "ASN1_STRING_set");
    Name name(required(GENERAL_NAME_new(), "GENERAL_NAME_new"));
    GENERAL_NAME_set0_value(name.get(), GEN_DNS, value);
    return name;
}

Name nameOf(std::string_view text) {
    if (text.find('\0') != std::string_view::npos)
        return nullptr;
    if (Name address = addressName(withoutBrackets(text)))
        return address;
    return isDnsName(text) ? dnsName(text) : nullptr;
}

std::string bytesOfString(const ASN1_STRING* string) {
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
            static_cast<std::size_t>(ASN1_STRING_length(string))};
}

// The longest run of zero groups becomes "::" (RFC 5952 section 4.2); one group alone stays.
std::string ipv6Text(std::string_view bytes) {
    std::array<unsigned, 8> groups{};
    for (std::size_t i = 0; i < groups.size(); ++i)
        groups[i] = static_cast<unsigned>(static_cast<unsigned char>(bytes[2 * i]) << 8 |
                                          static_cast<unsigned char>(bytes[2 * i + 1]));
    std::size_t longestAt = 0;
    std::size_t longest = 1;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        std::size_t run = 0;
        while (i + run < groups.size() && groups[i + run] == 0)
            ++run;
        if (run > longest) {
            longest = run;
            longestAt = i;
        }
    }
    std::string text;
    for (std::size_t i = 0; i < groups.size();) {
        if (longest > 1 && i == longestAt) {
            text += "::";
            i += longest;
            continue;
        }
        if (!text.empty() && !text.ends_with(':'))
            text += ':';
        char group[8] = {};
        std::snprintf(group, sizeof group, "%x", groups[i]);
        text += group;
        ++i;
    }
    return text;
}

std::string addressText(std::string_view bytes) {
    if (bytes.size() == 16)
        return ipv6Text(bytes);
    std::string text;
    for (const char byte : bytes)
        text += (text.empty() ? "" : ".") + std::to_string(static_cast<unsigned char>(byte));
    return text;
}

} // namespace

Result<GeneralNames> alternativeNames(const std::vector<std::string>& names) {
    if (names.empty())
        return fail(noNames);
    GeneralNames all(required(GENERAL_NAMES_new(), "GENERAL_NAMES_new"));
    for (const std::string& text : names) {
        Name name = nameOf(text);
        if (!name)
            return fail(wrongName, {{"name", text}});
        require(sk_GENERAL_NAME_push(all.get(), name.release()) > 0, "sk_GENERAL_NAME_push");
    }
    return all;
}

std::vector<std::string> textOf(const GENERAL_NAMES* names) {
    std::vector<std::string> all;
    for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
        int kind = 0;
        const void* const value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, i), &kind);
        const auto* const string = static_cast<const ASN1_STRING*>(value);
        if (kind == GEN_DNS)
            all.push_back(bytesOfString(string));
        else if (kind == GEN_IPADD)
            all.push_back(addressText(bytesOfString(string)));
    }
    return all;
}

} // namespace gatehouse::crypto
