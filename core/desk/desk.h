// Desk: what every part of the window is given. Its parts live as long as the window.
#pragma once

#include <desk/engineBridge.h>
#include <desk/navigator.h>
#include <desk/secretVault.h>
#include <desk/settings.h>
#include <desk/workspace.h>

namespace gatehouse::desk {

struct Desk {
    Settings settings;
    SecretVault vault;
    EngineBridge engine;
    Workspace workspace{vault};
    Navigator navigator;
};

} // namespace gatehouse::desk
