// The HTTP driver: acts a scenario out with requests of its own, through the listeners' real sockets and TLS,
// with an empty cookie jar, filling in forms by Keycloak's element ids. The same pages from a real Keycloak
// work alike.
#pragma once

#include <engine/engine.h>
#include <rehearsal/loginDriver.h>
#include <rehearsal/recorder.h>

#include <memory>

namespace gatehouse::rehearsal {

class HttpDriver : public LoginDriver {
public:
    struct Tools {
        engine::Engine& engine;
        Recorder& recorder;
        std::shared_ptr<const arrangement::Arrangement> arrangement;
        Clock& clock;
        UsedCodes& usedCodes;
    };
    explicit HttpDriver(Tools tools) : tools_(std::move(tools)) {}

    Journey drive(const Scenario& scenario, const Person& person) override;

private:
    Tools tools_;
};

} // namespace gatehouse::rehearsal
