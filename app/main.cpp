#include <app/commandLine.h>

int main(int argc, char** argv) {
    return gatehouse::app::runCommandLine(argc, argv);
}
