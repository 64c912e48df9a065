// Stage: where the command line's rehearsals are acted out: one browser without a window to look at, one
// login after the other, each in a session that knows nothing. GUI thread.
#pragma once

#include <rehearsal/report.h>

#include <QObject>
#include <browser/browser.h>
#include <browser/loginRun.h>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace gatehouse::browser {

class Stage : public QObject {
    Q_OBJECT
public:
    struct Outcome {
        std::vector<LoginRun::Visit> visits;
        LoginRun::Ending ending = LoginRun::Ending::Failed;
        QString why, hindrance;
        std::string content;
        bool otpRefused = false;
        std::optional<std::int64_t> otpStepsOff;
    };

    Stage(Reach reach, rehearsal::UsedCodes& used);

    // `done` once, in every case.
    void play(LoginRun::Plan plan, const QString& screenshot, const rehearsal::Redact& redact,
              std::function<void(Outcome)> done);

private:
    void over(LoginRun::Ending ending, const QString& why);
    void photograph();
    void awaitFrame(int triesLeft);
    void leave();

    Browser browser_;
    rehearsal::UsedCodes& used_;
    std::unique_ptr<LoginRun> run_;
    Outcome outcome_;
    QString screenshot_;
    rehearsal::Redact redact_;
    std::function<void(Outcome)> done_;
};

} // namespace gatehouse::browser
