package dev.troupe.samples.database;

/// What the events add up to.
///
/// @param primary empty before it is provisioned
/// @param lastBackup when it was due, or when the database was provisioned
public record DatabaseMemory(String primary, int failovers, String lastBackup) {

  static final DatabaseMemory NONE = new DatabaseMemory("", 0, "");

  DatabaseMemory with(DatabaseEvent event) {
    return switch (event) {
      case DatabaseEvent.Provisioned(var at) -> new DatabaseMemory("a", 0, at);
      case DatabaseEvent.BackedUp(var due) -> new DatabaseMemory(primary, failovers, due);
      case DatabaseEvent.FailedOver(var to) -> new DatabaseMemory(to, failovers + 1, lastBackup);
    };
  }

  boolean isProvisioned() {
    return !primary.isEmpty();
  }

  ManagedDatabase.Status status() {
    return new ManagedDatabase.Status(primary, failovers, lastBackup);
  }

  String standby() {
    return primary.equals("a") ? "b" : "a";
  }
}
