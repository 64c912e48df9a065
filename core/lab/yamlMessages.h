// What can be wrong with a text before anybody asks what it means.
#pragma once

#include <base/message.h>

namespace gatehouse::lab {

inline constexpr Message tooLarge{"file-too-large", GH_TEXT("core", "the file has more than 4 MiB"),
                                  GH_TEXT("core", "a lab is small; was another file meant?")};
inline constexpr Message notUtf8{"not-utf8", GH_TEXT("core", "this is no UTF-8 text from here on"),
                                 GH_TEXT("core", "save the file as UTF-8")};
inline constexpr Message controlCharacter{
    "control-character", GH_TEXT("core", "a control character ({code}) stands here"),
    GH_TEXT("core", "remove it; inside double quotes it may be written as \\x{code}")};
inline constexpr Message yamlSyntax{
    "yaml-syntax", GH_TEXT("core", "this cannot be read as YAML: {reason}"),
    GH_TEXT("core",
            "look here and one line above: indentation, a blank after the colon, an open bracket or quote")};
inline constexpr Message emptyDocument{"empty-document", GH_TEXT("core", "there is nothing in this file"),
                                       GH_TEXT("core", "`gatehouse new story` prints a lab to start from")};
inline constexpr Message moreDocuments{"more-documents", GH_TEXT("core", "a second document begins here"),
                                       GH_TEXT("core", "a lab is one document: remove the line ---")};
inline constexpr Message anchorRefused{
    "anchor-refused", GH_TEXT("core", "anchors (&) and aliases (*) are not taken in labs"),
    GH_TEXT("core", "write the value out; put text that begins with & or * in quotes")};
inline constexpr Message tagRefused{"tag-refused", GH_TEXT("core", "tags (!) are not taken in labs"),
                                    GH_TEXT("core", "leave it out; put text that begins with ! in quotes")};
inline constexpr Message duplicateKey{"duplicate-key", GH_TEXT("core", "\"{key}\" stands twice in this map"),
                                      GH_TEXT("core", "the first is in line {line}; leave one of them")};
inline constexpr Message keyNoText{"key-no-text", GH_TEXT("core", "a key must be text"),
                                   GH_TEXT("core", "write `name: value`; put unusual names in quotes")};

} // namespace gatehouse::lab
