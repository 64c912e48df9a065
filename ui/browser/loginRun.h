// LoginRun: one login acted out in the browser, at once or step by step: the rehearsal's actor decides, the
// typist does it. Asynchronous and cancelable; `ended` comes exactly once. On a page that the actor does not
// know it stops and says what it sees, and a person goes on from there.
#pragma once

#include <rehearsal/actor.h>

#include <QObject>
#include <QTimer>
#include <browser/browser.h>
#include <browser/typist.h>
#include <chrono>
#include <memory>
#include <vector>

namespace gatehouse::browser {

class LoginRun : public QObject {
    Q_OBJECT
public:
    struct Plan {
        std::shared_ptr<const arrangement::Arrangement> arrangement; // keeps what `person` points to
        rehearsal::Scenario scenario;
        rehearsal::Person person;
        bool stepByStep = false;
    };
    enum class Ending : std::uint8_t {
        Done,     // the login is over, and what stands is no page of it
        Stopped,  // at a page for a person, or one that refuses: `why` is what it says
        Failed,   // no page, or one that does not take what is typed
        Cancelled // by cancel(), or the session went away
    };

    // Both outlive it.
    LoginRun(Browser& browser, rehearsal::UsedCodes& used, Plan plan, QObject* parent = nullptr);

    void begin();   // in the session that is shown
    void proceed(); // step by step: do what `asked` announced
    void cancel();
    bool isOver() const { return over_; }

    // What a report is made of.
    struct Visit { // of one request for a page, redirects included
        QByteArray method;
        QUrl url;
        int status = 0;     // of the page that stood; 0: followed by another, or not known
        bool stood = false; // a page stood here
        diagnosis::PageFacts page;
    };
    const std::vector<Visit>& visits() const { return visits_; }
    const rehearsal::Actor& actor() const { return actor_; }
    // Of the last page: its document, or what is no HTML as its text.
    const std::string& content() const { return content_; }
    // Why the actor or the browser could not go on; empty when the visit ended by itself.
    const QString& hindrance() const { return hindrance_; }

signals:
    void stepped(const QString& what); // "types name and password"
    void asked(const QString& what);   // step by step: waits for proceed()
    void waiting(const QString& why, int seconds);
    void ended(gatehouse::browser::LoginRun::Ending ending, const QString& why);

private:
    void loaded(Browser::Ending ending, int status, const QString& why);
    void read();
    void decide();
    void act();
    void end(Ending ending, const QString& why);
    QString whatNext() const;
    QString sayPage() const;
    bool isAtProvider() const;

    Browser& browser_;
    Plan plan_;
    rehearsal::Actor actor_;
    Typist typist_;
    QTimer deadline_; // for the page under way
    QTimer codeWait_;
    std::vector<Visit> visits_;
    rehearsal::Page page_;
    rehearsal::Act act_;
    std::string content_;
    QString hindrance_;
    unsigned read_ = 0; // an answer about an older page is dropped by this number
    int status_ = 0;
    bool over_ = false, begun_ = false, asked_ = false;
};

} // namespace gatehouse::browser
