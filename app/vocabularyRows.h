// How each room's table becomes entries of the vocabulary. Private to vocabulary.cpp.
#pragma once

#include <app/vocabulary.h>

namespace gatehouse::app {

void addOptions(std::vector<Entry>& out);
void addAnnotations(std::vector<Entry>& out);
void addConfigMapKeys(std::vector<Entry>& out);
void addRealmFields(std::vector<Entry>& out);
void addLabFields(std::vector<Entry>& out);
void addRules(std::vector<Entry>& out);
void addDifferences(std::vector<Entry>& out);
void addVerdicts(std::vector<Entry>& out);
void addExits(std::vector<Entry>& out);

} // namespace gatehouse::app
