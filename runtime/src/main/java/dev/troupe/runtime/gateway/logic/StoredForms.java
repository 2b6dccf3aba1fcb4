package dev.troupe.runtime.gateway.logic;

/// In which forms the store has what is stored. Whoever cannot read them is no member.
///
/// @param tables the version of the tables
/// @param records the version in which records are written now
public record StoredForms(int tables, int records) {

  /// Of a store whose forms nobody has to know.
  public static final StoredForms ANY = new StoredForms(0, 0);
}
