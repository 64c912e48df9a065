#include <base/ascii.h>
#include <capture/filterParser.h>

#include <utility>

namespace gatehouse::capture {

namespace {

constexpr Message conditionMissing{
    "filter-condition-missing", GH_TEXT("core", "A condition is missing here."),
    GH_TEXT("core", "Write a word, or a field and its value, such as status:4xx.")};
constexpr Message valueMissing{"filter-value-missing", GH_TEXT("core", "{field} wants a value."),
                               GH_TEXT("core", "For example {example}.")};
constexpr Message noSuchField{
    "filter-no-such-field", GH_TEXT("core", "There is no field {field}."),
    GH_TEXT("core", "Fields are {fields}. To look for the text, put it in quotes.")};
constexpr Message notOrdered{"filter-not-ordered",
                             GH_TEXT("core", "{field} cannot be compared with {operator}."),
                             GH_TEXT("core", "Use {field}: for “has”, = or !=.")};
constexpr Message notClosed{"filter-not-closed", GH_TEXT("core", "This parenthesis is not closed."),
                            GH_TEXT("core", "Add ) where the group ends.")};
constexpr Message notOpened{"filter-not-opened", GH_TEXT("core", "No parenthesis is open here."),
                            GH_TEXT("core", "Take ) away, or put ( before the group.")};
constexpr Message quoteNotClosed{"filter-quote-not-closed", GH_TEXT("core", "This quote is not closed."),
                                 GH_TEXT("core", "Add \" where the text ends.")};
constexpr Message tooDeep{"filter-too-deep", GH_TEXT("core", "Too many parentheses lie in one another."), ""};

constexpr int deepest = 64;

struct Operator {
    std::string_view text;
    Filter::Compare compare;
    bool ordering;
};
constexpr Operator operators[] = {
    {"!=", Filter::Compare::IsNot, false},      {"<=", Filter::Compare::LessOrIs, true},
    {">=", Filter::Compare::GreaterOrIs, true}, {":", Filter::Compare::Has, false},
    {"=", Filter::Compare::Is, false},          {"<", Filter::Compare::Less, true},
    {">", Filter::Compare::Greater, true}};

const Operator* operatorAt(std::string_view text) {
    for (const Operator& candidate : operators)
        if (text.starts_with(candidate.text))
            return &candidate;
    return nullptr;
}

bool isBlank(char c) {
    return c == ' ' || c == '\t';
}

bool endsWord(char c) {
    return isBlank(c) || c == '(' || c == ')';
}

bool isFieldName(std::string_view name) {
    for (const char c : name)
        if (!asciiAlpha(c) && c != '-')
            return false;
    return !name.empty() && name.front() != '-';
}

std::string knownFields() {
    std::string out;
    for (const FilterFieldRow& row : filterFields())
        out.append(out.empty() ? "" : ", ").append(row.name);
    return out;
}

} // namespace

bool isFilterKeyword(std::string_view word) {
    return equalsIgnoreCase(word, "and") || equalsIgnoreCase(word, "or") || equalsIgnoreCase(word, "not");
}

Result<Filter> FilterParser::run() {
    skipBlanks();
    if (atEnd())
        return filter_;
    const Index root = parseOr();
    if (root && !atEnd())
        refuse(notOpened, at_, 1); // only ) ends an expression before the end
    if (error_)
        return std::unexpected(*error_);
    filter_.root_ = *root;
    return std::move(filter_);
}

FilterParser::Index FilterParser::parseOr() {
    Index left = parseAnd();
    while (left && takeKeyword("or")) {
        const Index right = parseAnd();
        if (!right)
            return right;
        Filter::Node node;
        node.kind = Filter::Node::Kind::Or;
        node.left = *left;
        node.right = *right;
        left = add(std::move(node));
    }
    return left;
}

FilterParser::Index FilterParser::parseAnd() {
    Index left = parseNot();
    while (left) {
        const bool said = takeKeyword("and");
        skipBlanks();
        const bool ends = atEnd() || text_[at_] == ')' || equalsIgnoreCase(wordAt(at_), "or");
        if (!said && ends)
            return left;
        const Index right = parseNot();
        if (!right)
            return right;
        Filter::Node node;
        node.kind = Filter::Node::Kind::And;
        node.left = *left;
        node.right = *right;
        left = add(std::move(node));
    }
    return left;
}

FilterParser::Index FilterParser::parseNot() {
    skipBlanks();
    bool turned = takeKeyword("not");
    if (!turned && !atEnd() && text_[at_] == '-' && at_ + 1 < text_.size() && !isBlank(text_[at_ + 1])) {
        turned = true;
        ++at_;
    }
    if (!turned)
        return parsePrimary();
    if (++depth_ > deepest)
        return refuse(tooDeep, at_, 1);
    const Index inner = parseNot();
    --depth_;
    if (!inner)
        return inner;
    Filter::Node node;
    node.kind = Filter::Node::Kind::Not;
    node.left = *inner;
    return add(std::move(node));
}

FilterParser::Index FilterParser::parsePrimary() {
    skipBlanks();
    if (atEnd() || text_[at_] == ')')
        return refuse(conditionMissing, at_, atEnd() ? 0 : 1);
    if (text_[at_] == '(')
        return parseParenthesis();
    const std::string_view word = wordAt(at_);
    if (isFilterKeyword(word))
        return refuse(conditionMissing, at_, word.size());
    return parseCondition();
}

FilterParser::Index FilterParser::parseParenthesis() {
    const std::size_t opened = at_++;
    if (++depth_ > deepest)
        return refuse(tooDeep, opened, 1);
    const Index inner = parseOr();
    --depth_;
    if (!inner)
        return inner;
    skipBlanks();
    if (atEnd())
        return refuse(notClosed, opened, 1);
    ++at_;
    return inner;
}

FilterParser::Index FilterParser::parseCondition() {
    const std::size_t start = at_;
    const std::string_view word = wordAt(at_);
    const auto sign = word.find_first_of(":=!<>\"");
    const bool hasField = sign != std::string_view::npos && isFieldName(word.substr(0, sign)) &&
                          operatorAt(word.substr(sign)) && !word.substr(sign).starts_with("://");
    if (hasField)
        return parseField(start, word.substr(0, sign));
    const auto value = takeValue();
    if (!value)
        return std::nullopt;
    Filter::Node node;
    node.text = lower(*value);
    return add(std::move(node));
}

FilterParser::Index FilterParser::parseField(std::size_t start, std::string_view name) {
    const FilterFieldRow* const row = filterField(lower(name));
    if (!row)
        return refuse(noSuchField, start, name.size(),
                      {{"field", std::string(name)}, {"fields", knownFields()}});
    const Operator* const sign = operatorAt(text_.substr(start + name.size()));
    at_ = start + name.size();
    if (sign->ordering && !row->ordered)
        return refuse(notOrdered, at_, sign->text.size(),
                      {{"field", std::string(name)}, {"operator", std::string(sign->text)}});
    at_ += sign->text.size();
    const std::size_t valueAt = at_;
    const auto value = takeValue();
    if (!value)
        return std::nullopt;
    if (value->empty() && at_ == valueAt)
        return refuse(valueMissing, valueAt, 0,
                      {{"field", std::string(name)}, {"example", std::string(row->example)}});
    Filter::Node node;
    node.field = row->field;
    node.compare = sign->compare;
    std::map<std::string, std::string> args{{"field", std::string(name)}, {"value", *value}};
    if (const Message* const wrong = readFilterValue(node, *value, args))
        return refuse(*wrong, valueAt, at_ - valueAt, std::move(args));
    return add(std::move(node));
}

void FilterParser::skipBlanks() {
    while (!atEnd() && isBlank(text_[at_]))
        ++at_;
}

// A quote keeps blanks and parentheses together, also behind an operator.
std::string_view FilterParser::wordAt(std::size_t from) const {
    std::size_t end = from;
    while (end < text_.size() && !endsWord(text_[end]) && (text_[end] != '"' || end == from))
        ++end;
    return text_.substr(from, end - from);
}

bool FilterParser::takeKeyword(std::string_view keyword) {
    skipBlanks();
    if (atEnd() || !equalsIgnoreCase(wordAt(at_), keyword))
        return false;
    at_ += keyword.size();
    return true;
}

std::optional<std::string> FilterParser::takeValue() {
    std::string out;
    const bool quoted = !atEnd() && text_[at_] == '"';
    if (!quoted) {
        for (; !atEnd() && !endsWord(text_[at_]); ++at_)
            out.push_back(text_[at_]);
        return out;
    }
    const std::size_t opened = at_++;
    for (; !atEnd(); ++at_) {
        if (text_[at_] == '"') {
            ++at_;
            return out;
        }
        if (text_[at_] == '\\' && at_ + 1 < text_.size())
            ++at_;
        out.push_back(text_[at_]);
    }
    refuse(quoteNotClosed, opened, text_.size() - opened);
    return std::nullopt;
}

FilterParser::Index FilterParser::add(Filter::Node node) {
    const bool reads = node.kind == Filter::Node::Kind::Term &&
                       (node.field == FilterField::Anywhere || node.field == FilterField::Header ||
                        node.field == FilterField::Body);
    filter_.onlyRows_ = filter_.onlyRows_ && !reads;
    filter_.nodes_.push_back(std::move(node));
    return filter_.nodes_.size() - 1;
}

FilterParser::Index FilterParser::refuse(const Message& what, std::size_t from, std::size_t length,
                                         std::map<std::string, std::string> args) {
    if (error_)
        return std::nullopt;
    Error error;
    error.what = &what;
    error.args = std::move(args);
    error.args["length"] = std::to_string(length);
    error.where.line = 1;
    error.where.column = static_cast<std::uint32_t>(from + 1);
    error_ = std::move(error);
    return std::nullopt;
}

Result<Filter> Filter::parse(std::string_view text) {
    return FilterParser(text).run();
}

} // namespace gatehouse::capture
