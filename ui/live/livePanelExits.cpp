// LivePanel: what leaves it: commands and values to the clipboard, files.
#include <capture/curl.h>
#include <capture/har.h>
#include <desk/text.h>

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QSaveFile>
#include <live/livePanel.h>

namespace gatehouse::live {

namespace {

// Written whole or not at all, for this user's eyes only. The error's words, empty when it is done.
QString writeFile(const QString& file, const std::string& text) {
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return out.errorString();
    out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    out.write(text.data(), static_cast<qint64>(text.size()));
    return out.commit() ? QString() : out.errorString();
}

} // namespace

// Where the lab's public port is served on this desk.
std::string LivePanel::connectTo(const exchange::Exchange& exchange) const {
    const auto kind = exchange.scheme == "https" ? lab::Listener::Kind::Https : lab::Listener::Kind::Http;
    for (const engine::Listening::One& one : desk_.engine.listening().listeners)
        if (one.kind == kind)
            return one.host + ':' + std::to_string(one.port);
    return {};
}

void LivePanel::copyCurl(bool secrets) {
    const Glance& glance = detail_->glance();
    if (!glance.exchange) {
        emit desk_.navigator.said(tr("Select a request first."));
        return;
    }
    capture::CurlOptions options;
    options.redact = secrets ? nullptr : glance.redact.get();
    options.connectTo = connectTo(*glance.exchange);
    QApplication::clipboard()->setText(desk::qt(capture::curlCommand(*glance.exchange, options)));
    emit desk_.navigator.said(secrets ? tr("Copied as cURL, secrets included.")
                                      : tr("Copied as cURL, secrets left out."));
}

void LivePanel::copyValue() {
    const QString value = detail_->glance().exchange ? detail_->currentValue() : QString();
    if (value.isEmpty()) {
        emit desk_.navigator.said(tr("Nothing is selected in the detail."));
        return;
    }
    QApplication::clipboard()->setText(value);
    emit desk_.navigator.said(tr("Copied."));
}

void LivePanel::askHarFile() {
    if (model_.rowCount() == 0) {
        emit desk_.navigator.said(tr("There is nothing to save."));
        return;
    }
    if (!dialog_) {
        dialog_ = new QFileDialog(this, tr("Save as HAR"));
        dialog_->setObjectName(QStringLiteral("live.harDialog"));
        dialog_->setAcceptMode(QFileDialog::AcceptSave);
        dialog_->setNameFilter(tr("HTTP archives (*.har)"));
        dialog_->setDefaultSuffix(QStringLiteral("har"));
        connect(dialog_, &QFileDialog::fileSelected, this, &LivePanel::saveHar);
    }
    dialog_->selectFile(QStringLiteral("requests.har"));
    dialog_->open();
}

void LivePanel::saveHar(const QString& file) {
    const std::vector<exchange::ExchangePtr> exchanges = model_.shown();
    if (exchanges.empty())
        return;
    // Of several arrangements each has secrets of its own.
    std::map<const void*, std::shared_ptr<const capture::Redactor>> redactors;
    for (const exchange::ExchangePtr& one : exchanges)
        if (auto& redactor = redactors[one->arrangement.get()]; !redactor)
            redactor = redactorOf(*one);
    const std::string version = desk::utf8(QApplication::applicationVersion());
    writers_.start([this, file, exchanges, version, redactors] {
        const auto redact = [&redactors](const exchange::Exchange& one) {
            return redactors.at(one.arrangement.get()).get();
        };
        const QString problem =
            writeFile(file, capture::har(exchanges, {redact, version.empty() ? "0" : version}));
        QMetaObject::invokeMethod(
            this, [this, file, problem] { harWritten(file, problem); }, Qt::QueuedConnection);
    });
}

void LivePanel::harWritten(const QString& file, const QString& problem) {
    if (!problem.isEmpty()) {
        say(Bar::Told, look::Mood::Bad, tr("%1 could not be written: %2").arg(file, problem));
        return;
    }
    say(Bar::Told, look::Mood::Good, tr("Saved as %1, without secrets.").arg(file));
    emit harSaved(file);
}

} // namespace gatehouse::live
