#include <base/encoding.h>
#include <crypto/entropy.h>
#include <desk/text.h>

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWebEngineView>
#include <browser/typist.h>

namespace gatehouse::browser {

namespace {

constexpr std::size_t tokenBytes = 12;

QString freshToken() {
    return QStringLiteral("gatehouse-%1 ")
        .arg(desk::qt(gatehouse::hex(crypto::systemEntropy()->bytes(tokenBytes))));
}

QString json(const QJsonObject& values) {
    return QString::fromUtf8(QJsonDocument(values).toJson(QJsonDocument::Compact));
}

// What is wanted reaches the script as JSON only, and no text that is typed ever does.
constexpr const char* script = R"((w => {
  const form = document.forms[w.form];
  if (!form) return {spots: []};
  const all = w.names.map(n => form.elements.namedItem(n));
  const first = form.querySelector('button:not([type=button]), input[type=submit]');
  all.push((w.button && document.getElementById(w.button)) || first);
  if (!window.gatehouseTells) {
    window.gatehouseTells = true;
    for (const type of ['focusin', 'input'])
      document.addEventListener(type, e => console.debug(
        w.token + type + ' ' + (e.target.value || '').length + ' ' + (e.target.name || '')), true);
  }
  const inside = r => r.top >= 0 && r.bottom <= innerHeight;
  const at = all[w.at];
  if (at && !inside(at.getBoundingClientRect())) at.scrollIntoView({block: 'center'});
  return {page: document.hasFocus(), spots: all.map(e => {
    if (!e) return {found: false};
    const r = e.getBoundingClientRect();
    return {found: r.width > 0 && r.height > 0, inView: inside(r), x: r.left + r.width / 2,
            y: r.top + r.height / 2, focused: document.activeElement === e, length: (e.value || '').length};
  })};
}))";

} // namespace

Typist::Typist(Browser& browser, QObject* parent) : QObject(parent), browser_(browser), token_(freshToken()) {
    pause_.setSingleShot(true);
    connect(&pause_, &QTimer::timeout, this, [this] { std::exchange(next_, nullptr)(); });
    connect(&browser_, &Browser::loadStarted, this, &Typist::left);
    connect(&browser_, &Browser::logged, this, &Typist::hear);
    connect(&browser_, &Browser::crashed, this, [this](const QString& why) { fail(why); });
    connect(&browser_, &Browser::shown, this, [this] { fail(tr("another session is shown now")); });
}

void Typist::start(Work work) {
    cancel();
    work_ = std::move(work);
    at_ = 0;
    busy_ = true;
    pressed_ = false;
    takeFocus();
    step(Awaits::Nothing);
    begin();
}

void Typist::cancel() {
    busy_ = false;
    step(Awaits::Nothing);
    work_ = {};
}

void Typist::step(Awaits awaits) {
    ++step_;
    awaits_ = awaits;
    since_.start();
    pause_.stop();
    next_ = nullptr;
}

void Typist::fail(const QString& why) {
    if (!busy_)
        return;
    cancel();
    emit failed(why);
}

void Typist::left() {
    if (!busy_)
        return;
    if (!pressed_)
        return fail(tr("the page went away while it was being filled in"));
    cancel();
    emit finished();
}

void Typist::unlessHeard(int afterMs, std::function<void()> step) {
    next_ = std::move(step);
    pause_.start(afterMs);
}

QString Typist::surveyScript() const {
    QJsonArray names;
    for (const Field& field : work_.fields)
        names.append(field.name);
    return QString::fromLatin1(script) + QLatin1Char('(') +
           json({{QStringLiteral("form"), work_.form},
                 {QStringLiteral("names"), names},
                 {QStringLiteral("button"), work_.button},
                 {QStringLiteral("token"), token_},
                 {QStringLiteral("at"), static_cast<int>(at_)}}) +
           QLatin1Char(')');
}

void Typist::survey(std::function<void()> then) {
    browser_.run(surveyScript(), [this, number = step_, then = std::move(then)](const QVariant& seen) {
        if (number != step_ || !busy_)
            return;
        take(seen.toMap());
        then();
    });
}

void Typist::take(const QVariantMap& seen) {
    const double zoom = browser_.view().zoomFactor();
    pageFocused_ = seen.value(QStringLiteral("page")).toBool();
    spots_.clear();
    for (const QVariant& one : seen.value(QStringLiteral("spots")).toList()) {
        const QVariantMap map = one.toMap();
        Spot spot;
        spot.found = map.value(QStringLiteral("found")).toBool();
        spot.inView = map.value(QStringLiteral("inView")).toBool();
        spot.focused = map.value(QStringLiteral("focused")).toBool();
        spot.length = map.value(QStringLiteral("length")).toInt();
        spot.middle = QPointF(map.value(QStringLiteral("x")).toDouble() * zoom,
                              map.value(QStringLiteral("y")).toDouble() * zoom)
                          .toPoint();
        spots_.push_back(spot);
    }
    spots_.resize(work_.fields.size() + 1);
}

// "focusin 0 username", "input 5 username"
void Typist::hear(const QString& line) {
    if (!busy_ || !line.startsWith(token_) || at_ >= work_.fields.size())
        return;
    const QString told = line.mid(token_.size());
    const QString name = told.section(QLatin1Char(' '), 2);
    if (name != work_.fields[at_].name)
        return;
    if (awaits_ == Awaits::Focus && told.startsWith(QStringLiteral("focusin ")))
        typeField();
    else if (awaits_ == Awaits::Text && told.section(QLatin1Char(' '), 1, 1).toInt() == wantedLength() &&
             told.startsWith(QStringLiteral("input ")))
        nextField();
}

void Typist::begin() {
    survey([this] {
        for (std::size_t i = 0; i < spots_.size(); ++i) {
            if (spots_[i].found)
                continue;
            if (!late())
                return unlessHeard(askAfterMs, [this] { begin(); });
            return fail(i < work_.fields.size() ? tr("the page shows no field “%1”").arg(work_.fields[i].name)
                                                : tr("the page shows no button"));
        }
        reachField();
    });
}

void Typist::reachField() {
    step(Awaits::Focus);
    if (at_ == work_.fields.size()) {
        step(Awaits::Leaving);
        return pressButton();
    }
    if (spots_[at_].focused && pageFocused_)
        return typeField(); // pages do that for their first field
    if (spots_[at_].inView)
        return clickField();
    survey([this] { clickField(); });
}

void Typist::clickField() {
    click(spots_[at_].middle);
    unlessHeard(askAfterMs, [this] {
        survey([this] {
            if (spots_[at_].focused && pageFocused_)
                return typeField();
            if (late())
                return fail(tr("the field “%1” cannot be clicked; is the browser in sight?")
                                .arg(work_.fields[at_].name));
            if (!pageFocused_)
                takeFocus();
            clickField();
        });
    });
}

qsizetype Typist::wantedLength() const {
    return work_.fields[at_].text.reveal([](std::string_view text) { return desk::qt(text).size(); });
}

void Typist::typeField() {
    step(Awaits::Text);
    typeText();
}

// In place of whatever stands there.
void Typist::typeText() {
    key(Qt::Key_A, Qt::ControlModifier, {});
    key(Qt::Key_Backspace, Qt::NoModifier, QStringLiteral("\b"));
    work_.fields[at_].text.reveal([this](std::string_view text) { type(desk::qt(text)); });
    unlessHeard(askAfterMs, [this] { checkText(); });
}

void Typist::checkText() {
    survey([this] {
        if (spots_[at_].length == wantedLength())
            return nextField();
        if (late())
            return fail(tr("the field “%1” does not take what is typed").arg(work_.fields[at_].name));
        takeFocus(); // keys went elsewhere: a page that has just come, or a window in front
        click(spots_[at_].middle);
        typeText();
    });
}

void Typist::nextField() {
    for (Spot& spot : spots_)
        spot.focused = false; // what was focused is behind us
    ++at_;
    reachField();
}

void Typist::pressButton() {
    if (late())
        return fail(tr("the button was pressed, and nothing happened"));
    if (!spots_.back().inView)
        return survey([this] {
            spots_.back().inView = true; // as far as it can be
            pressButton();
        });
    pressed_ = true;
    click(spots_.back().middle);
    unlessHeard(pressAgainAfterMs, [this] { survey([this] { pressButton(); }); });
}

// Without the window's focus (another program is in front) the page still gets its own.
void Typist::takeFocus() {
    browser_.view().setFocus();
    if (QWidget* const target = browser_.inputTarget()) {
        QFocusEvent focus(QEvent::FocusIn, Qt::OtherFocusReason);
        QCoreApplication::sendEvent(target, &focus);
    }
}

void Typist::click(const QPoint& middle) {
    QWidget* const target = browser_.inputTarget();
    if (target == nullptr)
        return;
    const QPointF at(middle), global(target->mapToGlobal(middle));
    const auto send = [&](QEvent::Type type, Qt::MouseButton button, Qt::MouseButtons buttons) {
        QMouseEvent event(type, at, global, button, buttons, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &event);
    };
    send(QEvent::MouseMove, Qt::NoButton, Qt::NoButton);
    send(QEvent::MouseButtonPress, Qt::LeftButton, Qt::LeftButton);
    send(QEvent::MouseButtonRelease, Qt::LeftButton, Qt::NoButton);
}

void Typist::type(QStringView text) {
    for (const QChar character : text) {
        const ushort code = character.toUpper().unicode();
        constexpr ushort lastAscii = 0x7e;
        key(code > ' ' && code <= lastAscii ? int(code) : int(Qt::Key_unknown),
            character.isUpper() ? Qt::ShiftModifier : Qt::NoModifier, QString(character));
    }
}

void Typist::key(int key, Qt::KeyboardModifiers modifiers, const QString& text) {
    QWidget* const target = browser_.inputTarget();
    if (target == nullptr)
        return;
    for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease}) {
        QKeyEvent event(type, key, modifiers, text);
        QCoreApplication::sendEvent(target, &event);
    }
}

} // namespace gatehouse::browser
