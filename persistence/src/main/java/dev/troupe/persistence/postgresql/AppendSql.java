package dev.troupe.persistence.postgresql;

/// The statements that append. Both must fence.
///
/// @param groups [AppendStatement#SQL]
/// @param singles [SingleEventStatement#SQL]
record AppendSql(String groups, String singles) {

  static final AppendSql STANDARD = new AppendSql(AppendStatement.SQL, SingleEventStatement.SQL);
}
