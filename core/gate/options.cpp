#include <base/ascii.h>
#include <gate/goValue.h>
#include <gate/optionRows.h>

#include <algorithm>

namespace gatehouse::gate {

namespace {

constexpr Message unknownOption{
    "unknown-option", GH_TEXT("core", "{option} is no option of oauth2-proxy 7.15"),
    GH_TEXT("core", "The nearest one is {nearest}; `gatehouse explain {nearest}` tells about it.")};
constexpr Message processOption{"option-of-the-process",
                                GH_TEXT("core", "{option} is a flag of the program, not a setting of a gate"),
                                GH_TEXT("core", "Take it out; a lab holds every setting itself.")};
constexpr Message wrongType{"option-wrong-type",
                            GH_TEXT("core", "{option} wants {expected}, not \"{value}\""),
                            GH_TEXT("core", "Example: {example}")};
constexpr Message plainSecret{"secret-in-plain", GH_TEXT("core", "{option} holds a secret in plain text"),
                              GH_TEXT("core", "Write the name of a secret: {option}: {secret: NAME}")};
constexpr Message notSecret{"option-no-secret",
                            GH_TEXT("core", "{option} is no secret; its value stands in the document"),
                            GH_TEXT("core", "Write the value itself.")};
constexpr Message oneValue{"option-one-value", GH_TEXT("core", "{option} takes one value, not a list"),
                           GH_TEXT("core", "Write one value.")};

std::vector<OptionRow> allRows() {
    std::vector<OptionRow> all;
    for (const auto rows : {processRows(), proxyRows(), accessRows(), cookiesRows(), sessionRows(),
                            headerRows(), providerRows(), serverRows(), pageRows()})
        all.insert(all.end(), rows.begin(), rows.end());
    return all;
}

// Edit distance, for naming the nearest option.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> line(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        line[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t corner = line[0];
        line[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t swap = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
            corner = line[j];
            line[j] = std::min({line[j] + 1, line[j - 1] + 1, swap});
        }
    }
    return line[b.size()];
}

std::string_view nearest(std::string_view name) {
    const std::string wanted = lower(name.substr(0, 80));
    std::string_view best;
    std::size_t least = 1000;
    for (const OptionRow& row : options()) {
        if (row.toml == wanted || row.environment == name)
            return row.name;
        if (const std::size_t d = distance(row.name, wanted); d < least) {
            least = d;
            best = row.name;
        }
    }
    return best;
}

struct Expectation {
    std::string_view what;
    std::string_view example;
};

// What a value of that type must look like; nothing when the value is one.
std::optional<Expectation> violated(OptionType type, std::string_view value) {
    switch (type) {
    case OptionType::Boolean:
        return goBool(value) ? std::nullopt : std::optional(Expectation{"true or false", "true"});
    case OptionType::Integer:
        return goInteger(value) ? std::nullopt : std::optional(Expectation{"a whole number", "5"});
    case OptionType::Duration:
        return goDuration(value) ? std::nullopt : std::optional(Expectation{"a duration", "1h30m"});
    default:
        return std::nullopt;
    }
}

class Reader {
public:
    Reader(const std::function<Place(FieldId)>& place, std::vector<Problem>& problems)
        : place_(place), problems_(problems) {}

    // Whether the setting can be used.
    bool check(const lab::Setting& setting) {
        setting_ = &setting;
        const OptionRow* row = option(setting.name);
        if (row == nullptr)
            return refuse(unknownOption, {{"nearest", std::string(nearest(setting.name))}});
        if (isProcessOption(setting.name))
            return refuse(processOption, {});
        if (row->support == Support::NotYet)
            return refuse(optionNotYet, {{"note", std::string(row->note)}});
        return row->type == OptionType::Secret ? checkSecret() : checkValues(*row);
    }

private:
    bool refuse(const Message& message, std::map<std::string, std::string> args) {
        args.emplace("option", setting_->name);
        const Place where = place_ ? place_(setting_->from) : Place{};
        problems_.push_back({Problem::Kind::Refused, Error{&message, std::move(args), where, {}}});
        return false;
    }

    bool checkSecret() {
        if (setting_->secret || std::ranges::all_of(setting_->values, &std::string::empty))
            return true;
        return refuse(plainSecret, {});
    }

    bool checkValues(const OptionRow& row) {
        if (setting_->secret)
            return refuse(notSecret, {});
        if (row.type != OptionType::TextList && setting_->values.size() != 1)
            return refuse(oneValue, {});
        for (const std::string& value : setting_->values)
            if (const auto wanted = violated(row.type, value))
                return refuse(wrongType, {{"expected", std::string(wanted->what)},
                                          {"example", std::string(wanted->example)},
                                          {"value", value.substr(0, 60)}});
        return true;
    }

    const std::function<Place(FieldId)>& place_;
    std::vector<Problem>& problems_;
    const lab::Setting* setting_ = nullptr;
};

const lab::Setting* find(const std::vector<lab::Setting>& settings, std::string_view name) {
    const auto found = std::ranges::find(settings, name, &lab::Setting::name);
    return found == settings.end() ? nullptr : &*found;
}

std::string_view byDefault(std::string_view name) {
    const OptionRow* row = option(name);
    return row == nullptr ? std::string_view{} : row->byDefault;
}

} // namespace

std::span<const OptionRow> options() {
    static const std::vector<OptionRow> rows = allRows();
    return rows;
}

const OptionRow* option(std::string_view name) {
    const auto rows = options();
    const auto found = std::ranges::find(rows, name, &OptionRow::name);
    return found == rows.end() ? nullptr : &*found;
}

bool isProcessOption(std::string_view name) {
    const auto rows = processRows();
    return std::ranges::find(rows, name, &OptionRow::name) != rows.end();
}

Options Options::read(const std::vector<lab::Setting>& settings, const std::function<Place(FieldId)>& place,
                      std::vector<Problem>& problems) {
    Options out;
    Reader reader(place, problems);
    for (const lab::Setting& setting : settings)
        if (reader.check(setting))
            out.settings_.push_back(setting);
    return out;
}

bool Options::given(std::string_view name) const {
    return find(settings_, name) != nullptr;
}

std::string Options::text(std::string_view name) const {
    const lab::Setting* setting = find(settings_, name);
    if (setting == nullptr)
        return std::string(byDefault(name));
    return setting->values.empty() ? std::string() : setting->values.front();
}

std::vector<std::string> Options::list(std::string_view name) const {
    if (const lab::Setting* setting = find(settings_, name))
        return setting->values;
    std::vector<std::string> out;
    const std::string_view fallback = byDefault(name);
    for (const std::string_view part : split(fallback, ','))
        if (!part.empty())
            out.emplace_back(part);
    return out;
}

bool Options::flag(std::string_view name) const {
    return goBool(text(name)).value_or(false);
}

std::int64_t Options::integer(std::string_view name) const {
    return goInteger(text(name)).value_or(0);
}

std::chrono::nanoseconds Options::duration(std::string_view name) const {
    return goDuration(text(name)).value_or(std::chrono::nanoseconds(0));
}

crypto::SecretRef Options::secret(std::string_view name) const {
    const lab::Setting* setting = find(settings_, name);
    return setting == nullptr ? crypto::SecretRef{} : setting->secret;
}

FieldId Options::from(std::string_view name) const {
    const lab::Setting* setting = find(settings_, name);
    return setting == nullptr ? FieldId{} : setting->from;
}

} // namespace gatehouse::gate
