package dev.troupe.persistence.postgresql.schema;

import dev.troupe.persistence.postgresql.session.Database;
import dev.troupe.persistence.postgresql.session.Origin;
import dev.troupe.runtime.store.NewerStoreException;
import dev.troupe.runtime.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// The tables, made and upgraded by the engine itself: whoever comes first does it, the others
/// wait.
///
/// While members of two releases share a database, they work on tables that both know: the newer
/// release leaves them as they are until all members know later ones. Until then it can be taken
/// back. What is stored in another form than before comes with a version of the tables, too.
public final class Schema {

  private static final String MARK = "the event store of Troupe";

  /// Step n makes version n+1 of what version n was. A step is never changed, only followed.
  private static final List<String> STEPS =
      List.of(
          """
          CREATE TABLE troupe.meta (
            singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
            version int NOT NULL,
            incarnation bigint NOT NULL,
            proved_on text NOT NULL);
          INSERT INTO troupe.meta (version, incarnation, proved_on) VALUES (0, 1, '');
          CREATE TABLE troupe.collection (
            id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name text COLLATE "C" NOT NULL UNIQUE,
            partitions int NOT NULL DEFAULT 0,
            horizon bigint NOT NULL DEFAULT 0);
          CREATE TABLE troupe.partition (
            id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            collection int NOT NULL REFERENCES troupe.collection,
            number int NOT NULL,
            epoch bigint NOT NULL DEFAULT 0,
            open boolean NOT NULL DEFAULT false,
            incarnation bigint NOT NULL DEFAULT 0,
            highest bigint NOT NULL DEFAULT 0,
            UNIQUE (collection, number));
          CREATE TABLE troupe.fact (
            partition int NOT NULL,
            name text COLLATE "C" NOT NULL,
            value bytea NOT NULL,
            PRIMARY KEY (partition, name));
          CREATE TABLE troupe.event (
            collection int NOT NULL,
            version bigint NOT NULL,
            partition int NOT NULL,
            sequence bigint NOT NULL,
            type smallint NOT NULL,
            key text COLLATE "C" NOT NULL,
            record bytea NOT NULL,
            PRIMARY KEY (collection, version));
          ALTER TABLE troupe.event ALTER COLUMN record SET STORAGE EXTERNAL;
          CREATE UNIQUE INDEX event_of_resource
            ON troupe.event (partition, key, version DESC) INCLUDE (sequence, type);
          """,
          "ALTER TABLE troupe.meta ADD COLUMN origin text NOT NULL DEFAULT ''",
          // Of an expression, as otherwise the newest event of a resource would be looked for here
          // too, among all those of its partition.
          "CREATE INDEX event_of_partition ON troupe.event (partition, (version + 0))",
          // Who has the database for itself, and for how long whoever knows that may read.
          """
          ALTER TABLE troupe.meta
            ADD COLUMN holder bigint NOT NULL DEFAULT 0,
            ADD COLUMN lease_millis bigint NOT NULL DEFAULT 2000
          """,
          // Whoever has a partition open will not say whether he has served.
          """
          ALTER TABLE troupe.partition ADD COLUMN unclean boolean NOT NULL DEFAULT false;
          UPDATE troupe.partition SET unclean = open;
          """,
          // The cluster that has the store: who is in it, how often they have shown themselves, and
          // whoever was struck. `former` are the members of the roll before.
          """
          ALTER TABLE troupe.partition ADD COLUMN cluster bigint NOT NULL DEFAULT 0;
          CREATE TABLE troupe.roll (
            singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
            number bigint NOT NULL DEFAULT 0,
            cluster bigint NOT NULL DEFAULT 0,
            beats bigint NOT NULL DEFAULT 0,
            members text[] COLLATE "C" NOT NULL DEFAULT '{}',
            former text[] COLLATE "C" NOT NULL DEFAULT '{}');
          INSERT INTO troupe.roll DEFAULT VALUES;
          CREATE TABLE troupe.struck (member text COLLATE "C" PRIMARY KEY);
          """);

  /// Those of this release. A release that makes later ones works on those of the one before.
  public static final Schema OURS = new Schema(STEPS, STEPS.size());

  private static final long ANY_ROLL = -1;

  /// Whoever wants what a step waits for waits behind it, be it to store something. The next
  /// attempt is early enough for an upgrade.
  private static final String WAIT_BRIEFLY = "SET LOCAL lock_timeout = 1000";

  private final List<String> steps;
  private final int oldest;

  /// @param steps make each version of the version before, beginning with none
  /// @param oldest the lowest version that this release can work on
  public Schema(List<String> steps, int oldest) {
    this.steps = List.copyOf(steps);
    this.oldest = oldest;
  }

  /// The steps of this release.
  public static List<String> steps() {
    return STEPS;
  }

  /// The latest version that is known.
  public int newest() {
    return steps.size();
  }

  /// Makes the latest version, for whoever has the database for himself.
  ///
  /// @return the version that the tables have now
  /// @throws StoreException if there are tables of somebody else
  /// @throws NewerStoreException if they are of a newer Troupe
  public int prepare(Database database) {
    return bring(database, _ -> newest(), ANY_ROLL, true);
  }

  /// The same for one of several members: tables that it can work on stay as they are.
  public int share(Database database) {
    return bring(
        database, version -> version == 0 ? newest() : Math.max(version, oldest), ANY_ROLL, true);
  }

  /// Makes a later version, when all members know it. Those that do not cannot start any more. It
  /// happens whole or not at all, whatever becomes of this process.
  ///
  /// @param known the lowest among the latest versions that the members know
  /// @param roll the members of which that is true: nothing is changed if others are in the roll
  /// @return the version that the tables have now
  /// @throws StoreException also if somebody has a table for longer than others should wait
  public int upgrade(Database database, int known, long roll) {
    return bring(database, version -> Math.max(version, Math.min(known, newest())), roll, false);
  }

  /// @param start whether somebody begins to use the tables
  private int bring(Database database, IntUnaryOperator wanted, long roll, boolean start) {
    return database.ask(connection -> {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute(Origin.TURN);
        int version = version(connection);
        int next = wanted.applyAsInt(version);
        if (!start) {
          statement.execute(WAIT_BRIEFLY);
        }
        for (int step = version; step < next; step++) {
          statement.execute(steps.get(step));
        }
        if (version < next) {
          statement.execute("UPDATE troupe.meta SET version = " + next);
          if (roll != ANY_ROLL && roll != roll(connection)) {
            connection.rollback();
            return version;
          }
        }
        if (start) {
          database.timeline().begin(connection);
        }
        connection.commit();
        return next;
      } catch (SQLException | RuntimeException failure) {
        connection.rollback();
        throw failure;
      }
    });
  }

  /// Not locked, as members could not show themselves for as long as the steps take.
  private static long roll(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      var row = statement.executeQuery("SELECT number FROM troupe.roll");
      row.next();
      return row.getLong(1);
    }
  }

  private int version(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      var found =
          statement.executeQuery(
              "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname ="
                  + " 'troupe'");
      if (!found.next()) {
        statement.execute("CREATE SCHEMA troupe");
        statement.execute("COMMENT ON SCHEMA troupe IS '" + MARK + "'");
        return 0;
      }
      if (!MARK.equals(found.getString(1))) {
        throw new StoreException(
            "the database has a schema `troupe` that is not the event store of Troupe;"
                + " name another database");
      }
      var version = statement.executeQuery("SELECT version FROM troupe.meta");
      version.next();
      return checked(version.getInt(1));
    }
  }

  private int checked(int version) {
    if (version > steps.size()) {
      throw new NewerStoreException(
          "the database was written by a newer Troupe: its tables are of version "
              + version
              + ", this one knows up to version "
              + steps.size()
              + "; start the release that its members run");
    }
    return version;
  }
}
