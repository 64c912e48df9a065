// The pages of the window, in the order of its rail: the one place that knows them all.
#pragma once

namespace gatehouse::desk {
struct Desk;
}
namespace gatehouse::window {
class MainWindow;
}

namespace gatehouse::app {

void addPanels(window::MainWindow& window, desk::Desk& desk);

} // namespace gatehouse::app
