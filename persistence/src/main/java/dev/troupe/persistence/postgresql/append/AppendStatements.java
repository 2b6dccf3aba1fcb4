package dev.troupe.persistence.postgresql.append;

import dev.troupe.persistence.postgresql.schema.Catalog;
import dev.troupe.persistence.postgresql.session.Incarnation;
import dev.troupe.runtime.store.EventStore.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Stores groups with the statement that suits them. Belongs to one lane.
public final class AppendStatements {

  private final AppendStatement groups;
  private final SingleEventStatement singles;

  public AppendStatements(AppendSql sql, Catalog catalog, Incarnation incarnation) {
    groups = new AppendStatement(sql.groups(), catalog, incarnation);
    singles = new SingleEventStatement(sql.singles(), catalog, incarnation);
  }

  /// See [AppendStatement#execute].
  public List<Outcome> execute(Connection connection, List<EncodedGroup> some) throws SQLException {
    return SingleEventStatement.fits(some)
        ? singles.execute(connection, some)
        : groups.execute(connection, some);
  }
}
