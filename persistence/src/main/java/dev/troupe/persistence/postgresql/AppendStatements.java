package dev.troupe.persistence.postgresql;

import dev.troupe.runtime.store.EventStore.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Stores groups with the statement that suits them. Belongs to one lane.
final class AppendStatements {

  private final AppendStatement groups;
  private final SingleEventStatement singles;

  AppendStatements(AppendSql sql, Catalog catalog, long incarnation) {
    groups = new AppendStatement(sql.groups(), catalog, incarnation);
    singles = new SingleEventStatement(sql.singles(), catalog, incarnation);
  }

  /// See [AppendStatement#execute].
  List<Outcome> execute(Connection connection, List<EncodedGroup> some) throws SQLException {
    return SingleEventStatement.fits(some)
        ? singles.execute(connection, some)
        : groups.execute(connection, some);
  }
}
