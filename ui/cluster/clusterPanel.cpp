#include <desk/text.h>

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <cluster/clusterPanel.h>
#include <look/button.h>
#include <look/moods.h>
#include <user/manifests.h>

namespace gatehouse::cluster {

namespace {

using namespace std::chrono_literals;

} // namespace

ClusterPanel::ClusterPanel(desk::Desk& desk, look::Actions& actions, QWidget* parent)
    : QWidget(parent), desk_(desk), bar_(new look::MessageBar(this)), empty_(new look::EmptyState(this)),
      stack_(new QStackedLayout) {
    setObjectName(QStringLiteral("clusterPanel"));
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(look::spaceLarge, look::spaceLarge, look::spaceLarge, look::spaceLarge);
    column->setSpacing(look::space);
    column->addWidget(makeOptions());
    column->addWidget(makeFiles(), 1);
    stack_->addWidget(content);
    stack_->addWidget(empty_);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(bar_);
    whole->addLayout(stack_, 1);

    soon_.setSingleShot(true);
    soon_.setInterval(200ms);
    connect(&soon_, &QTimer::timeout, this, &ClusterPanel::make);
    connect(&desk_.workspace, &desk::Workspace::compiled, this, [this] {
        if (isVisible())
            soon_.start();
    });
    connect(bar_, &look::MessageBar::activated, this, [this] {
        const QString folder = std::exchange(folderAsked_, QString());
        bar_->quiet();
        if (!folder.isEmpty())
            write(folder);
    });
    const auto row = [](const char* name, const QString& text, const QString& help, const char* icon) {
        look::Actions::Row out;
        out.name = QString::fromLatin1(name);
        out.menu = QStringLiteral("Cluster");
        out.text = text;
        out.help = help;
        out.icon = QString::fromLatin1(icon);
        return out;
    };
    actions.add(row("cluster.save", tr("&Save the manifests…"),
                    tr("Write every file of the set into a folder"), "export"),
                [this] {
                    make();
                    saveByDialog();
                });
    actions.add(row("cluster.copy", tr("&Copy the shown file"),
                    tr("Copy the manifest that is shown to the clipboard"), "copy"),
                [this] { copy(); });
}

QWidget* ClusterPanel::makeOptions() {
    auto* box = new QWidget(this);
    box->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    controller_ = new QComboBox(box);
    controller_->setObjectName(QStringLiteral("clusterController"));
    controller_->setToolTip(tr("The ingress controller that runs in the cluster"));
    for (const std::string_view name : kubernetes::controllers())
        controller_->addItem(desk::qt(name));
    issuer_ = new QLineEdit(box);
    issuer_->setObjectName(QStringLiteral("clusterIssuer"));
    issuer_->setPlaceholderText(tr("none: the certificates come from elsewhere"));
    issuer_->setToolTip(
        tr("cert-manager's ClusterIssuer that makes the certificates, for instance letsencrypt"));
    form->addRow(tr("Ingress co&ntroller"), controller_);
    form->addRow(tr("ClusterIss&uer"), issuer_);
    whoami_ = new QCheckBox(tr("Deploy the embedded &whoami too"), box);
    whoami_->setObjectName(QStringLiteral("clusterWhoami"));
    whoami_->setToolTip(tr("A Deployment of traefik/whoami for each service that runs embedded here"));
    whoami_->setChecked(true);
    values_ = new QCheckBox(tr("Write the &values of secrets"), box);
    values_->setObjectName(QStringLiteral("clusterSecretValues"));
    values_->setToolTip(tr("Into files that only you can read (0600). Without it the Secret has names only, "
                           "for you to fill in."));
    auto* switches = new QVBoxLayout;
    switches->addWidget(whoami_);
    switches->addWidget(values_);
    auto* save = new look::PrimaryButton(tr("Sa&ve the set…"), box);
    save->setObjectName(QStringLiteral("clusterSave"));
    save->setToolTip(tr("Choose a folder for the files"));
    auto* line = new QHBoxLayout(box);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(2 * look::spaceLarge);
    line->addLayout(form, 2);
    line->addLayout(switches, 2);
    line->addWidget(save, 0, Qt::AlignVCenter);
    connect(controller_, &QComboBox::currentTextChanged, this, [this] { soon_.start(); });
    connect(issuer_, &QLineEdit::textChanged, this, [this] { soon_.start(); });
    for (QCheckBox* check : {whoami_, values_})
        connect(check, &QCheckBox::toggled, this, [this] { soon_.start(); });
    connect(save, &QPushButton::clicked, this, &ClusterPanel::saveByDialog);
    return box;
}

QWidget* ClusterPanel::makeFiles() {
    auto* splitter = new QSplitter(Qt::Vertical, this);
    findings_ = new QListWidget(splitter);
    findings_->setObjectName(QStringLiteral("clusterFindings"));
    findings_->setAccessibleName(tr("What a cluster would trip over"));
    findings_->setToolTip(tr("Press Return to go to the field"));
    findings_->setIconSize({16, 16});
    findings_->setWordWrap(true);
    connect(findings_, &QListWidget::itemActivated, this,
            [this](QListWidgetItem* item) { jump(findings_->row(item)); });

    auto* below = new QWidget(splitter);
    files_ = new QListWidget(below);
    files_->setObjectName(QStringLiteral("clusterFiles"));
    files_->setAccessibleName(tr("Files of the set"));
    files_->setToolTip(tr("Choose a file to read it; all of them are saved together"));
    files_->setIconSize({16, 16});
    files_->setFixedWidth(230);
    text_ = new QPlainTextEdit(below);
    text_->setObjectName(QStringLiteral("clusterText"));
    text_->setAccessibleName(tr("The chosen file"));
    text_->setToolTip(tr("The file as it would be saved now"));
    text_->setReadOnly(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text_->setLineWrapMode(QPlainTextEdit::NoWrap);
    text_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    command_ = new QLabel(below);
    command_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    command_->setText(tr("Apply it:  kubectl apply --server-side --field-manager=gatehouse -k FOLDER"));
    auto* copy = new QPushButton(tr("Cop&y this file"), below);
    copy->setObjectName(QStringLiteral("clusterCopy"));
    copy->setToolTip(tr("Put the whole text of the chosen file on the clipboard"));
    connect(copy, &QPushButton::clicked, this, &ClusterPanel::copy);
    auto* foot = new QHBoxLayout;
    foot->addWidget(command_, 1);
    foot->addWidget(copy);
    auto* row = new QHBoxLayout;
    row->addWidget(files_);
    row->addWidget(text_, 1);
    auto* column = new QVBoxLayout(below);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row, 1);
    column->addLayout(foot);
    connect(files_, &QListWidget::currentRowChanged, this, &ClusterPanel::showFile);
    splitter->addWidget(findings_);
    splitter->addWidget(below);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({120, 480});
    splitter->setChildrenCollapsible(false);
    return splitter;
}

void ClusterPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    make();
}

void ClusterPanel::make() {
    soon_.stop();
    const auto& document = desk_.workspace.document();
    set_.clear();
    problems_.clear();
    if (document != nullptr) {
        kubernetes::ExportOptions options;
        options.controller = desk::utf8(controller_->currentText());
        options.clusterIssuer = desk::utf8(issuer_->text().trimmed());
        options.whoami = whoami_->isChecked();
        options.secretValues = values_->isChecked();
        auto made = user::makeSet(document, options, [this](std::string_view lab, std::string_view name) {
            return desk_.vault.find(lab, name);
        });
        problems_ = std::move(made.problems);
        if (made.value)
            set_ = std::move(*made.value);
    }
    showFindings();
    showFiles();
}

void ClusterPanel::showFindings() {
    findings_->clear();
    for (const Problem& problem : problems_) {
        QString words = desk::words(problem.error);
        if (const QString advice = desk::advice(problem.error); !advice.isEmpty())
            words += u'\n' + advice;
        new QListWidgetItem(
            look::icon(look::iconOf(look::moodOf(problem.kind)), look::tokenOf(look::moodOf(problem.kind))),
            words, findings_);
    }
    findings_->setVisible(!problems_.empty());
}

void ClusterPanel::showFiles() {
    const QString before = files_->currentItem() == nullptr ? QString() : files_->currentItem()->text();
    const QSignalBlocker quiet(files_);
    files_->clear();
    int row = 0;
    for (const auto& file : set_) {
        auto* item =
            new QListWidgetItem(look::icon(file.secret ? QStringLiteral("lock") : QStringLiteral("file")),
                                desk::qt(file.name), files_);
        if (file.secret)
            item->setToolTip(tr("Holds values of secrets: saved for you alone (0600)"));
        if (item->text() == before)
            row = files_->count() - 1;
    }
    if (set_.empty()) {
        if (desk_.workspace.document() == nullptr)
            empty_->say(look::Mood::Neutral, QStringLiteral("cluster"), tr("No lab is open"),
                        tr("Open one on the start page; its manifests stand here then."));
        else
            empty_->say(look::Mood::Bad, QStringLiteral("bad"), tr("This lab cannot be exported"),
                        problems_.empty() ? QString() : desk::whole(problems_.front().error));
    }
    stack_->setCurrentIndex(set_.empty() ? 1 : 0);
    if (!set_.empty())
        files_->setCurrentRow(row);
    showFile(row);
}

void ClusterPanel::showFile(int row) {
    const bool there = row >= 0 && row < static_cast<int>(set_.size());
    const QString text = there ? desk::qt(set_[static_cast<std::size_t>(row)].text) : QString();
    if (text_->toPlainText() != text)
        text_->setPlainText(text);
}

void ClusterPanel::jump(int row) {
    if (row < 0 || row >= static_cast<int>(problems_.size()))
        return;
    const Place& place = problems_[static_cast<std::size_t>(row)].error.where;
    if (!place.field.empty())
        emit desk_.navigator.fieldWanted(desk::qt(place.field));
    else if (place.line > 0)
        emit desk_.navigator.placeWanted(static_cast<int>(place.line), static_cast<int>(place.column));
}

void ClusterPanel::copy() {
    QGuiApplication::clipboard()->setText(text_->toPlainText());
    emit desk_.navigator.said(
        tr("Copied %1.").arg(files_->currentItem() == nullptr ? QString() : files_->currentItem()->text()));
}

void ClusterPanel::saveByDialog() {
    if (set_.empty()) {
        emit desk_.navigator.pageWanted(QStringLiteral("cluster")); // says why there is nothing
        return;
    }
    auto* dialog = new QFileDialog(this, tr("A folder for the manifests"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &ClusterPanel::save);
    dialog->open();
}

void ClusterPanel::save(const QString& folder) {
    const auto there = user::filesThere(desk::utf8(folder), set_);
    if (there.empty()) {
        write(folder);
        return;
    }
    folderAsked_ = folder;
    bar_->say(look::Mood::Warning, tr("%1 is in %2 already.").arg(desk::qt(there.front()), folder),
              tr("Replacing writes the whole set over the files of the same names."), tr("Replace"));
}

void ClusterPanel::write(const QString& folder) {
    if (auto written = user::writeSet(desk::utf8(folder), set_); !written) {
        bar_->say(look::Mood::Bad, desk::words(written.error()), desk::advice(written.error()));
        return;
    }
    command_->setText(
        tr("Apply it:  kubectl apply --server-side --field-manager=gatehouse -k %1").arg(folder));
    bar_->say(look::Mood::Good, tr("The set is in %1.").arg(folder));
}

} // namespace gatehouse::cluster
