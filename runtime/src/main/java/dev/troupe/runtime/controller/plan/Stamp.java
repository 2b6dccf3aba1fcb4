package dev.troupe.runtime.controller.plan;

import dev.troupe.runtime.store.WriteCause;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/// What every write of one decision carries.
///
/// @param decision names the decision: controller, object, and the version of the decision
/// @param fieldManager whose the fields are that are written
public record Stamp(String decision, WriteCause cause, String fieldManager, Instant now) {

  String mutationKey(Object place) {
    return decision + "/" + place;
  }

  static String uid(String mutationKey) {
    return uuid(mutationKey).toString();
  }

  static UUID uuid(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
