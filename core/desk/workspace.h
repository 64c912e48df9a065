// Workspace: the lab on the desk. One document, its undo, its problems, and the last arrangement that could
// be made of it. GUI thread.
//
// Text is the truth: forms edit by path, the source editor by text, and both become a new lab::Document. Text
// that is no lab (yet) is kept as a draft beside the last document, with its problems; forms wait meanwhile.
#pragma once

#include <arrangement/arrangement.h>
#include <arrangement/secrets.h>
#include <lab/document.h>

#include <QObject>
#include <QString>
#include <QTimer>
#include <cstddef>
#include <memory>
#include <vector>

namespace gatehouse::desk {

class SecretVault;

using DocumentPtr = std::shared_ptr<const lab::Document>;
using ArrangementPtr = std::shared_ptr<const arrangement::Arrangement>;

class Workspace : public QObject {
    Q_OBJECT
public:
    // `vault` outlives it; its values are used when the lab is compiled.
    explicit Workspace(SecretVault& vault, QObject* parent = nullptr);

    // What is there now is gone, undo too: whoever calls has asked about unsaved changes.
    Result<void> open(const QString& file);
    void openText(const QString& text,
                  const QString& name); // a template or an import: not saved anywhere yet
    void close();

    bool isOpen() const { return document_ != nullptr || !draft_.isNull(); }
    // The last good document; null while none of the texts so far was a lab.
    const DocumentPtr& document() const { return document_; }
    // What the source editor shows: the document's text, or the draft that is no lab.
    QString text() const;
    bool hasDraft() const { return !draft_.isNull(); }
    QString file() const { return file_; } // empty: not saved yet
    QString title() const;                 // "story.gatehouse.yaml", or the name given to openText
    bool isModified() const;
    // Editors wait for a pause in typing; what was typed until now comes at once. Before asking isModified()
    // on the person's behalf; undo, redo and save do it themselves.
    void gather() { emit gathering(); }

    // Of the text as it stands: reading and compiling. Refused ones mean that `arrangement` is older than the
    // text.
    const std::vector<Problem>& problems() const { return problems_; }
    // Compiled from the last document that could be compiled; null: none could.
    const ArrangementPtr& arrangement() const { return arrangement_; }
    bool isArrangementCurrent() const;
    const std::vector<arrangement::ResolvedSecret>& secretOrigins() const { return origins_; }

    // Edits by path (JSON pointer, as lab::Document::with). `what` names the step in the Edit menu. Refused
    // while there is a draft. Edits of the same `what` in a row within a second become one step of undo.
    Result<void> set(const QString& path, const Node& value, const QString& what);
    Result<void> remove(const QString& path, const QString& what);
    // Several edits that belong together, made of `document()` by whoever calls: one step.
    Result<void> take(lab::Document next, const QString& what);
    // From the source editor, or as another step of that name.
    void setText(const QString& text, const QString& what = {});

    bool canUndo() const { return at_ > 0; }
    bool canRedo() const { return at_ + 1 < steps_.size(); }
    QString undoName() const;
    QString redoName() const;
    void undo();
    void redo();

    Result<void> save();
    Result<void> saveAs(const QString& file);
    // Names of NotYet rows that the person wants to use all the same.
    void setTolerated(std::vector<std::string> names);
    // Compiles again, for instance because a secret has come. Emits `compiled`.
    void compile();

signals:
    void opened();          // another lab, or none
    void gathering();       // hand over what was typed and waits
    void documentChanged(); // the document or the draft
    void compiled();        // problems, arrangement or both are new
    void modifiedChanged(bool modified);
    void undoChanged();
    // The file changed under our hands. Never taken over silently: call open() again, or save over it.
    void changedOnDisk();
    void goneFromDisk();

private:
    struct Step {
        DocumentPtr document;
        QString draft; // null: none
        QString what;
    };
    void push(Step step, bool mayJoin);
    void show(const Step& step);
    void watch();
    void lookAtDisk();
    void reset(const QString& file, const QString& name);

    SecretVault& vault_;
    QString file_, name_, draft_;
    DocumentPtr document_;
    ArrangementPtr arrangement_;
    DocumentPtr compiledFrom_;
    std::vector<Problem> problems_;
    std::vector<arrangement::ResolvedSecret> origins_;
    std::vector<std::string> tolerated_;
    std::vector<Step> steps_;
    std::size_t at_ = 0;
    QString savedText_;
    bool wasModified_ = false;
    QTimer compileSoon_, diskTimer_, joinWindow_;
    QString diskMark_;
};

} // namespace gatehouse::desk
