#include <app/withBrowser.h>
#include <browser/chromiumRehearsal.h>

namespace gatehouse::app {

Result<void> withBrowser(const BrowserTools& tools,
                         const std::function<void(rehearsal::LoginDriver&)>& perform) {
    return browser::withChromium({tools.engine, tools.recorder, tools.arrangement, tools.usedCodes,
                                  tools.authorityPem, tools.proxyPassword, tools.screenshot, tools.redact},
                                 !tools.sandbox, perform);
}

} // namespace gatehouse::app
