package dev.troupe.persistence.postgresql.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which history of which server this process goes by. It follows the server when a standby is
/// promoted, and no other: the first session on the new timeline makes the tables a new incarnation
/// of the store, or finds that another process has done so. Every epoch of before is over then, so
/// partitions open again when they next want to store something.
public final class Timeline {

  private static final Logger LOG = LoggerFactory.getLogger(Timeline.class);

  private final InstantSource clock;
  private final Incarnation incarnation = new Incarnation();

  private volatile Origin origin;
  private volatile Runnable followed = () -> {};
  private volatile boolean begun;

  Timeline(Origin origin, InstantSource clock) {
    this.origin = origin;
    this.clock = clock;
  }

  Incarnation incarnation() {
    return incarnation;
  }

  /// Is told after each promotion: sessions of before may be of a server that nobody else has.
  void whenFollowed(Runnable then) {
    followed = then;
  }

  /// Takes the tables for this server's, in a transaction that has [Origin#TURN].
  public void begin(Connection connection) throws SQLException {
    claim(connection, origin);
    begun = true;
  }

  /// @throws SQLException if the session is on a server that this process does not go by
  void check(Connection connection) throws SQLException {
    var found = Origin.of(connection);
    if (!found.equals(origin)) {
      follow(connection, found);
    }
  }

  private synchronized void follow(Connection connection, Origin found) throws SQLException {
    if (found.equals(origin)) {
      return;
    }
    if (!begun || !found.follows(origin)) {
      throw new SQLException(
          "the database is another one than at the start, or one that another has taken the place"
              + " of: it is "
              + found.name()
              + ", and was "
              + origin.name()
              + "; if that is meant, restart Troupe");
    }
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute(Origin.TURN);
      claim(connection, found);
      connection.commit();
    } catch (SQLException failure) {
      connection.rollback();
      throw failure;
    }
    connection.setAutoCommit(true);
    LOG.warn(
        "the database was promoted, from {} to {}: the store goes on in incarnation {}, in which"
            + " every epoch is over",
        origin.name(),
        found.name(),
        incarnation.present().store());
    origin = found;
    followed.run();
  }

  private void claim(Connection connection, Origin by) throws SQLException {
    by.claim(connection, clock.millis());
    try (var statement = connection.createStatement()) {
      var row = statement.executeQuery("SELECT incarnation FROM troupe.meta");
      row.next();
      incarnation.storeIs(row.getLong(1));
    }
  }
}
