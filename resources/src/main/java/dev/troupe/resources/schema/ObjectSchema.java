package dev.troupe.resources.schema;

import java.util.Map;

/// The fields of one type, by name. `name` is the long name of the OpenAPI documents, such as
/// `io.k8s.api.core.v1.PodSpec`.
///
/// @param atomic whether server-side apply replaces objects of the type as a whole
public record ObjectSchema(String name, Map<String, Field> fields, boolean atomic) {}
