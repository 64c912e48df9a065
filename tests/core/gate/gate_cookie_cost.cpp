// What opening a session cookie costs: cold, and remembered by the connection.
#include "desk.h"

#include <base/encoding.h>

#include <cstdio>
#include <ctime>

using namespace gatehouse;
using namespace gatehouse::gate;
using namespace gatehouse::gate::test;

namespace {

double microsecondsEach(const Desk& desk, const std::string& cookie, Memo* memo, int times) {
    const auto entropy = crypto::seededEntropy(1);
    http::Headers headers{
        {"Host", "whoami.domain.tld"}, {"Cookie", cookie}, {"Accept", "*/*"}, {"User-Agent", "curl/8"}};
    http::RequestView request{"GET", "/oauth2/auth", http::Version::Http11, headers.view(), {}};
    const std::clock_t begun = std::clock();
    for (int i = 0; i < times; ++i) {
        Arena arena;
        exchange::Trace trace(arena);
        Env env{{WallTime(std::chrono::seconds(noon)), {}},
                *entropy,
                *desk.state,
                memo,
                "127.0.0.1",
                false,
                arena,
                trace};
        if (std::get<exchange::Respond>(std::get<Answer>(desk.gate->handle(request, env)).what).status != 202)
            return -1;
    }

    return static_cast<double>(std::clock() - begun) * 1e6 / CLOCKS_PER_SEC / times;
}

} // namespace

int main() {
    const Desk desk({{"set-xauthrequest", "true"}, {"allowed-group", Json::array({"oauth2-proxy"})}});
    if (!desk.made())
        return 1;
    // Tokens of the size that a real Keycloak makes.
    const auto entropy = crypto::seededEntropy(4);
    const std::string access = desk.token({{"x", hex(entropy->bytes(450))}});
    const std::string id = desk.token({{"y", hex(entropy->bytes(250))}});
    const std::string cookie =
        desk.sessionCookie({{"access", access}, {"id", id}, {"refresh", hex(entropy->bytes(350))}});
    Memo memo;
    for (int round = 0; round < 5; ++round)
        std::printf("cookie %zu bytes: cold %.2f us, warm %.2f us\n", cookie.size(),
                    microsecondsEach(desk, cookie, nullptr, 5000),
                    microsecondsEach(desk, cookie, &memo, 20000));
}
