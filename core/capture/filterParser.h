// The grammar of the filter line. Private to this room.
#pragma once

#include <capture/filter.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::capture {

// or := and ("or" and)* ; and := not (["and"] not)* ; not := ("not" | "-") not | primary ;
// primary := "(" or ")" | field operator value | word | "quoted text"
class FilterParser {
public:
    explicit FilterParser(std::string_view text) : text_(text) {}
    Result<Filter> run();

private:
    using Index = std::optional<std::size_t>; // none: error_ says why

    Index parseOr();
    Index parseAnd();
    Index parseNot();
    Index parsePrimary();
    Index parseParenthesis();
    Index parseCondition();
    Index parseField(std::size_t start, std::string_view name);

    void skipBlanks();
    bool atEnd() const { return at_ >= text_.size(); }
    std::string_view wordAt(std::size_t from) const; // up to a blank or a parenthesis
    bool takeKeyword(std::string_view keyword);
    std::optional<std::string> takeValue(); // quoted or not; none: a quote is not closed

    Index add(Filter::Node node);
    Index refuse(const Message& what, std::size_t from, std::size_t length,
                 std::map<std::string, std::string> args = {});

    std::string_view text_;
    std::size_t at_ = 0;
    Filter filter_;
    std::optional<Error> error_;
    int depth_ = 0;
};

// Fills in what the value means for the field; a Message when it means nothing.
const Message* readFilterValue(Filter::Node& node, std::string_view value,
                               std::map<std::string, std::string>& args);
const FilterFieldRow* filterField(std::string_view name); // lower case, short names too; null: none

// "and", "or", "not"
bool isFilterKeyword(std::string_view word);
std::vector<FilterCandidate> filterChoices(FilterField field); // of fields whose values are fixed

} // namespace gatehouse::capture
