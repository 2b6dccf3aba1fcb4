package dev.troupe.runtime.fight;

import dev.troupe.runtime.store.WriteCause;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A field that two writers set back and forth.
///
/// @param path as messages write it, such as `.spec.replicas`
/// @param last who has set it last, and to what; null if he takes it away
/// @param other the same of the other one
/// @param flips how often it has become what it was before
/// @param sinceMillis when the first of them was
/// @param lastMillis when the last was
public record Fight(
    String path, Side last, Side other, int flips, long sinceMillis, long lastMillis) {

  /// One of both.
  public record Side(WriteCause writer, @Nullable JsonNode value) {

    /// Who it is, so far as writers differ: two clients of one user do.
    String name() {
      var client = writer.client().split(" ", 2)[0];
      return client.isEmpty() ? writer.name() : writer.name() + " (" + client + ")";
    }
  }
}
