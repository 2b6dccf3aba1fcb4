package dev.troupe.testkit.experiment.fault;

import java.util.Locale;

/// Between whom connections of a member are disturbed.
public enum NetworkRoute {
  /// Between the member and the others.
  MEMBERS,
  /// Between the member and the database.
  STORE,
  /// Between clients and the member's API.
  CLIENTS;

  /// How a file says it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
