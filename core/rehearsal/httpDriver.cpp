#include <rehearsal/httpDriver.h>
#include <rehearsal/httpVisit.h>

namespace gatehouse::rehearsal {

Journey HttpDriver::drive(const Scenario& scenario, const Person& person) {
    tools_.recorder.drain(tools_.engine);
    tools_.recorder.takeEvents(); // what was before this visit is not its evidence
    return HttpVisit(tools_, scenario, person).run();
}

} // namespace gatehouse::rehearsal
