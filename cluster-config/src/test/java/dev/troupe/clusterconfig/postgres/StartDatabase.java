package dev.troupe.clusterconfig.postgres;

import java.nio.file.Path;
import java.security.SecureRandom;

/// A process that starts a database and does nothing more until it is killed.
final class StartDatabase {

  private StartDatabase() {}

  public static void main(String[] words) throws InterruptedException {
    var database = new LocalPostgres(Path.of(words[0]), new SecureRandom());
    database.start();
    System.out.println(database.running().orElseThrow().pid());
    Thread.currentThread().join();
  }
}
