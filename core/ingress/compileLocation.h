// One location of the generated configuration, from its plan.
#pragma once

#include <ingress/model.h>
#include <ingress/servers.h>

namespace gatehouse::ingress {

struct LocationCompiler {
    const Model& model;
    const Ingress::Input& input;
    const ServerPlan& server;
    const LocationPlan& plan;
    bool expressions; // the host's paths are regular expressions
    bool anySignin;   // $escaped_request_uri exists
    Findings& findings;

    Location compile() const;

    // Parts, in files of their own.
    void authentication(Location& out) const;
    void upstreamFields(Location& out) const;
    void answerFields(Location& out) const;
    void cors(Location& out) const;
    void proxy(Location& out) const;
    void errors(Location& out) const;

    TemplateScope scope(bool signin) const;
    // Reports what nginx would refuse, and gives what can be used all the same.
    Template value(std::string_view text, const TemplateScope& names, std::string_view setting,
                   FieldId from) const;
    void refuse(std::string_view setting, std::string_view text, std::string reason, FieldId from) const;
};

// Adds one proxy_set_header line; of one name the second comes beside the first.
void addField(std::vector<FieldTemplate>& fields, std::string_view name, Template value, Rule rule,
              FieldId from = {});

} // namespace gatehouse::ingress
