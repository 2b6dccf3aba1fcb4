package dev.troupe.persistence.postgresql.append;

/// The statements that append. Both must fence.
///
/// @param groups [AppendStatement#SQL]
/// @param singles [SingleEventStatement#SQL]
public record AppendSql(String groups, String singles) {

  public static final AppendSql STANDARD =
      new AppendSql(AppendStatement.SQL, SingleEventStatement.SQL);
}
