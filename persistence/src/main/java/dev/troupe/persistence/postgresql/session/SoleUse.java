package dev.troupe.persistence.postgresql.session;

import dev.troupe.persistence.postgresql.PostgresSettings;
import dev.troupe.runtime.store.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/// The right to be the only control plane on a database. It is a courtesy: what keeps data safe is
/// the fence. The server takes it back when the process ends, however it ends.
public final class SoleUse implements AutoCloseable {

  /// An advisory lock of ours.
  private static final long LOCK = 0x74726f757573L;

  private final Connection connection;

  private SoleUse(Connection connection) {
    this.connection = connection;
  }

  /// @throws StoreException if another process has it
  public static SoleUse take(PostgresSettings settings) {
    try {
      var connection = DriverManager.getConnection(settings.url(), properties(settings));
      try (var statement = connection.createStatement()) {
        var taken = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")");
        taken.next();
        if (taken.getBoolean(1)) {
          return new SoleUse(connection);
        }
      }
      connection.close();
      throw new StoreException(
          settings.place()
              + " is in use by another running Troupe; stop it, or name another database");
    } catch (SQLException failure) {
      throw new StoreException(
          "the database " + settings + " cannot be reached: " + failure.getMessage(), failure);
    }
  }

  static Properties properties(PostgresSettings settings) {
    var properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password());
    properties.setProperty("ApplicationName", "troupe start");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", seconds(settings.connectTimeout()));
    return properties;
  }

  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.toSeconds()));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      // The server notices by itself.
    }
  }
}
