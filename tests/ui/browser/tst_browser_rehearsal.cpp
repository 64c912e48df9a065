// The same scenario by requests of our own and by Chromium: the same hops, the same headers at the service,
// but for what a browser says of itself.
#include "lab.h"

#include <rehearsal/httpDriver.h>
#include <rehearsal/report.h>

#include <QFileInfo>
#include <QImage>
#include <QTest>
#include <browser/chromiumRehearsal.h>
#include <map>
#include <unistd.h>
#include <user/systemClock.h>

using namespace gatehouse;
using namespace gatehouse::browser;
using namespace gatehouse::browser::testing;

namespace {

// What Chromium sends of its own; everything else has to be equal.
const std::set<std::string> ofChromium{
    "User-Agent",     "Accept",           "Accept-Encoding",    "Accept-Language",
    "Sec-Fetch-Site", "Sec-Fetch-Mode",   "Sec-Fetch-User",     "Sec-Fetch-Dest",
    "Sec-Ch-Ua",      "Sec-Ch-Ua-Mobile", "Sec-Ch-Ua-Platform", "Upgrade-Insecure-Requests",
    "Cache-Control",  "Pragma",           "Connection",         "Origin",
    "Referer"};
// Made anew for each request.
const std::set<std::string> ofTheMoment{"Cookie", "X-Request-ID"};

std::string withoutValues(const std::string& url) {
    std::string out;
    bool value = false;
    for (const char c : url) {
        if (c == '&' || c == '#')
            value = false;
        if (!value)
            out.push_back(c);
        if (c == '=' && out.find('?') != std::string::npos)
            value = true;
    }
    return out;
}

QString lines(const rehearsal::RehearsalResult& result) {
    std::string out;
    for (const rehearsal::Hop& hop : result.hops)
        out += std::to_string(hop.depth) + ' ' + hop.who + " > " + hop.whom + ' ' + hop.method + ' ' +
               withoutValues(hop.url) + ' ' + std::to_string(hop.status) + '\n';
    return QString::fromStdString(out);
}

QString headerLines(const rehearsal::RehearsalResult& result) {
    std::set<std::string> out; // their order is the client's
    for (const auto& [name, value] : result.upstreamHeaders)
        if (!ofChromium.contains(name))
            out.insert(name + ": " + (ofTheMoment.contains(name) ? "…" : value));
    QString text;
    for (const std::string& line : out)
        text += QString::fromStdString(line) + QLatin1Char('\n');
    return text;
}

} // namespace

class tst_browser_rehearsal : public QObject {
    Q_OBJECT

    RunningLab lab;
    QTemporaryDir folder;
    std::map<std::string, rehearsal::RehearsalResult> byHttp, byChromium;

    rehearsal::RehearsalResult act(rehearsal::LoginDriver& driver, const rehearsal::Scenario& scenario) {
        const rehearsal::Person person = rehearsal::personOf(*lab.arrangement(), scenario);
        const auto began = std::chrono::steady_clock::now();
        const rehearsal::Journey journey = driver.drive(scenario, person);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
        return rehearsal::makeResult(scenario, journey, took.count(),
                                     [](std::string_view text) { return std::string(text); });
    }

    std::map<std::string, rehearsal::Scenario> scenarios() {
        std::map<std::string, rehearsal::Scenario> out;
        for (const char* user : {"alice", "bob", "dave", ""})
            out.emplace(user, lab.scenario(user));
        rehearsal::Scenario wrong = lab.scenario("alice");
        wrong.with.password = "not hers";
        out.emplace("alice, wrong password", wrong);
        wrong = lab.scenario("alice");
        wrong.with.otp = "000000";
        out.emplace("alice, wrong code", wrong);
        return out;
    }

private slots:
    void initTestCase() {
        Memory used;
        user::SystemClock clock([](std::string_view, std::int64_t) {});
        rehearsal::HttpDriver http({lab.engine(), lab.recorder(), lab.arrangement(), clock, used});
        act(http, lab.scenario("alice")); // the gate learns the provider's addresses and keys once
        for (const auto& [name, scenario] : scenarios())
            byHttp.emplace(name, act(http, scenario));
        const Result<void> done =
            withChromium({lab.engine(), lab.recorder(), lab.arrangement(), used, lab.authorityPem(),
                          proxyPassword, folder.filePath(QStringLiteral("shot.png")).toStdString(),
                          [](std::string_view) { return std::string("words"); }},
                         geteuid() == 0, [&](rehearsal::LoginDriver& chromium) {
                             for (const auto& [name, scenario] : scenarios())
                                 byChromium.emplace(name, act(chromium, scenario));
                         });
        QVERIFY2(done.has_value(), done ? "" : describe(done.error()).c_str());
    }

    void theSameHops_data() {
        QTest::addColumn<QString>("name");
        for (const auto& [name, scenario] : scenarios())
            QTest::newRow(name.empty() ? "nobody" : name.c_str()) << QString::fromStdString(name);
    }
    void theSameHops() {
        QFETCH(const QString, name);
        const auto& http = byHttp.at(name.toStdString());
        const auto& chromium = byChromium.at(name.toStdString());
        qInfo("%s: http %.2f s, chromium %.2f s", chromium.code.c_str(), http.seconds, chromium.seconds);
        QCOMPARE(lines(chromium), lines(http));
        QCOMPARE(chromium.code, http.code);
        QCOMPARE(chromium.upstreamLine, http.upstreamLine);
        QCOMPARE(headerLines(chromium), headerLines(http));
    }

    void theServicesPage() {
        const std::string& page = byChromium.at("alice").page;
        QVERIFY2(page.starts_with("Hostname: "), page.c_str());
        QVERIFY(page.find("X-Forwarded-Port: 443\n") != std::string::npos);
        QVERIFY(page.find("Chrome/") != std::string::npos); // it was one
    }

    void screenshots() {
        for (const char* name : {"shot.png", "shot-2.png"}) {
            const QImage image(folder.filePath(QLatin1String(name)));
            QCOMPARE(image.size(), QSize(1280, 900));
            int ink = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    ink += image.pixelColor(x, y).lightness() < 128;
            QVERIFY2(ink > 50, qPrintable(QString::number(ink)));
        }
        QVERIFY(!QFileInfo::exists(folder.filePath(QStringLiteral("shot-9.png"))));
        if (const QString keep = qEnvironmentVariable("GATEHOUSE_PICTURES"); !keep.isEmpty())
            QFile::copy(folder.filePath(QStringLiteral("shot.png")), keep + QStringLiteral("/rehearsal.png"));
    }
};

int main(int argc, char** argv) {
    const Surroundings surroundings;
    tst_browser_rehearsal test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_browser_rehearsal.moc"
