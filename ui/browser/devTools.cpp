#include <QVBoxLayout>
#include <QWebEnginePage>
#include <QWebEngineProfile>
#include <QWebEngineView>
#include <browser/devTools.h>

namespace gatehouse::browser {

DevTools::DevTools(QWidget* parent) : QWidget(parent), view_(new QWebEngineView(this)) {
    setObjectName(QStringLiteral("browser.devTools"));
    view_->setAccessibleName(tr("Developer tools"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(view_);
    setMinimumHeight(160);
}

DevTools::~DevTools() {
    inspect(nullptr);
    view_->setPage(nullptr);
    tools_.reset();
}

void DevTools::inspect(QWebEnginePage* page) {
    if (inspected_ == page)
        return;
    if (inspected_)
        inspected_->setDevToolsPage(nullptr);
    inspected_ = page;
    if (page == nullptr)
        return;
    if (!profile_)
        profile_ = std::make_unique<QWebEngineProfile>();
    view_->setPage(nullptr); // a page that has inspected another one does not attach again
    tools_ = std::make_unique<QWebEnginePage>(profile_.get());
    view_->setPage(tools_.get());
    page->setDevToolsPage(tools_.get());
}

} // namespace gatehouse::browser
