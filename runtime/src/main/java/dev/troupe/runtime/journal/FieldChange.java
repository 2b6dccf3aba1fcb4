package dev.troupe.runtime.journal;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What became of one field, or of one that is only replaced as a whole.
///
/// @param path as messages write it, such as `.spec.containers[name="web"].image`
/// @param before null if it was not there
/// @param after null if it is gone
public record FieldChange(String path, @Nullable JsonNode before, @Nullable JsonNode after) {}
