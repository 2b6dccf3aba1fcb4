package dev.troupe.clusterconfig.supervision;

import dev.troupe.clusterconfig.postgres.LocalPostgres;
import dev.troupe.clusterconfig.process.LogTail;
import java.util.Optional;

/// The database of all members.
public final class DatabaseProcess implements Supervised {

  private final LocalPostgres database;

  public DatabaseProcess(LocalPostgres database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "the database";
  }

  @Override
  public boolean isWanted() {
    return true;
  }

  @Override
  public Optional<ProcessHandle> running() {
    return database.running();
  }

  @Override
  public void start() {
    database.start();
  }

  @Override
  public String lastWords() {
    return "%s (%s)".formatted(LogTail.of(database.log()).last(1), database.log());
  }
}
