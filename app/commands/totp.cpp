#include <crypto/qrCode.h>
#include <crypto/totp.h>
#include <rehearsal/loginDriver.h>

#include <CLI/CLI.hpp>
#include <app/commandLine.h>
#include <app/exitCodes.h>
#include <app/printProblems.h>
#include <fmt/core.h>
#include <user/labLoader.h>
#include <user/systemClock.h>

namespace gatehouse::app {

namespace {

struct Options {
    std::string file;
    std::string user;
    bool qr = false;
};

int printCode(const rehearsal::Person& person) {
    const Now now = user::systemNow();
    const std::string code = person.otpKey->reveal(
        [&](std::string_view key) { return crypto::totp(key, now.unixSeconds(), person.otpPolicy); });
    fmt::print("{}\n", code);
    fmt::print(stderr, "good for {} more seconds\n",
               person.otpPolicy.period - now.unixSeconds() % person.otpPolicy.period);
    return exitOk;
}

int printQr(const rehearsal::Person& person, const std::string& issuer) {
    const std::string uri = person.otpKey->reveal([&](std::string_view key) {
        return crypto::otpauthUri({issuer, person.name, std::string(key), person.otpPolicy});
    });
    const auto picture = crypto::qrCode(uri);
    if (!picture) {
        printError(picture.error());
        return exitEnvironment;
    }
    fmt::print("{}\n{}\n", crypto::qrText(*picture), uri);
    return exitOk;
}

int totp(const Options& options) {
    const auto loaded = user::loadLab(options.file, {});
    if (!loaded.value) {
        printProblems(loaded.problems);
        return failureStatus(loaded.problems);
    }
    const auto person = rehearsal::personOf(*loaded.value->arrangement, {options.user, {}, {}, {}});
    if (person.otpKey == nullptr) {
        fmt::print(stderr, "error: {} gives {} no one-time code key (credentials of type otp)\n",
                   options.file, options.user);
        return exitUsage;
    }
    return options.qr ? printQr(person, loaded.value->arrangement->name) : printCode(person);
}

} // namespace

void addTotp(CLI::App& root, Action& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        root.add_subcommand("totp", "Show the one-time code of a lab's user, as their phone would.\n"
                                    "Example: gatehouse totp story.gatehouse.yaml alice");
    addLab(*command, options->file);
    command->add_option("user", options->user, "The user's name")->required();
    command->add_flag("--qr", options->qr, "Show the key as a QR code for an authenticator app instead");
    command->callback([&chosen, options] { chosen = [options] { return totp(*options); }; });
}

} // namespace gatehouse::app
