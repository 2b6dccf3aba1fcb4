package dev.troupe.persistence.postgresql.cluster;

import dev.troupe.persistence.postgresql.append.Fence;
import dev.troupe.persistence.postgresql.session.SoleUse;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.runtime.store.cluster.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// What is asked of the one row that holds the roll. Each is one statement that is a transaction of
/// its own and changes the row, so that they are in one order, and that none is answered before it
/// is as durable as an event: neither by a server that another has taken the place of.
///
/// Whoever waits for the row goes by what it holds then. Who was struck is read as of the
/// statement's beginning, which is not before the roll was written that it names.
final class RollStatements {

  private static final String BEAT =
      """
      UPDATE troupe.roll SET beats = beats + CASE WHEN ? = ANY (members) THEN 1 ELSE 0 END
      RETURNING number, cluster, beats, members, former,
        EXISTS (SELECT FROM troupe.struck WHERE member = ?)
      """;

  private static final String LOOK =
      """
      SELECT number, cluster, beats, members, former,
        EXISTS (SELECT FROM troupe.struck WHERE member = ?)
      FROM troupe.roll
      """;

  private static final String STRIKE =
      """
      ,
      struck AS (
        INSERT INTO troupe.struck (member)
        SELECT m FROM written w, unnest(w.former) AS m WHERE NOT m = ANY (w.members)
        ON CONFLICT DO NOTHING)
      """;

  private static final String CHANGE =
      """
      WITH wanted AS MATERIALIZED (
        SELECT ARRAY(
          SELECT m FROM unnest(?) AS m
          WHERE NOT EXISTS (SELECT FROM troupe.struck s WHERE s.member = m)
          ORDER BY m COLLATE "C") AS members),
      written AS (
        UPDATE troupe.roll r
        SET number = r.number + 1, former = r.members, members = w.members
        FROM wanted w
        WHERE r.number = ? AND r.members <> w.members AND (? OR cardinality(w.members) > 0)
        RETURNING r.members, r.former)\
      """
          + STRIKE
          + "SELECT count(*) FROM written";

  private static final String FORM =
      "WITH store AS MATERIALIZED (SELECT "
          + SoleUse.NOBODY_ALONE
          + " AS is_free),"
          + """

          written AS (
            UPDATE troupe.roll r
            SET number = r.number + 1, cluster = r.number + 1, former = r.members, members = ?
            FROM store s
            WHERE s.is_free AND r.number = ? AND r.beats = ?
              AND NOT EXISTS (SELECT FROM troupe.struck WHERE member = ?)
            RETURNING r.members, r.former)\
          """
          + STRIKE
          + """
          ,
          told AS (
            UPDATE troupe.meta SET holder = holder + 1 WHERE EXISTS (SELECT FROM written))
          SELECT is_free FROM store
          """;

  private static final String END =
      """
      WITH written AS (
        UPDATE troupe.roll r
        SET number = r.number + 1, cluster = r.number + 1, former = r.members, members = '{}'
        WHERE r.number = ? AND r.beats = ?
        RETURNING r.members, r.former)\
      """
          + STRIKE
          + "SELECT count(*) FROM written";

  private RollStatements() {}

  static Standing beat(Connection connection, MemberId self) throws SQLException {
    try (var statement = connection.prepareStatement(BEAT)) {
      statement.setString(1, self.toString());
      statement.setString(2, self.toString());
      return standing(statement);
    }
  }

  static Standing look(Connection connection, MemberId self) throws SQLException {
    try (var statement = connection.prepareStatement(LOOK)) {
      statement.setString(1, self.toString());
      return standing(statement);
    }
  }

  /// See `ClusterStore.change`.
  static void change(Connection connection, Roll next) throws SQLException {
    try (var statement = connection.prepareStatement(CHANGE)) {
      var members = next.members().stream().map(MemberId::toString).toArray();
      statement.setArray(1, connection.createArrayOf("text", members));
      statement.setLong(2, next.number() - 1);
      statement.setBoolean(3, members.length == 0);
      statement.executeQuery();
      Fence.refuseIfWarned(statement);
    }
  }

  /// See `ClusterStore.form`. Whoever had the database for itself finds that he has it no more.
  static void form(Connection connection, MemberId self, Standing seen) throws SQLException {
    try (var statement = connection.prepareStatement(FORM)) {
      statement.setArray(1, connection.createArrayOf("text", new Object[] {self.toString()}));
      statement.setLong(2, seen.roll().number());
      statement.setLong(3, seen.beats());
      statement.setString(4, self.toString());
      var row = statement.executeQuery();
      row.next();
      if (!row.getBoolean(1)) {
        throw new StoreException(
            "no cluster can be formed: another running Troupe has the database for itself; stop it, or"
                + " name another database");
      }
      Fence.refuseIfWarned(statement);
    }
  }

  /// Leaves nobody in the roll, if nothing has moved since it was seen.
  static void end(Connection connection, Standing seen) throws SQLException {
    try (var statement = connection.prepareStatement(END)) {
      statement.setLong(1, seen.roll().number());
      statement.setLong(2, seen.beats());
      statement.executeQuery();
      Fence.refuseIfWarned(statement);
    }
  }

  private static Standing standing(PreparedStatement statement) throws SQLException {
    var row = statement.executeQuery();
    row.next();
    long number = row.getLong(1);
    long cluster = row.getLong(2);
    var former = number == cluster ? Set.<MemberId>of() : members(row, 5);
    var standing =
        new Standing(
            new Roll(number, members(row, 4), former), cluster, row.getLong(3), row.getBoolean(6));
    Fence.refuseIfWarned(statement);
    return standing;
  }

  private static Set<MemberId> members(ResultSet row, int column) throws SQLException {
    return Arrays.stream((String[]) row.getArray(column).getArray())
        .map(MemberId::parse)
        .collect(Collectors.toUnmodifiableSet());
  }
}
