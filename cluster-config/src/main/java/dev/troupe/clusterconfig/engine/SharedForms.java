package dev.troupe.clusterconfig.engine;

/// In which forms a store has what is stored, which old and new members share.
public interface SharedForms {

  /// The latest version of the tables that this release knows.
  int knownTables();

  /// The version that they have.
  int storedTables();

  /// The latest version of records that this release reads.
  int knownRecords();

  /// The version in which it writes them.
  int storedRecords();

  /// How often the store has begun anew.
  long incarnation();

  /// Brings the tables to what all members know.
  ///
  /// @param tables the latest version of which that is true
  /// @param roll the number of the roll of members who have said so: nothing is done in another
  /// @throws dev.troupe.runtime.store.StoreException if the store does not answer
  void upgrade(int tables, long roll);
}
