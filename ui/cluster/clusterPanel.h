// ClusterPanel: the lab as Kubernetes manifests, as they stand at this moment: what a cluster would trip over
// first, then every file of the set, to copy or to save. The command line's `export` writes the same bytes.
#pragma once

#include <desk/desk.h>
#include <kubernetes/kubernetes.h>

#include <QTimer>
#include <QWidget>
#include <look/actions.h>
#include <look/state.h>
#include <vector>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QStackedLayout;

namespace gatehouse::cluster {

class ClusterPanel : public QWidget {
    Q_OBJECT
public:
    ClusterPanel(desk::Desk& desk, look::Actions& actions, QWidget* parent = nullptr);

    // Into this folder; what is there of the same names is replaced only after the person has said so.
    void save(const QString& folder);

private:
    QWidget* makeOptions();
    QWidget* makeFiles();
    void make();
    void showFiles();
    void showFile(int row);
    void showFindings();
    void jump(int row);
    void copy();
    void saveByDialog();
    void write(const QString& folder);
    void showEvent(QShowEvent* event) override;

    desk::Desk& desk_;
    look::MessageBar* bar_;
    look::EmptyState* empty_;
    QStackedLayout* stack_;
    QComboBox* controller_ = nullptr;
    QLineEdit* issuer_ = nullptr;
    QCheckBox *whoami_ = nullptr, *values_ = nullptr;
    QListWidget *findings_ = nullptr, *files_ = nullptr;
    QPlainTextEdit* text_ = nullptr;
    QLabel* command_ = nullptr;
    QTimer soon_;
    std::vector<kubernetes::ManifestFile> set_;
    std::vector<Problem> problems_;
    QString folderAsked_; // the folder whose files may be replaced when the bar's button is pressed
};

} // namespace gatehouse::cluster
