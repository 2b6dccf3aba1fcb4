package dev.troupe.persistence.postgresql.schema;

import dev.troupe.persistence.postgresql.session.Database;
import dev.troupe.persistence.postgresql.session.Origin;
import dev.troupe.runtime.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// The tables, made and upgraded by the engine itself: whoever comes first does it, the others
/// wait.
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

  private Schema() {}

  /// @throws StoreException if there are tables of somebody else, or of a newer Troupe
  public static void prepare(Database database) {
    database.ask(connection -> {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute(Origin.TURN);
        int version = version(connection);
        for (int step = version; step < STEPS.size(); step++) {
          statement.execute(STEPS.get(step));
        }
        if (version < STEPS.size()) {
          statement.execute("UPDATE troupe.meta SET version = " + STEPS.size());
        }
        database.timeline().begin(connection);
        connection.commit();
        return true;
      } catch (SQLException | RuntimeException failure) {
        connection.rollback();
        throw failure;
      }
    });
  }

  private static int version(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      var found =
          statement.executeQuery(
              "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = 'troupe'");
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

  private static int checked(int version) {
    if (version > STEPS.size()) {
      throw new StoreException(
          "the database was written by a newer Troupe: its tables are of version "
              + version
              + ", this one knows up to version "
              + STEPS.size());
    }
    return version;
  }
}
