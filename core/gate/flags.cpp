#include <gate/flags.h>
#include <gate/goValue.h>
#include <gate/options.h>

#include <fmt/format.h>

namespace gatehouse::gate {

namespace {

constexpr std::string_view seeHelp = GH_TEXT("core", "`gatehouse oauth2-proxy --help` lists the flags.");
constexpr Message badSyntax{"flag-syntax", GH_TEXT("core", "bad flag syntax: {argument}"), seeHelp};
constexpr Message unknownFlag{"flag-unknown", GH_TEXT("core", "unknown flag: --{name}"), seeHelp};
constexpr Message unknownShort{"flag-shorthand",
                               GH_TEXT("core", "unknown shorthand flag: '{letter}' in {argument}"),
                               GH_TEXT("core", "Flags begin with two dashes.")};
constexpr Message needsArgument{"flag-needs-argument", GH_TEXT("core", "flag needs an argument: --{name}"),
                                seeHelp};
constexpr Message invalidArgument{"flag-invalid-argument",
                                  GH_TEXT("core", "invalid argument {value} for \"--{name}\" flag: {reason}"),
                                  seeHelp};
constexpr Message badRecord{
    "flag-list", GH_TEXT("core", "parse error on line 1, column {column}: {reason}"),
    GH_TEXT("core", "A list is split at commas; quotes keep a comma: \"\\\"a,b\\\"\".")};

// One field of a record; text after it is left, the comma included.
Result<std::string> takeField(std::string_view line, std::size_t& at) {
    std::string out;
    if (at >= line.size() || line[at] != '"') {
        const auto end = std::min(line.find(',', at), line.size());
        out = line.substr(at, end - at);
        if (const auto quote = out.find('"'); quote != std::string::npos)
            return fail(badRecord, {{"column", std::to_string(at + quote + 1)},
                                    {"reason", "bare \" in non-quoted field"}});
        at = end;
        return out;
    }
    ++at;
    for (;;) {
        const auto quote = line.find('"', at);
        if (quote == std::string_view::npos)
            return fail(badRecord, {{"column", std::to_string(line.size() + 1)},
                                    {"reason", "extraneous or missing \" in quoted-field"}});
        out += line.substr(at, quote - at);
        at = quote + 1;
        if (at >= line.size() || line[at] == ',')
            return out;
        if (line[at] != '"')
            return fail(badRecord, {{"column", std::to_string(at)},
                                    {"reason", "extraneous or missing \" in quoted-field"}});
        out += '"';
        ++at;
    }
}

} // namespace

Result<std::vector<std::string>> csvRecord(std::string_view line) {
    std::vector<std::string> out;
    if (line.empty())
        return out;
    line = line.substr(0, line.find('\n'));
    for (std::size_t at = 0;; ++at) {
        auto field = takeField(line, at);
        if (!field)
            return std::unexpected(std::move(field.error()));
        out.push_back(std::move(*field));
        if (at >= line.size())
            return out;
    }
}

namespace {

std::string parseReason(OptionType type, const std::string& value) {
    const std::string quoted = goQuoted(value);
    if (type == OptionType::Boolean && !goBool(value))
        return "strconv.ParseBool: parsing " + quoted + ": invalid syntax";
    if (type == OptionType::Integer && !goInteger(value))
        return "strconv.ParseInt: parsing " + quoted + ": invalid syntax";
    if (type == OptionType::Duration && !goDuration(value))
        return "time: invalid duration " + quoted;
    return {};
}

class Parser {
public:
    explicit Parser(const std::vector<std::string>& arguments) : arguments_(arguments) {}

    ParsedFlags run() {
        while (at_ < arguments_.size() && !stopped_) {
            const std::string& argument = arguments_[at_++];
            if (argument.size() < 2 || argument[0] != '-')
                continue; // oauth2-proxy has no use for positional arguments
            if (argument == "--")
                break;
            if (argument[1] == '-')
                takeLong(argument);
            else
                takeShort(argument);
        }
        return std::move(out_);
    }

private:
    void refuse(const Message& message, std::map<std::string, std::string> args) {
        Place where;
        where.field = arguments_[at_ - 1].substr(0, arguments_[at_ - 1].find('='));
        out_.problems.push_back(
            {Problem::Kind::Refused, Error{&message, std::move(args), std::move(where), {}}});
        stopped_ = true;
    }

    void takeShort(const std::string& argument) {
        if (argument[1] != 'h') {
            refuse(unknownShort, {{"letter", argument.substr(1, 1)}, {"argument", argument}});
            return;
        }
        out_.help = true;
        stopped_ = true;
    }

    void takeLong(const std::string& argument) {
        const std::string body = argument.substr(2);
        if (body[0] == '-' || body[0] == '=') {
            refuse(badSyntax, {{"argument", argument}});
            return;
        }
        const auto equals = body.find('=');
        const std::string name = body.substr(0, equals);
        const OptionRow* row = option(name);
        if (row == nullptr) {
            out_.help = name == "help";
            stopped_ = true;
            if (!out_.help)
                refuse(unknownFlag, {{"name", name}});
            return;
        }
        if (equals != std::string::npos)
            set(*row, body.substr(equals + 1));
        else if (row->type == OptionType::Boolean)
            set(*row, "true");
        else if (at_ < arguments_.size())
            set(*row, arguments_[at_++]);
        else
            refuse(needsArgument, {{"name", name}});
    }

    void set(const OptionRow& row, const std::string& value) {
        const std::string name(row.name);
        if (row.type == OptionType::TextList) {
            auto record = csvRecord(value);
            if (!record) {
                refuse(invalidArgument,
                       {{"value", goQuoted(value)}, {"name", name}, {"reason", text(record.error())}});
                return;
            }
            auto& list = out_.values[name];
            list.insert(list.end(), record->begin(), record->end());
            return;
        }
        if (const std::string reason = parseReason(row.type, value); !reason.empty())
            refuse(invalidArgument, {{"value", goQuoted(value)}, {"name", name}, {"reason", reason}});
        else
            out_.values[name] = {value};
    }

    const std::vector<std::string>& arguments_;
    std::size_t at_ = 0;
    bool stopped_ = false;
    ParsedFlags out_;
};

} // namespace

ParsedFlags parseFlags(const std::vector<std::string>& arguments) {
    return Parser(arguments).run();
}

} // namespace gatehouse::gate
