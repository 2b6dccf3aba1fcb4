package dev.troupe.resources.mutation.decision;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.Refusal;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/// How large a stored object may be: what etcd takes by default.
final class SizeLimit {

  static final int BYTES = 1_572_864;

  /// Characters that certainly need less room than the limit, however they are encoded.
  private static final int CERTAINLY_SMALL = BYTES / 6;

  private SizeLimit() {}

  static void check(ObjectNode object) {
    if (Json.weight(object) < CERTAINLY_SMALL) {
      return;
    }
    int size = object.toString().getBytes(StandardCharsets.UTF_8).length;
    if (size > BYTES) {
      throw new Refusing(
          Refusal.tooLarge(
              "Request entity too large: the object takes "
                  + size
                  + " bytes, at most "
                  + BYTES
                  + " can be stored"));
    }
  }
}
