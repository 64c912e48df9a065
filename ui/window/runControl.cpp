#include <arrangement/secrets.h>
#include <desk/text.h>

#include <window/runControl.h>

namespace gatehouse::window {

RunControl::RunControl(desk::Desk& desk, look::MessageBar& bar, QObject* parent)
    : QObject(parent), desk_(desk), bar_(bar) {
    connect(&desk_.engine, &desk::EngineBridge::refused, this, &RunControl::refused);
    connect(&desk_.engine, &desk::EngineBridge::stateChanged, this, &RunControl::changed);
    connect(&desk_.engine, &desk::EngineBridge::complained, this, [this](const Error& error) {
        bar_.say(look::Mood::Warning, desk::words(error), desk::advice(error));
    });
    connect(&desk_.workspace, &desk::Workspace::compiled, this, &RunControl::changed);
    connect(&desk_.workspace, &desk::Workspace::opened, this, [this] {
        anyPort_ = false;
        if (desk_.engine.state() == desk::EngineBridge::State::Failed)
            desk_.engine.stop(); // that was another lab
    });
    connect(&desk_.workspace, &desk::Workspace::changedOnDisk, this, [this] {
        cure_ = Cure::Reload;
        bar_.say(look::Mood::Warning, tr("%1 was changed by another program.").arg(desk_.workspace.title()),
                 desk_.workspace.isModified() ? tr("Reading it again gives up your unsaved changes here; "
                                                   "saving replaces the other program's.")
                                              : QString(),
                 tr("Read it again"));
    });
    connect(&desk_.workspace, &desk::Workspace::goneFromDisk, this, [this] {
        cure_ = Cure::SaveAs;
        bar_.say(look::Mood::Warning, tr("%1 is not on the disk any more.").arg(desk_.workspace.title()),
                 tr("The lab is still open here, and what runs goes on. Save it to have a file again."),
                 tr("Save"));
    });
    connect(&bar_, &look::MessageBar::activated, this, &RunControl::act);
}

QString RunControl::labName() const {
    return desk_.workspace.title();
}

bool RunControl::hasChanges() const {
    return desk_.engine.state() == desk::EngineBridge::State::Running &&
           desk_.workspace.isArrangementCurrent() && desk_.engine.running() != desk_.workspace.arrangement();
}

void RunControl::run() {
    bar_.quiet();
    const auto& document = desk_.workspace.document();
    if (document == nullptr) {
        start(); // says what is wrong
        return;
    }
    std::vector<std::string> names;
    for (const auto& need : arrangement::secretNeeds(*document))
        names.push_back(need.name);
    desk_.vault.fetch(document->lab().name, names, [this](const Result<void>& fetched) {
        if (!fetched)
            bar_.say(look::Mood::Warning, desk::words(fetched.error()), desk::advice(fetched.error()));
        start();
    });
}

void RunControl::start() {
    desk_.workspace.compile();
    if (!desk_.workspace.isArrangementCurrent()) {
        cure_ = Cure::ShowProblems;
        const auto count = desk_.workspace.problems().size();
        bar_.say(look::Mood::Bad, tr("%1 cannot run yet.").arg(labName()),
                 count == 1 ? tr("One problem has to be cured first.")
                            : tr("%1 problems have to be cured first.").arg(count),
                 tr("Show them"));
        return;
    }
    desk_.engine.run(desk_.workspace.arrangement(), anyPort_);
}

void RunControl::stop() {
    desk_.engine.stop();
}

void RunControl::refused(const Error& error) {
    cure_ = error.what->code == "port-taken" && !anyPort_ ? Cure::FreePorts : Cure::None;
    bar_.say(look::Mood::Bad, desk::words(error),
             desk::advice(error) + (error.technical.empty()
                                        ? QString()
                                        : QStringLiteral(" (%1)").arg(desk::qt(error.technical))),
             cure_ == Cure::FreePorts ? tr("Run on free ports") : QString());
}

void RunControl::act() {
    const Cure cure = std::exchange(cure_, Cure::None);
    bar_.quiet();
    switch (cure) {
    case Cure::FreePorts:
        anyPort_ = true;
        run();
        return;
    case Cure::Undo:
        desk_.workspace.undo();
        return;
    case Cure::ShowProblems:
        emit desk_.navigator.pageWanted(QStringLiteral("problems"));
        return;
    case Cure::Reload:
        if (auto opened = desk_.workspace.open(desk_.workspace.file()); !opened)
            bar_.say(look::Mood::Bad, desk::words(opened.error()), desk::advice(opened.error()));
        return;
    case Cure::SaveAs:
        if (auto saved = desk_.workspace.save(); !saved)
            bar_.say(look::Mood::Bad, desk::words(saved.error()), desk::advice(saved.error()));
        return;
    case Cure::None:
        return;
    }
}

} // namespace gatehouse::window
