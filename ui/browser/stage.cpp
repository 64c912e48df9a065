#include <desk/text.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QWebEngineView>
#include <browser/stage.h>

namespace gatehouse::browser {

namespace {

constexpr int width = 1280, height = 900;
constexpr int frameTries = 50, framePauseMs = 40;

// Whoami shows the session cookie, and a picture is an exit like any other: texts pass the redactor.
const QString takeTexts = QStringLiteral(
    "(() => { const w = document.createTreeWalker(document, NodeFilter.SHOW_TEXT); window.ghTexts = [];"
    " while (w.nextNode()) window.ghTexts.push(w.currentNode); return window.ghTexts.map(n => n.data); })()");
const QString putTexts = QStringLiteral(
    "(() => { const t = %1; t.forEach((s, i) => { if (window.ghTexts[i].data !== s) window.ghTexts[i].data = "
    "s; });"
    " window.ghDrawn = false;"
    " requestAnimationFrame(() => requestAnimationFrame(() => { window.ghDrawn = true; })); })()");

} // namespace

Stage::Stage(Reach reach, rehearsal::UsedCodes& used) : used_(used) {
    browser_.setReach(std::move(reach));
    browser_.setLanguage(QStringLiteral("en"));
    browser_.view().resize(width, height);
    browser_.view().show();
}

void Stage::play(LoginRun::Plan plan, const QString& screenshot, const rehearsal::Redact& redact,
                 std::function<void(Outcome)> done) {
    done_ = std::move(done);
    screenshot_ = screenshot;
    redact_ = redact;
    outcome_ = {};
    const QString user = desk::qt(plan.person.name);
    run_.reset();
    browser_.clear(user);
    browser_.show(user);
    run_ = std::make_unique<LoginRun>(browser_, used_, std::move(plan));
    // Queued: whoever emits is not destroyed under its own feet by the next play().
    connect(run_.get(), &LoginRun::ended, this, &Stage::over, Qt::QueuedConnection);
    run_->begin();
}

void Stage::over(LoginRun::Ending ending, const QString& why) {
    outcome_.visits = run_->visits();
    outcome_.ending = ending;
    outcome_.why = why;
    outcome_.hindrance = run_->hindrance();
    outcome_.content = run_->content();
    outcome_.otpRefused = run_->actor().otpRefused();
    outcome_.otpStepsOff = run_->actor().otpStepsOff();
    if (screenshot_.isEmpty() || ending == LoginRun::Ending::Failed)
        return leave();
    photograph();
}

void Stage::photograph() {
    browser_.run(takeTexts, [this](const QVariant& texts) {
        QJsonArray redacted;
        for (const QVariant& text : texts.toList())
            redacted.append(desk::qt(redact_(desk::utf8(text.toString()))));
        browser_.run(putTexts.arg(QString::fromUtf8(QJsonDocument(redacted).toJson(QJsonDocument::Compact))),
                     [this](const QVariant&) { awaitFrame(frameTries); });
    });
}

// Nothing tells when Chromium has drawn; the page itself counts two frames.
void Stage::awaitFrame(int triesLeft) {
    browser_.run(QStringLiteral("window.ghDrawn"), [this, triesLeft](const QVariant& drawn) {
        if (!drawn.toBool() && triesLeft > 0) {
            QTimer::singleShot(framePauseMs, this, [this, triesLeft] { awaitFrame(triesLeft - 1); });
            return;
        }
        QTimer::singleShot(framePauseMs, this, [this] {
            if (!browser_.view().grab().save(screenshot_, "PNG"))
                outcome_.hindrance = tr("the screenshot cannot be written to %1").arg(screenshot_);
            leave();
        });
    });
}

void Stage::leave() {
    std::exchange(done_, nullptr)(std::move(outcome_));
}

} // namespace gatehouse::browser
