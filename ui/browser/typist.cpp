#include <desk/text.h>

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWebEngineView>
#include <browser/typist.h>

namespace gatehouse::browser {

namespace {

// The page draws in a process of its own, and nothing tells when it has taken an event: it is asked again
// after this time, for so long.
constexpr int pauseMs = 40;
constexpr int patienceMs = 10'000;
constexpr int pressAgainAfterMs = 2'000; // a click before the first frame is lost

QString quoted(const QString& text) {
    return QString::fromUtf8(
        QJsonDocument(QJsonObject{{QStringLiteral("t"), text}}).toJson(QJsonDocument::Compact));
}

// `element` is an expression of ours; names reach it as JSON only.
constexpr const char* lookScript = R"((() => { const e = %1;
  if (!e) return {found: false};
  const r0 = e.getBoundingClientRect();
  if (r0.top < 0 || r0.bottom > innerHeight) e.scrollIntoView({block: 'center'});
  const r = e.getBoundingClientRect();
  return {found: r.width > 0 && r.height > 0, x: r.left + r.width / 2, y: r.top + r.height / 2,
          focused: document.activeElement === e, page: document.hasFocus(),
          length: (e.value || '').length}; })())";

} // namespace

Typist::Typist(Browser& browser, QObject* parent) : QObject(parent), browser_(browser) {
    pause_.setSingleShot(true);
    pause_.setInterval(pauseMs);
    connect(&pause_, &QTimer::timeout, this, [this] { std::exchange(next_, nullptr)(); });
    connect(&browser_, &Browser::loadStarted, this, &Typist::left);
    connect(&browser_, &Browser::crashed, this, [this](const QString& why) { fail(why); });
    connect(&browser_, &Browser::shown, this, [this] { fail(tr("another session is shown now")); });
}

void Typist::start(Work work) {
    cancel();
    work_ = std::move(work);
    at_ = 0;
    busy_ = true;
    pressed_ = false;
    since_.start();
    takeFocus();
    reachField();
}

void Typist::cancel() {
    ++run_;
    busy_ = false;
    pause_.stop();
    next_ = nullptr;
    work_ = {};
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

bool Typist::late() const {
    return since_.hasExpired(patienceMs);
}

void Typist::again(std::function<void()> step) {
    next_ = std::move(step);
    pause_.start();
}

void Typist::look(const QString& element, std::function<void(const Spot&)> then) {
    browser_.run(QString::fromLatin1(lookScript).arg(element),
                 [this, run = run_, then = std::move(then)](const QVariant& answer) {
                     if (run != run_ || !busy_)
                         return;
                     const QVariantMap seen = answer.toMap();
                     const double zoom = browser_.view().zoomFactor();
                     Spot spot;
                     spot.found = seen.value(QStringLiteral("found")).toBool();
                     spot.focused = seen.value(QStringLiteral("focused")).toBool();
                     spot.pageFocused = seen.value(QStringLiteral("page")).toBool();
                     spot.length = seen.value(QStringLiteral("length")).toInt();
                     spot.middle = QPointF(seen.value(QStringLiteral("x")).toDouble() * zoom,
                                           seen.value(QStringLiteral("y")).toDouble() * zoom)
                                       .toPoint();
                     then(spot);
                 });
}

QString Typist::fieldElement(const Field& field) const {
    return QStringLiteral("document.forms[%1] && document.forms[%1].elements.namedItem(%2.t)")
        .arg(QString::number(work_.form), quoted(field.name));
}

QString Typist::buttonElement() const {
    const QString first = QStringLiteral("document.forms[%1] && document.forms[%1].querySelector("
                                         "'button:not([type=button]), input[type=submit]')")
                              .arg(work_.form);
    return work_.button.isEmpty()
               ? first
               : QStringLiteral("(document.getElementById(%1.t) || (%2))").arg(quoted(work_.button), first);
}

void Typist::reachField() {
    if (at_ == work_.fields.size()) {
        since_.start();
        return pressButton();
    }
    look(fieldElement(work_.fields[at_]), [this](const Spot& spot) {
        if (!spot.found && late())
            return fail(tr("the page shows no field “%1”").arg(work_.fields[at_].name));
        if (!spot.found)
            return again([this] { reachField(); });
        if (spot.focused && spot.pageFocused)
            return typeField(); // as pages do for their first field
        click(spot.middle);
        again([this] { checkFocus(); });
    });
}

void Typist::checkFocus() {
    look(fieldElement(work_.fields[at_]), [this](const Spot& spot) {
        if (spot.focused && spot.pageFocused)
            return typeField();
        if (late())
            return fail(
                tr("the field “%1” cannot be clicked; is the browser in sight?").arg(work_.fields[at_].name));
        if (!spot.pageFocused)
            takeFocus();
        again([this] { reachField(); });
    });
}

void Typist::typeField() {
    const Field& field = work_.fields[at_];
    key(Qt::Key_A, Qt::ControlModifier, {});
    key(Qt::Key_Backspace, Qt::NoModifier, QStringLiteral("\b"));
    field.text.reveal([this](std::string_view text) { type(desk::qt(text)); });
    since_.start();
    again([this] { checkText(); });
}

void Typist::checkText() {
    look(fieldElement(work_.fields[at_]), [this](const Spot& spot) {
        const auto wanted =
            work_.fields[at_].text.reveal([](std::string_view text) { return desk::qt(text).size(); });
        if (spot.length == wanted) {
            ++at_;
            since_.start();
            return reachField();
        }
        if (late())
            return fail(tr("the field “%1” does not take what is typed").arg(work_.fields[at_].name));
        again([this] { checkText(); });
    });
}

void Typist::pressButton() {
    look(buttonElement(), [this](const Spot& spot) {
        if (!spot.found && late())
            return fail(tr("the page shows no button"));
        if (!spot.found)
            return again([this] { pressButton(); });
        if (late())
            return fail(tr("the button was pressed, and nothing happened"));
        pressed_ = true;
        click(spot.middle);
        next_ = [this] { pressButton(); };
        pause_.start(pressAgainAfterMs);
    });
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
