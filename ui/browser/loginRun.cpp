#include <desk/text.h>

#include <QWebEnginePage>
#include <browser/loginRun.h>
#include <user/systemClock.h>

namespace gatehouse::browser {

using rehearsal::Act;
using rehearsal::PageKind;

namespace {

using namespace std::chrono_literals;
constexpr auto pageWithin = 30s;
constexpr int httpRefusal = 400;
// Chromium puts text into a document of its own, in one <pre>.
const QString plainTextScript = QStringLiteral(
    "document.contentType === 'text/html' ? null : (document.body ? document.body.textContent : '')");

} // namespace

LoginRun::LoginRun(Browser& browser, rehearsal::UsedCodes& used, Plan plan, QObject* parent)
    : QObject(parent), browser_(browser), plan_(std::move(plan)), actor_(plan_.scenario, plan_.person, used),
      typist_(browser) {
    deadline_.setSingleShot(true);
    deadline_.setInterval(pageWithin);
    codeWait_.setSingleShot(true);
    connect(&deadline_, &QTimer::timeout, this,
            [this] { end(Ending::Failed, tr("no page came within %1 seconds").arg(pageWithin.count())); });
    connect(&codeWait_, &QTimer::timeout, this, &LoginRun::decide);
    connect(&browser_, &Browser::requested, this, [this](const QByteArray& method, const QUrl& url) {
        if (begun_ && !over_)
            visits_.push_back({method, url, 0, false, {}});
    });
    connect(&browser_, &Browser::loadStarted, this, [this] {
        ++read_;
        codeWait_.stop();
        if (begun_ && !over_)
            deadline_.start();
    });
    connect(&browser_, &Browser::loadEnded, this, &LoginRun::loaded);
    connect(&browser_, &Browser::certificateRefused, this,
            [this](const Error& why, const QUrl&, bool ofPage) {
                if (ofPage)
                    end(Ending::Failed, desk::words(why));
            });
    connect(&browser_, &Browser::crashed, this,
            [this](const QString& why) { end(Ending::Failed, tr("the page crashed: %1").arg(why)); });
    connect(&browser_, &Browser::shown, this,
            [this] { end(Ending::Cancelled, tr("another session is shown now")); });
    connect(&typist_, &Typist::failed, this, [this](const QString& why) { end(Ending::Failed, why); });
}

void LoginRun::begin() {
    begun_ = true;
    deadline_.start();
    emit stepped(tr("opens %1").arg(desk::qt(plan_.scenario.url.text())));
    browser_.open(QUrl(desk::qt(plan_.scenario.url.text())));
}

void LoginRun::cancel() {
    end(Ending::Cancelled, tr("cancelled"));
}

void LoginRun::end(Ending ending, const QString& why) {
    if (over_)
        return;
    over_ = true;
    ++read_;
    if (ending == Ending::Failed || ending == Ending::Cancelled)
        hindrance_ = why;
    else if (act_.kind == Act::Kind::Stop)
        hindrance_ = desk::qt(act_.why);
    typist_.cancel();
    deadline_.stop();
    codeWait_.stop();
    emit ended(ending, why);
}

void LoginRun::loaded(Browser::Ending ending, int status, const QString& why) {
    if (!begun_ || over_)
        return;
    if (ending == Browser::Ending::Stopped)
        return; // a newer navigation follows, or the deadline says so
    if (ending == Browser::Ending::Failed)
        return end(Ending::Failed, why.isEmpty() ? tr("the page did not load") : why);
    deadline_.stop();
    status_ = status;
    read();
}

void LoginRun::read() {
    const unsigned number = ++read_;
    browser_.page().toHtml([this, number](const QString& html) {
        if (number != read_ || over_)
            return;
        content_ = desk::utf8(html);
        page_ = rehearsal::parsePage(content_);
        browser_.run(plainTextScript, [this, number](const QVariant& plain) {
            if (number != read_ || over_)
                return;
            if (plain.isValid() && !plain.isNull())
                content_ = desk::utf8(plain.toString());
            if (!visits_.empty()) {
                visits_.back().stood = true;
                visits_.back().status = status_;
                visits_.back().page = page_.facts;
            }
            decide();
        });
    });
}

void LoginRun::decide() {
    act_ = actor_.next(page_, status_, user::systemNow());
    switch (act_.kind) {
    case Act::Kind::Submit:
        if (plan_.stepByStep) {
            asked_ = true;
            emit asked(whatNext());
            return;
        }
        return act();
    case Act::Kind::Wait: {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(act_.wait);
        codeWait_.start(seconds);
        emit waiting(desk::translated(act_.why), static_cast<int>(seconds.count()));
        return;
    }
    case Act::Kind::Stop:
        return end(Ending::Stopped, sayPage());
    case Act::Kind::End:
        if (act_.page != PageKind::Other || status_ >= httpRefusal || isAtProvider())
            return end(Ending::Stopped, sayPage());
        return end(Ending::Done, {});
    }
}

void LoginRun::proceed() {
    if (asked_ && !over_)
        act();
}

void LoginRun::act() {
    asked_ = false;
    emit stepped(whatNext());
    Typist::Work work;
    work.form = static_cast<int>(act_.form);
    work.button = desk::qt(act_.button);
    for (rehearsal::Typed& typed : act_.typed)
        if (page_.forms[act_.form].field(typed.name) != nullptr)
            work.fields.push_back({desk::qt(typed.name), std::move(typed.value)});
    deadline_.start();
    typist_.start(std::move(work));
}

QString LoginRun::whatNext() const {
    const QString name = desk::qt(plan_.person.name);
    switch (act_.page) {
    case PageKind::SignIn:
        return tr("presses the gate's sign-in button");
    case PageKind::Password:
        return tr("types name and password of %1").arg(name);
    case PageKind::OneTimeCode:
        return tr("types a one-time code of %1").arg(name);
    case PageKind::Enrolment:
        return tr("takes the authenticator's key from the page and answers with its first code");
    default:
        return tr("goes on");
    }
}

// What a person in front of it would read aloud.
QString LoginRun::sayPage() const {
    const diagnosis::PageFacts& facts = page_.facts;
    QString title = desk::qt(facts.heading.empty() ? facts.title : facts.heading);
    QStringList said;
    for (const std::string& message : facts.messages)
        said.append(desk::qt(message));
    if (act_.kind == Act::Kind::Stop && act_.page != PageKind::OfProvider)
        said.append(desk::qt(act_.why));
    const QString text = said.join(QStringLiteral("; "));
    if (title.isEmpty())
        return text.isEmpty() ? tr("a page without a title") : text;
    return text.isEmpty() ? tr("“%1”").arg(title) : tr("“%1”: %2").arg(title, text);
}

bool LoginRun::isAtProvider() const {
    const QString at = browser_.url().host();
    for (const arrangement::ProviderPlan& provider : plan_.arrangement->providers)
        if (desk::qt(provider.url.host).compare(at, Qt::CaseInsensitive) == 0)
            return desk::qt(plan_.scenario.url.host).compare(at, Qt::CaseInsensitive) != 0;
    return false;
}

} // namespace gatehouse::browser
