#include <app/withBrowser.h>

namespace gatehouse::app {

namespace {

constexpr Message noBrowser{
    "no-browser-in-build",
    GH_TEXT("app", "This build of Gatehouse has no embedded browser (it was made with GATEHOUSE_UI=OFF)"),
    GH_TEXT("app",
            "Use --driver http, or build with the window: cmake --preset release && cmake --build --preset "
            "release")};

} // namespace

Result<void> withBrowser(const BrowserTools&, const std::function<void(rehearsal::LoginDriver&)>&) {
    return fail(noBrowser);
}

} // namespace gatehouse::app
