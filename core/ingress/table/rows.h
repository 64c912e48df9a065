// The tables of annotations and ConfigMap keys, apart by topic; ingress::annotations() and configMapKeys()
// join them. Names and defaults: ingress-nginx 1.15.1,
// docs/user-guide/nginx-configuration/{annotations,configmap}.md and internal/ingress/controller/config.
#pragma once

#include <base/message.h>
#include <ingress/ingress.h>

#include <span>

namespace gatehouse::ingress::table {

std::span<const AnnotationRow> annotationsAuth();
std::span<const AnnotationRow> annotationsRouting();
std::span<const AnnotationRow> annotationsResponse();
std::span<const AnnotationRow> annotationsProxy();
std::span<const AnnotationRow> annotationsOther();

std::span<const AnnotationRow> configMapAuth();
std::span<const AnnotationRow> configMapForwarding();
std::span<const AnnotationRow> configMapResponse();
std::span<const AnnotationRow> configMapAccess();
std::span<const AnnotationRow> configMapProxy();
std::span<const AnnotationRow> configMapServer();
std::span<const AnnotationRow> configMapLogging();
std::span<const AnnotationRow> configMapTelemetry();
std::span<const AnnotationRow> configMapNginx();

} // namespace gatehouse::ingress::table
