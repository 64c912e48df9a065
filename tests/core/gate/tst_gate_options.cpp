#include <gate/flags.h>
#include <gate/goValue.h>
#include <gate/options.h>

#include <QTest>
#include <algorithm>
#include <fstream>
#include <map>

using namespace gatehouse;
using namespace gatehouse::gate;

namespace {

const std::function<Place(FieldId)> nowhere = [](FieldId) { return Place{}; };

lab::Setting setting(std::string name, std::vector<std::string> values) {
    lab::Setting out;
    out.name = std::move(name);
    out.list = values.size() > 1;
    out.values = std::move(values);
    return out;
}

std::string codes(const std::vector<Problem>& problems) {
    std::string out;
    for (const Problem& problem : problems)
        out.append(out.empty() ? "" : " ").append(problem.error.what->code);
    return out;
}

CommandLineOutput read(const CommandLineInput& input, std::string* said = nullptr) {
    auto out = readCommandLine(input);
    if (said != nullptr)
        for (const Problem& problem : out.problems)
            *said += text(problem.error) + "\n";
    return out.value ? std::move(*out.value) : CommandLineOutput{};
}

std::vector<std::string> valuesOf(const CommandLineOutput& output, std::string_view name) {
    for (const lab::Setting& one : output.settings)
        if (one.name == name)
            return one.values;
    return {"(not set)"};
}

} // namespace

class tst_gate_options : public QObject {
    Q_OBJECT

private slots:
    // data/flags.txt lists name and Go type of every flag that oauth2-proxy 7.15 registers.
    void everyFlagHasARow() {
        std::ifstream file(GATEHOUSE_TEST_DATA "/data/flags.txt");
        std::map<std::string, std::string> flags;
        for (std::string name, type; file >> name >> type;)
            flags[name] = type;
        QCOMPARE(flags.size(), std::size_t{172});
        for (const OptionRow& row : options()) {
            const auto found = flags.find(std::string(row.name));
            QVERIFY2(found != flags.end(), std::string(row.name).c_str());
            const bool list = found->second == "StringSlice";
            QVERIFY2(list == (row.type == OptionType::TextList), found->first.c_str());
            QVERIFY2((found->second == "Bool") == (row.type == OptionType::Boolean), found->first.c_str());
            QVERIFY2((found->second == "Int") == (row.type == OptionType::Integer), found->first.c_str());
            QVERIFY2((found->second == "Duration") == (row.type == OptionType::Duration),
                     found->first.c_str());
            flags.erase(found);
        }
        QVERIFY2(flags.empty(), flags.empty() ? "" : flags.begin()->first.c_str());
    }

    void rowsAreComplete() {
        for (const OptionRow& row : options()) {
            const std::string name(row.name);
            QVERIFY2(!row.section.empty() && row.help.size() > 10, name.c_str());
            QVERIFY2(row.support == Support::Does || !row.note.empty(), name.c_str());
            if (row.section != "Process")
                QCOMPARE(std::string(row.environment).substr(0, 13), std::string("OAUTH2_PROXY_"));
        }
        QCOMPARE(std::string(option("email-domain")->toml), std::string("email_domains"));
        QCOMPARE(std::string(option("allowed-group")->environment),
                 std::string("OAUTH2_PROXY_ALLOWED_GROUPS"));
        QCOMPARE(std::string(option("extra-jwt-issuers")->toml), std::string("extra_jwt_issuers"));
    }

    void defaults() {
        std::vector<Problem> problems;
        const Options options = Options::read({}, nowhere, problems);
        QVERIFY(problems.empty());
        QCOMPARE(options.text("cookie-name"), std::string("_oauth2_proxy"));
        QVERIFY(options.duration("cookie-expire") == std::chrono::hours(168));
        QVERIFY(options.flag("pass-user-headers") && !options.flag("reverse-proxy"));
        QCOMPARE(options.list("oidc-audience-claim"), std::vector<std::string>{"aud"});
        QVERIFY(options.list("upstream").empty() && !options.given("upstream"));
    }

    void refused_data() {
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("value");
        QTest::addColumn<std::string>("code");
        QTest::newRow("unknown") << std::string("cookie_secret") << std::string("x")
                                 << std::string("unknown-option");
        QTest::newRow("boolean") << std::string("reverse-proxy") << std::string("yes")
                                 << std::string("option-wrong-type");
        QTest::newRow("duration") << std::string("cookie-expire") << std::string("7d")
                                  << std::string("option-wrong-type");
        QTest::newRow("integer") << std::string("cookie-csrf-per-request-limit") << std::string("many")
                                 << std::string("option-wrong-type");
        QTest::newRow("plain secret")
            << std::string("client-secret") << std::string("hunter2") << std::string("secret-in-plain");
        QTest::newRow("not yet") << std::string("redis-connection-url") << std::string("redis://x")
                                 << std::string("option-not-yet");
        QTest::newRow("process") << std::string("config") << std::string("x")
                                 << std::string("option-of-the-process");
    }

    void refused() {
        QFETCH(std::string, name);
        QFETCH(std::string, value);
        QFETCH(std::string, code);
        std::vector<Problem> problems;
        const Options options = Options::read({setting(name, {value})}, nowhere, problems);
        QCOMPARE(codes(problems), code);
        QVERIFY(!options.given(name));
        QVERIFY2(text(problems[0].error).find("hunter2") == std::string::npos, "a secret in an error text");
    }

    void nearestNameIsSaid() {
        std::vector<Problem> problems;
        Options::read({setting("email_domains", {"*"}), setting("cookie-secreet", {"x"})}, nowhere, problems);
        QCOMPARE(problems[0].error.args.at("nearest"), std::string("email-domain"));
        QCOMPARE(problems[1].error.args.at("nearest"), std::string("cookie-secret"));
    }

    void goValues() {
        QVERIFY(goDuration("1h30m") == std::chrono::minutes(90));
        QVERIFY(goDuration("-1.5s") == std::chrono::milliseconds(-1500));
        QVERIFY(goDuration("0") == std::chrono::seconds(0) && !goDuration("5") && !goDuration("") &&
                !goDuration("1x"));
        QVERIFY(!goDuration("9999999999h"));
        QCOMPARE(goText(std::chrono::hours(168)), std::string("168h0m0s"));
        QCOMPARE(goText(std::chrono::milliseconds(1500)), std::string("1.5s"));
        QVERIFY(goInteger("0x1f") == 31 && goInteger("-12") == -12 && goInteger("1_000") == 1000 &&
                !goInteger("1_") && !goInteger(""));
        QVERIFY(goBool("T") == true && goBool("False") == false && !goBool("tRue") && !goBool(""));
    }

    void flagForms() {
        const auto out =
            read({{"--reverse-proxy", "--cookie-name", "a", "--email-domain=a,b", "--email-domain", "\"c,d\"",
                   "rest", "--skip-auth-preflight=false", "--", "--unknown"},
                  {},
                  {},
                  {}});
        QCOMPARE(valuesOf(out, "reverse-proxy"), std::vector<std::string>{"true"});
        QCOMPARE(valuesOf(out, "cookie-name"), std::vector<std::string>{"a"});
        QCOMPARE(valuesOf(out, "email-domain"), (std::vector<std::string>{"a", "b", "c,d"}));
        QCOMPARE(valuesOf(out, "skip-auth-preflight"), std::vector<std::string>{"false"});
    }

    // Corrections 6: a regex with a comma becomes two.
    void listsAreSplitAtCommas() {
        const auto out = read({{"--skip-auth-regex=^/y{1,2}$"}, {}, {}, {}});
        QCOMPARE(valuesOf(out, "skip-auth-regex"), (std::vector<std::string>{"^/y{1", "2}$"}));
    }

    void flagErrors_data() {
        QTest::addColumn<std::string>("argument");
        QTest::addColumn<std::string>("words");
        const auto row = [](const char* argument, const char* words) {
            QTest::newRow(argument) << std::string(argument) << std::string(words);
        };
        row("--nope", "unknown flag: --nope");
        row("--=x", "bad flag syntax: --=x");
        row("---x", "bad flag syntax: ---x");
        row("-xyz", "unknown shorthand flag: 'x' in -xyz");
        row("--cookie-name", "flag needs an argument: --cookie-name");
        row("--reverse-proxy=maybe", "invalid argument \"maybe\" for \"--reverse-proxy\" flag: "
                                     "strconv.ParseBool: parsing \"maybe\": invalid syntax");
        row("--cookie-expire=7d",
            "invalid argument \"7d\" for \"--cookie-expire\" flag: time: invalid duration \"7d\"");
        row("--upstream=a\"b", "invalid argument \"a\\\"b\" for \"--upstream\" flag: parse error on line 1, "
                               "column 2: bare \" in non-quoted field");
    }

    void flagErrors() {
        QFETCH(std::string, argument);
        QFETCH(std::string, words);
        std::string said;
        read({{argument}, {}, {}, {}}, &said);
        QCOMPARE(said, words + "\n");
    }

    void precedence() {
        CommandLineInput input;
        input.toml = "cookie_name = \"file\"\ncookie_path = \"/file\"\nemail_domains = [ \"file\", \"two\" "
                     "]\nCookie_Secure = false\n";
        input.tomlFile = "oauth2-proxy.cfg";
        input.environment = {{"OAUTH2_PROXY_COOKIE_NAME", "env"},
                             {"OAUTH2_PROXY_COOKIE_PATH", ""},
                             {"OAUTH2_PROXY_EMAIL_DOMAINS", "env,b"}};
        input.arguments = {"--cookie-name="};
        const auto out = read(input);
        QCOMPARE(valuesOf(out, "cookie-name"), std::vector<std::string>{""}); // an empty flag wins
        QCOMPARE(valuesOf(out, "cookie-path"),
                 std::vector<std::string>{"/file"}); // an empty variable is none
        QCOMPARE(valuesOf(out, "email-domain"),
                 (std::vector<std::string>{"env", "b"})); // lists replace, they do not add up
        QCOMPARE(valuesOf(out, "cookie-secure"), std::vector<std::string>{"false"}); // keys ignore case
    }

    void secretsGoApart() {
        const auto out = read({{"--client-secret=abc"}, {{"OAUTH2_PROXY_COOKIE_SECRET", "def"}}, {}, {}});
        QCOMPARE(out.secrets.size(), std::size_t{2});
        for (const lab::Setting& one : out.settings)
            QVERIFY(one.values.empty() && !one.secret.name.empty());
    }

    void fileErrorsHaveAPlace() {
        CommandLineInput input;
        input.tomlFile = "x.cfg";
        input.toml = "cookie_name = \"a\"\nemail_domain = [\"*\"]\n[table]\na = 1\n";
        const auto out = readCommandLine(input);
        QVERIFY(!out.value);
        QCOMPARE(codes(out.problems), std::string("config-invalid-key config-invalid-key"));
        const auto line = std::ranges::find(out.problems, std::uint32_t{2},
                                            [](const Problem& p) { return p.error.where.line; });
        QVERIFY(line != out.problems.end() && line->error.args.at("key") == "email_domain");
        input.toml = "cookie_name = \n";
        QCOMPARE(codes(readCommandLine(input).problems), std::string("config-unreadable"));
    }

    // oauth2-proxy reads the plural only (#2804); here somebody says so.
    void ignoredVariableIsNamed() {
        const auto out =
            readCommandLine({{}, {{"OAUTH2_PROXY_ALLOWED_GROUP", "x"}, {"OAUTH2_PROXY_ELSE", "y"}}, {}, {}});
        QVERIFY(out.value);
        QCOMPARE(codes(out.problems), std::string("environment-ignored"));
        QCOMPARE(out.problems[0].error.args.at("known"), std::string("OAUTH2_PROXY_ALLOWED_GROUPS"));
    }

    void processFlags() {
        const auto flags =
            readProcessFlags({"--config=a.cfg", "--config-test", "--upstream", "static://202"});
        QVERIFY(flags.config == "a.cfg" && flags.configTest && !flags.help && !flags.version);
        QVERIFY(readProcessFlags({"-h"}).help && readProcessFlags({"--help"}).help &&
                readProcessFlags({"--version"}).version);
    }
};

QTEST_APPLESS_MAIN(tst_gate_options)
#include "tst_gate_options.moc"
