package dev.troupe.samples.database;

import dev.troupe.api.controller.Activity;

/// What is done outside. Each may be done again with the same key after a crash, and none twice on
/// purpose: records that are the same are done once.
public sealed interface DatabaseWork extends Activity {

  String database();

  @Override
  default String id() {
    return database();
  }

  /// Makes the data.
  record Provision(String database) implements DatabaseWork {}

  /// Copies the data as they are.
  ///
  /// @param due when it was to be done, which tells one backup from the next
  record BackUp(String database, String due) implements DatabaseWork {}

  /// Makes another server the primary.
  ///
  /// @param number of the failover
  record Promote(String database, String server, int number) implements DatabaseWork {}

  /// Takes the data away.
  record Drop(String database) implements DatabaseWork {}
}
