// Two folders of pictures, compared picture by picture: picture_difference NOW LAST DIFFERENCES
//
// Prints a row a picture: same, changed by n % of its points, new, gone. What is named in NOW/moving.txt
// shows the time or a page of Chromium: it is told apart, and counts as changed only beyond a tenth of it.
// For each that has changed, DIFFERENCES gets the new one, faded, with what differs in red. Ends with 1 when
// anything is other than the same.
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QSet>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace {

constexpr int barely = 24;          // of 255: how far a channel may be off, for smoothed edges
constexpr double movingPart = 10.0; // per cent
constexpr double samePart = 0.0005; // per cent: a point or two

bool differs(QRgb a, QRgb b) {
    return std::abs(qRed(a) - qRed(b)) > barely || std::abs(qGreen(a) - qGreen(b)) > barely ||
           std::abs(qBlue(a) - qBlue(b)) > barely;
}

// Per cent of the larger one's points; the picture of them in `marks`.
double difference(const QImage& now, const QImage& last, QImage& marks) {
    const QSize whole = now.size().expandedTo(last.size());
    marks = QImage(whole, QImage::Format_RGB32);
    qint64 count = 0;
    for (int y = 0; y < whole.height(); ++y)
        for (int x = 0; x < whole.width(); ++x) {
            const bool both = now.valid(x, y) && last.valid(x, y);
            const QRgb here = now.valid(x, y) ? now.pixel(x, y) : qRgb(255, 255, 255);
            const bool off = !both || differs(here, last.pixel(x, y));
            count += off ? 1 : 0;
            const int faded = 170 + qGray(here) / 3;
            marks.setPixel(x, y, off ? qRgb(220, 0, 0) : qRgb(faded, faded, faded));
        }
    return 100.0 * static_cast<double>(count) / (static_cast<double>(whole.width()) * whole.height());
}

QStringList picturesOf(const QDir& folder) {
    return folder.entryList({QStringLiteral("*.png")}, QDir::Files, QDir::Name);
}

QSet<QString> movingOf(const QDir& folder) {
    QFile list(folder.filePath(QStringLiteral("moving.txt")));
    QSet<QString> out;
    if (list.open(QIODevice::ReadOnly))
        for (const QByteArray& line : list.readAll().split('\n'))
            if (!line.isEmpty())
                out.insert(QString::fromUtf8(line));
    return out;
}

bool isMoving(const QString& picture, const QSet<QString>& moving) {
    return moving.contains(picture.section(QLatin1Char('-'), 0, -2));
}

} // namespace

int main(int count, char** arguments) {
    if (count != 4) {
        std::fputs("usage: picture_difference NOW LAST DIFFERENCES\n", stderr);
        return 2;
    }
    QGuiApplication application(count, arguments);
    const QDir now(QString::fromLocal8Bit(arguments[1])), last(QString::fromLocal8Bit(arguments[2])),
        marksFolder(QString::fromLocal8Bit(arguments[3]));
    marksFolder.mkpath(QStringLiteral("."));
    const QSet<QString> moving = movingOf(now);
    const QStringList here = picturesOf(now), there = picturesOf(last);
    int same = 0, changed = 0, added = 0, gone = 0;
    for (const QString& name : here) {
        if (!there.contains(name)) {
            std::printf("%-40s new\n", qPrintable(name));
            ++added;
            continue;
        }
        QImage marks;
        const double part = difference(QImage(now.filePath(name)), QImage(last.filePath(name)), marks);
        if (part <= (isMoving(name, moving) ? movingPart : samePart)) {
            ++same;
            continue;
        }
        std::printf("%-40s changed by %.2f %%\n", qPrintable(name), part);
        marks.save(marksFolder.filePath(name));
        ++changed;
    }
    for (const QString& name : there)
        if (!here.contains(name)) {
            std::printf("%-40s gone\n", qPrintable(name));
            ++gone;
        }
    std::printf("%d the same, %d changed, %d new, %d gone\n", same, changed, added, gone);
    return changed + added + gone == 0 ? 0 : 1;
}
