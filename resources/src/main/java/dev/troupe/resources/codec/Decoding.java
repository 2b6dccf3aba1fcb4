package dev.troupe.resources.codec;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// What becomes of a body.
public sealed interface Decoding {

  /// @param duplicateFields the paths of keys that are there twice, such as `spec.replicas`; the
  ///   last value is the one that counts
  record Decoded(JsonNode value, List<String> duplicateFields) implements Decoding {}

  /// The body cannot be read: a 400 with this message.
  record Refused(String message) implements Decoding {}
}
