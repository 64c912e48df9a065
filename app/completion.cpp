#include <base/ascii.h>
#include <gate/options.h>
#include <lab/templates.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <app/completion.h>
#include <fmt/format.h>

namespace gatehouse::app {

namespace {

std::string firstLine(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

// CLI11 tells the choices of an option only in its type: "TEXT:{text,json}".
std::vector<std::string> choicesOf(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    const auto open = type.find('{');
    const auto close = type.find('}');
    std::vector<std::string> out;
    if (open == std::string::npos || close == std::string::npos)
        return out;
    for (const std::string_view choice :
         split(std::string_view(type).substr(open + 1, close - open - 1), ','))
        out.emplace_back(choice);
    return out;
}

CompletedOption completed(const CLI::Option& option) {
    CompletedOption out;
    for (const std::string& name : option.get_snames())
        out.flags.push_back('-' + name);
    for (const std::string& name : option.get_lnames())
        out.flags.push_back("--" + name);
    out.choices = choicesOf(option);
    out.help = firstLine(option.get_description());
    out.takesValue = option.get_items_expected_max() > 0;
    return out;
}

void addFlagsOfGate(CompletedCommand& command) {
    for (const gate::OptionRow& row : gate::options())
        command.options.push_back({{"--" + std::string(row.name)},
                                   {},
                                   std::string(row.help),
                                   row.type != gate::OptionType::Boolean});
}

// What only tables know.
void addKnown(CompletedCommand& command) {
    if (command.name == "oauth2-proxy")
        addFlagsOfGate(command);
    if (command.name == "new")
        for (const lab::Template& one : lab::templates())
            command.words.emplace_back(one.name);
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words)
        out += (out.empty() ? "" : " ") + word;
    return out;
}

std::string flagsOf(const CompletedCommand& command) {
    std::string out;
    for (const CompletedOption& option : command.options)
        out += (out.empty() ? "" : " ") + joined(option.flags);
    return out;
}

std::string namesOf(const std::vector<CompletedCommand>& commands) {
    std::string out;
    for (const CompletedCommand& command : commands)
        out += (out.empty() ? "" : " ") + command.name;
    return out;
}

// "run,--format) …": what may follow an option that takes a value.
std::string casesOfValues(const std::vector<CompletedCommand>& commands) {
    std::string out;
    for (const CompletedCommand& command : commands)
        for (const CompletedOption& option : command.options)
            for (const std::string& flag : option.flags)
                if (option.takesValue)
                    out += fmt::format("    {},{}) values=\"{}\" ;;\n", command.name, flag,
                                       option.choices.empty() ? "@files" : joined(option.choices));
    return out;
}

std::string casesOfWords(const std::vector<CompletedCommand>& commands) {
    std::string out;
    for (const CompletedCommand& command : commands)
        out += fmt::format("    {}) flags=\"{}\" words=\"{}\" ;;\n", command.name, flagsOf(command),
                           command.name == "explain" ? "@names"
                           : command.words.empty()   ? "@files"
                                                     : joined(command.words));
    return out;
}

// bash and zsh share this: it sets `values` (what may follow the option before), or `flags` and `words`.
std::string tables(const std::vector<CompletedCommand>& commands) {
    return "    values= flags= words=\n    case \"$command,$before\" in\n" + casesOfValues(commands) +
           "    esac\n    case \"$command\" in\n" + casesOfWords(commands) + "    esac\n";
}

void replace(std::string& text, std::string_view what, const std::string& with) {
    text.replace(text.find(what), what.size(), with);
}

constexpr std::string_view bash = R"SH(# bash completion of gatehouse:  source <(gatehouse completion bash)
_gatehouse_table() {
    local command=$1 before=$2
@TABLES@}
_gatehouse() {
    local current=${COMP_WORDS[COMP_CWORD]} values flags words
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "@COMMANDS@ --help --help-all --version" -- "$current"))
        return
    fi
    _gatehouse_table "${COMP_WORDS[1]}" "${COMP_WORDS[COMP_CWORD-1]}"
    if [ -z "$values" ]; then
        values=$words
        case "$current" in -*) values=$flags ;; esac
    fi
    case "$values" in
        @files) COMPREPLY=($(compgen -f -- "$current")) ;;
        @names) COMPREPLY=($(compgen -W "$(gatehouse explain --list names 2>/dev/null)" -- "$current")) ;;
        *) COMPREPLY=($(compgen -W "$values" -- "$current")) ;;
    esac
}
complete -o filenames -F _gatehouse gatehouse
)SH";

constexpr std::string_view zsh = R"SH(#compdef gatehouse
# zsh completion of gatehouse: as _gatehouse in a folder of $fpath, or:  source <(gatehouse completion zsh)
_gatehouse_table() {
    local command=$1 before=$2
@TABLES@}
_gatehouse() {
    local values flags words_of_command current=${words[CURRENT]}
    if (( CURRENT == 2 )); then
        compadd -- @COMMANDS@ --help --help-all --version
        return
    fi
    local first=${words[2]} previous=${words[CURRENT-1]}
    () {
        local words
        _gatehouse_table "$first" "$previous"
        words_of_command=$words
    }
    if [[ -z $values ]]; then
        values=$words_of_command
        [[ $current == -* ]] && values=$flags
    fi
    case $values in
        @files) _files ;;
        @names) compadd -- ${(f)"$(gatehouse explain --list names 2>/dev/null)"} ;;
        *) compadd -- ${=values} ;;
    esac
}
(( $+functions[compdef] )) && compdef _gatehouse gatehouse
)SH";

// In single quotes, where fish knows \\ and \'.
std::string fishQuoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text)
        out += c == '\'' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
    return out + '\'';
}

std::string fishOption(const CompletedCommand& command, const CompletedOption& option) {
    std::string out = fmt::format("complete -c gatehouse -n '__fish_seen_subcommand_from {}'", command.name);
    for (const std::string& flag : option.flags)
        out += flag.starts_with("--") ? " -l " + flag.substr(2) : " -s " + flag.substr(1);
    if (option.takesValue)
        out += option.choices.empty() ? " -r" : " -x -a " + fishQuoted(joined(option.choices));
    return out + " -d " + fishQuoted(option.help) + '\n';
}

} // namespace

std::vector<CompletedCommand> completedCommands(const CLI::App& root) {
    std::vector<CompletedCommand> out;
    for (const CLI::App* app : root.get_subcommands([](const CLI::App*) { return true; })) {
        CompletedCommand command{app->get_name(), firstLine(app->get_description()), {}, {}};
        for (const CLI::Option* option : app->get_options())
            if (!option->get_lnames().empty() || !option->get_snames().empty())
                command.options.push_back(completed(*option));
            else if (auto choices = choicesOf(*option); !choices.empty())
                command.words = std::move(choices);
        for (const CLI::App* below : app->get_subcommands([](const CLI::App*) { return true; })) {
            command.words.push_back(below->get_name());
            for (const CLI::Option* option : below->get_options())
                if (!option->get_lnames().empty() && option->get_lnames().front() != "help")
                    command.options.push_back(completed(*option));
        }
        addKnown(command);
        out.push_back(std::move(command));
    }
    return out;
}

std::string bashCompletion(const std::vector<CompletedCommand>& commands) {
    std::string out(bash);
    replace(out, "@TABLES@", tables(commands));
    replace(out, "@COMMANDS@", namesOf(commands));
    return out;
}

std::string zshCompletion(const std::vector<CompletedCommand>& commands) {
    std::string out(zsh);
    replace(out, "@TABLES@", tables(commands));
    replace(out, "@COMMANDS@", namesOf(commands));
    return out;
}

std::string fishCompletion(const std::vector<CompletedCommand>& commands) {
    std::string out = "# fish completion of gatehouse:  gatehouse completion fish | source\n";
    for (const CompletedCommand& command : commands) {
        out += fmt::format("complete -c gatehouse -f -n __fish_use_subcommand -a {} -d {}\n", command.name,
                           fishQuoted(command.help));
        for (const CompletedOption& option : command.options)
            out += fishOption(command, option);
        if (command.name == "explain")
            out += "complete -c gatehouse -f -n '__fish_seen_subcommand_from explain' "
                   "-a '(gatehouse explain --list names)'\n";
        else if (!command.words.empty())
            out += fmt::format("complete -c gatehouse -f -n '__fish_seen_subcommand_from {}' -a {}\n",
                               command.name, fishQuoted(joined(command.words)));
    }
    return out;
}

} // namespace gatehouse::app
