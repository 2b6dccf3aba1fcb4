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

  /// An expression: whether nobody has the database for itself, which then stays so until the
  /// transaction ends.
  public static final String NOBODY_ALONE = "pg_try_advisory_xact_lock_shared(" + LOCK + ")";

  private static final String TAKE =
      "SELECT pg_try_advisory_lock("
          + LOCK
          + "), pid, backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()";

  private static final String GIVE_BACK = "SELECT pg_advisory_unlock(" + LOCK + ")";

  /// A server that does not answer keeps nobody from ending.
  private static final int GIVING_BACK_MILLIS = 1_000;

  private static final String BEGIN =
      """
      UPDATE troupe.meta SET holder = holder + 1
      RETURNING holder, lease_millis, (SELECT EXISTS (SELECT FROM troupe.partition WHERE open))
      """;

  private final Connection connection;
  private final boolean taken;
  private final long takenAt;
  private final int pid;
  private final String began;

  private SoleUse(Connection connection) throws SQLException {
    this.connection = connection;
    try (var statement = connection.createStatement()) {
      var row = statement.executeQuery(TAKE);
      row.next();
      taken = row.getBoolean(1);
      pid = row.getInt(2);
      began = row.getString(3);
    }
    takenAt = System.nanoTime();
  }

  /// @throws StoreException.InUseException if another process has it
  /// @throws StoreException if the database cannot be reached
  public static SoleUse take(PostgresSettings settings) {
    try {
      var use = new SoleUse(DriverManager.getConnection(settings.url(), properties(settings)));
      if (use.taken) {
        return use;
      }
      use.close();
      throw new StoreException.InUseException(
          settings.place()
              + " is in use by another running Troupe; stop it, or name another database");
    } catch (SQLException failure) {
      throw new StoreException(
          "the database " + settings + " cannot be reached: " + failure.getMessage(), failure);
    }
  }

  /// Tries once more, on the same server as before.
  ///
  /// @param patience for the connection, and for each answer
  static SoleUse connect(PostgresSettings settings, Timeline timeline, Duration patience)
      throws SQLException {
    var properties = properties(settings);
    properties.setProperty("connectTimeout", seconds(patience));
    properties.setProperty("loginTimeout", seconds(patience));
    properties.setProperty("socketTimeout", seconds(patience));
    var connection = DriverManager.getConnection(settings.url(), properties);
    try {
      timeline.check(connection);
      return new SoleUse(connection);
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  /// The time of one holder.
  ///
  /// @param holder its number
  /// @param lease how long an answer about the holder is good for, for all holders
  /// @param afterUncleanEnd whether the former one may not know that it is over
  record Term(long holder, Duration lease, boolean afterUncleanEnd) {}

  /// Whoever had it before has not got it any more.
  Term begin() throws SQLException {
    try (var statement = connection.createStatement()) {
      var row = statement.executeQuery(BEGIN);
      row.next();
      return new Term(row.getLong(1), Duration.ofMillis(row.getLong(2)), row.getBoolean(3));
    }
  }

  /// The number of the last one who began.
  long holder() throws SQLException {
    try (var statement = connection.createStatement()) {
      var row = statement.executeQuery("SELECT holder FROM troupe.meta");
      row.next();
      return row.getLong(1);
    }
  }

  boolean isTaken() {
    return taken;
  }

  /// A moment at which it was taken already.
  long takenAt() {
    return takenAt;
  }

  /// From now on an answer that takes longer is none.
  void limitSilence(Duration most) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(most.toMillis()));
  }

  /// Ends another session of ours that the server still has.
  void endSession(SoleUse lost) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE pid = ? AND backend_start::text = ?")) {
      statement.setInt(1, lost.pid);
      statement.setString(2, lost.began);
      statement.executeQuery();
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

  /// Gives it back, and closes. The server ends a session after its client has gone on: whoever
  /// opens the database then would still find it in use.
  public void release() {
    try (var statement = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, GIVING_BACK_MILLIS);
      statement.execute(GIVE_BACK);
    } catch (SQLException | RuntimeException failure) {
      // The server notices by itself.
    } finally {
      close();
    }
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
