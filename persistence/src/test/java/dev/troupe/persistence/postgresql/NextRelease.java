package dev.troupe.persistence.postgresql;

import static dev.troupe.persistence.contract.EventStoreContract.NOW;

import dev.troupe.persistence.postgresql.schema.Schema;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A release that comes next, made up. It makes its tables in several steps, and stays in the
/// middle of them as long as a gate is closed. As a process it is there to be killed meanwhile.
final class NextRelease {

  /// To be done in a database before it is upgraded.
  static final String MAKE_GATE = "CREATE TABLE public.gate (closed int)";

  static final String CLOSE_GATE = "INSERT INTO public.gate VALUES (1)";
  static final String OPEN_GATE = "DELETE FROM public.gate";

  private static final String WAIT_AT_THE_GATE =
      """
      DO $$ BEGIN
        WHILE EXISTS (SELECT FROM public.gate) LOOP
          PERFORM pg_sleep(0.02);
        END LOOP;
      END $$
      """;

  static final Schema SCHEMA = new Schema(steps(), Schema.OURS.newest());

  private NextRelease() {}

  private static List<String> steps() {
    var steps = new ArrayList<>(Schema.steps());
    steps.add("CREATE TABLE troupe.made_up (upgrades int)");
    steps.add(WAIT_AT_THE_GATE);
    steps.add(
        """
        ALTER TABLE troupe.event ADD COLUMN made_up int;
        INSERT INTO troupe.made_up VALUES (1)
        """);
    return steps;
  }

  static PostgresEventStore open(PostgresSettings database) {
    return PostgresEventStore.openShared(database, InstantSource.fixed(NOW), SCHEMA);
  }

  /// @param arguments the database, and the roll of the members who know the new tables
  public static void main(String[] arguments) {
    try (var store = open(PostgresServer.settings(arguments[0]))) {
      store.upgrade(SCHEMA.newest(), Long.parseLong(arguments[1]));
    }
  }
}
