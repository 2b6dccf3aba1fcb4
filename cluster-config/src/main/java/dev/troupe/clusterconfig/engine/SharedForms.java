package dev.troupe.clusterconfig.engine;

/// In which forms a store has what is stored, which old and new members share.
public interface SharedForms {

  /// The latest version of the tables that this release knows.
  int knownTables();

  /// The version that they have, as far as this member has seen.
  int storedTables();

  /// The latest version of records that this release reads.
  int knownRecords();

  /// The version in which it writes them.
  int storedRecords();

  /// How often the store has begun anew.
  long incarnation();

  /// Brings the tables to what all members know, if they are older: the store is asked for nothing
  /// as long as they are not.
  ///
  /// @param tables the latest version that all members know; 0 if one of them has not said so
  /// @param roll the number of the roll of members who have said so: nothing is done in another
  /// @throws dev.troupe.runtime.store.StoreException if the store does not answer
  default void keepUp(int tables, long roll) {
    if (tables > storedTables()) {
      upgrade(tables, roll);
    }
  }

  /// Brings the tables to what all members know.
  ///
  /// @param tables the latest version of which that is true
  /// @param roll the number of the roll of members who have said so: nothing is done in another
  /// @throws dev.troupe.runtime.store.StoreException if the store does not answer
  void upgrade(int tables, long roll);
}
