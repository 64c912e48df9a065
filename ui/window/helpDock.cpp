#include <QEvent>
#include <QFile>
#include <QShortcut>
#include <QTextBrowser>
#include <look/tokens.h>
#include <window/helpDock.h>

namespace gatehouse::window {

namespace {

QString fileOf(const QString& page) {
    return QStringLiteral(":/help/%1.md").arg(page);
}

} // namespace

HelpDock::HelpDock(QWidget* parent) : QDockWidget(tr("Guide"), parent), text_(new QTextBrowser(this)) {
    setObjectName(QStringLiteral("helpDock"));
    setAllowedAreas(Qt::LeftDockWidgetArea | Qt::RightDockWidgetArea);
    text_->setObjectName(QStringLiteral("helpText"));
    text_->setAccessibleName(tr("Guide"));
    text_->setToolTip(tr("What the page is for, in plain words; Escape closes the guide"));
    text_->setOpenLinks(false);
    text_->setMinimumWidth(320);
    text_->document()->setDocumentMargin(look::spaceLarge);
    setWidget(text_);
    auto* leave = new QShortcut(Qt::Key_Escape, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(leave, &QShortcut::activated, this, &QWidget::close);
}

bool HelpDock::has(const QString& page) {
    return QFile::exists(fileOf(page));
}

void HelpDock::open(const QString& page) {
    page_ = has(page) ? page : QStringLiteral("start");
    QFile file(fileOf(page_));
    if (!file.open(QIODevice::ReadOnly)) {
        text_->setPlainText(tr("The guide is missing from this build."));
    } else {
        text_->setMarkdown(QString::fromUtf8(file.readAll()));
    }
    show();
    raise();
}

void HelpDock::changeEvent(QEvent* event) {
    QDockWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && isVisible())
        open(page_); // the text is laid out in the colours of its time
}

} // namespace gatehouse::window
