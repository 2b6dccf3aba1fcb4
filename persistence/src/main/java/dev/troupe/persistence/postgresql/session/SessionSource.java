package dev.troupe.persistence.postgresql.session;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;

/// Makes the sessions of one pool, each on the server that this process goes by.
///
/// Once it has begun it does not give up at once: a pool that was refused waits longer and longer
/// before it asks again, and would not notice for seconds that the database is back.
final class SessionSource implements DataSource {

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration ENDURANCE = Duration.ofSeconds(30);

  private static final int CLOSING_SECONDS = 5;

  private final String url;
  private final Properties properties;
  private final Timeline timeline;

  private volatile boolean enduring;

  SessionSource(String url, Properties properties, Timeline timeline) {
    this.url = url;
    this.properties = properties;
    this.timeline = timeline;
  }

  /// From now on it tries again by itself.
  void endure() {
    enduring = true;
  }

  @Override
  public Connection getConnection() throws SQLException {
    long begun = System.nanoTime();
    while (true) {
      try {
        return connect();
      } catch (SQLException failure) {
        if (!enduring || System.nanoTime() - begun > ENDURANCE.toNanos()) {
          throw failure;
        }
      }
      pause();
    }
  }

  private static void pause() throws SQLException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new SQLException("the event store is closed", closing);
    }
  }

  private Connection connect() throws SQLException {
    var connection = DriverManager.getConnection(url, properties);
    try {
      timeline.check(connection);
      return connection;
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("sessions are of the one user");
  }

  /// The driver is told with the properties.
  @Override
  public void setLoginTimeout(int seconds) {}

  /// For as long a pool that is closed waits for a session that is being made.
  @Override
  public int getLoginTimeout() {
    return CLOSING_SECONDS;
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    throw new SQLFeatureNotSupportedException("it logs nothing");
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("it logs nothing");
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("it logs nothing");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
