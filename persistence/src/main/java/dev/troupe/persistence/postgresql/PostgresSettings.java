package dev.troupe.persistence.postgresql;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// How the database is reached, and what is waited for. See `troupe.store.postgresql` in
/// `reference.conf`.
///
/// @param url a JDBC URL; carries the settings of TLS
/// @param lanes how many connections append, each for its own partitions
/// @param readers how many connections read at most
/// @param maxWaiting how many groups may wait for one lane
/// @param batchGroups how many groups are stored with one statement at most
/// @param batchBytes how much is stored with one statement, unless a single group is larger
/// @param statementTimeout after this the server gives up an append, open or close
/// @param readTimeout after this the server gives up a read, a pruning step or a copy
/// @param holderTimeout `open` ends sessions that hold a partition's row for longer
/// @param connectTimeout how long a connection may take to be made, or to become free
public record PostgresSettings(
    String url,
    String user,
    String password,
    int lanes,
    int readers,
    int maxWaiting,
    int batchGroups,
    int batchBytes,
    Duration statementTimeout,
    Duration readTimeout,
    Duration holderTimeout,
    Duration connectTimeout) {

  public PostgresSettings {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("not the URL of a PostgreSQL database: " + bare(url));
    }
    if (lanes < 1 || readers < 1 || maxWaiting < 1 || batchGroups < 1 || batchBytes < 1) {
      throw new IllegalArgumentException(
          "lanes, readers, max-waiting, batch-groups and batch-size are at least 1");
    }
  }

  /// @throws IllegalArgumentException if something is wrong
  /// @throws UncheckedIOException if the password's file cannot be read
  public static PostgresSettings from(Config config) {
    var section = config.getConfig("troupe.store.postgresql");
    return new PostgresSettings(
        section.getString("url"),
        section.getString("user"),
        password(section),
        section.getInt("lanes"),
        section.getInt("readers"),
        section.getInt("max-waiting"),
        section.getInt("batch-groups"),
        Math.toIntExact(section.getBytes("batch-size")),
        section.getDuration("statement-timeout"),
        section.getDuration("read-timeout"),
        section.getDuration("holder-timeout"),
        section.getDuration("connect-timeout"));
  }

  private static String password(Config section) {
    var file = section.getString("password-file");
    if (file.isEmpty()) {
      return section.getString("password");
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "the password of the database cannot be read from " + file, failure);
    }
  }

  /// The URL without what may be secret.
  public String place() {
    return bare(url);
  }

  private static String bare(String url) {
    int query = url.indexOf('?');
    var path = query < 0 ? url : url.substring(0, query);
    // A URL can hold a password in front of the host, as people paste it.
    return path.replaceAll("//[^/@]*@", "//");
  }

  /// Nothing secret.
  @Override
  public String toString() {
    return place() + " as " + user;
  }
}
