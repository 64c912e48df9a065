// Icons are drawn from SVG in the colour of a token at the moment of painting, so a change of scheme needs no
// new ones.
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>
#include <look/state.h>

namespace gatehouse::look {

namespace {

class TokenIconEngine : public QIconEngine {
public:
    TokenIconEngine(QByteArray drawing, Token token) : drawing_(std::move(drawing)), token_(token) {}

    void paint(QPainter* painter, const QRect& place, QIcon::Mode mode, QIcon::State) override {
        QByteArray coloured = drawing_;
        const Token token = mode == QIcon::Disabled ? Token::TextQuiet : token_;
        coloured.replace("currentColor", color(token).name().toLatin1());
        QSvgRenderer(coloured).render(painter, place);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        if (size.isEmpty())
            return {};
        QPixmap out(size);
        out.fill(Qt::transparent);
        QPainter painter(&out);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return out;
    }
    QIconEngine* clone() const override { return new TokenIconEngine(drawing_, token_); }

private:
    QByteArray drawing_;
    Token token_;
};

} // namespace

QIcon icon(const QString& name, Token token) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("no icon of the name %s in resources/icons", qPrintable(name));
        return {};
    }
    return QIcon(new TokenIconEngine(file.readAll(), token));
}

} // namespace gatehouse::look
