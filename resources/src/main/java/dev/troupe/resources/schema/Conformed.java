package dev.troupe.resources.schema;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// An object held against its schema.
///
/// @param object a copy with unknown fields and nulls dropped and quantities, times and keys in
///   their canonical form
/// @param unknownFields their paths, such as `spec.template.spec.containers[0].imagee`, in document
///   order
/// @param typeErrors what cannot be decoded at all, in words; `object` is of no use unless this is
///   empty
public record Conformed(ObjectNode object, List<String> unknownFields, List<String> typeErrors) {}
