// Every page of the window in every state that it has, one after the other: a scene brings the window there
// by what a person does, and says what to look at.
#pragma once

#include "wholeWindow.h"

#include <functional>
#include <string>
#include <vector>

namespace gatehouse::window::testing {

struct Scene {
    std::string name; // of its picture
    std::function<QWidget*(WholeWindow&)> show;
    bool moves = false; // a page of Chromium, a code of this minute: no two runs paint the same
};

// In this order: each begins where the one before has left the window, calmed.
std::vector<Scene> scenes();

std::vector<Scene> scenesWithoutLab();
std::vector<Scene> scenesOfForms();
std::vector<Scene> scenesOfRequests();
std::vector<Scene> scenesOfRunning();

} // namespace gatehouse::window::testing
