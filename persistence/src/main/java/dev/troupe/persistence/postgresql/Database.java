package dev.troupe.persistence.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.troupe.runtime.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// Connections to the database, with everything bounded: waiting for one, statements, locks, and a
/// peer that does not answer any more.
final class Database implements AutoCloseable {

  private static final Duration LOCK_MARGIN = Duration.ofSeconds(1);

  private final PostgresSettings settings;
  private final HikariDataSource pool;

  /// @throws StoreException if the database does not answer
  Database(PostgresSettings settings) {
    this.settings = settings;
    try {
      pool = new HikariDataSource(configuration(settings));
    } catch (RuntimeException failure) {
      throw new StoreException(
          "the database " + settings + " cannot be reached: " + reason(failure), failure);
    }
  }

  private static HikariConfig configuration(PostgresSettings settings) {
    var config = new HikariConfig();
    config.setPoolName("troupe");
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    // Lanes, readers, and one to end sessions that hold a row too long.
    config.setMaximumPoolSize(settings.lanes() + settings.readers() + 1);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(settings.connectTimeout().toMillis());
    config.setInitializationFailTimeout(settings.connectTimeout().toMillis());
    config.setAutoCommit(true);
    long timeout = settings.statementTimeout().toMillis();
    config.addDataSourceProperty("ApplicationName", "troupe");
    config.addDataSourceProperty("connectTimeout", seconds(settings.connectTimeout()));
    config.addDataSourceProperty("loginTimeout", seconds(settings.connectTimeout()));
    // For a server that has gone without a word: the longest statement, and some.
    config.addDataSourceProperty(
        "socketTimeout", seconds(settings.readTimeout().plus(LOCK_MARGIN.multipliedBy(5))));
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("prepareThreshold", "1");
    config.addDataSourceProperty(
        "options",
        "-c synchronous_commit=on -c default_transaction_isolation=read\\ committed"
            + " -c statement_timeout="
            + timeout
            + " -c lock_timeout="
            + timeout
            + " -c idle_in_transaction_session_timeout="
            + timeout
            + " -c tcp_user_timeout="
            + timeout
            + " -c jit=off");
    return config;
  }

  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.toSeconds()));
  }

  Connection connection() throws SQLException {
    return pool.getConnection();
  }

  PostgresSettings settings() {
    return settings;
  }

  /// Asks something of a connection.
  @FunctionalInterface
  interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  /// @throws StoreException if it fails
  <T> T ask(Question<T> question) {
    try (var connection = connection()) {
      return question.ask(connection);
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  /// The same in one transaction that sees one moment and may take its time.
  <T> T askLong(Question<T> question) {
    return ask(connection -> {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (var statement = connection.createStatement()) {
        statement.execute("SET LOCAL statement_timeout = " + settings.readTimeout().toMillis());
        statement.execute(
            "SET LOCAL idle_in_transaction_session_timeout = " + settings.readTimeout().toMillis());
        var answer = question.ask(connection);
        connection.commit();
        return answer;
      } catch (SQLException | RuntimeException failure) {
        connection.rollback();
        throw failure;
      }
    });
  }

  StoreException failed(SQLException failure) {
    return new StoreException(
        "the database " + settings.place() + " failed: " + reason(failure), failure);
  }

  private static String reason(Throwable failure) {
    var message = String.valueOf(failure.getMessage());
    return failure instanceof SQLException sql && sql.getSQLState() != null
        ? message + " (" + sql.getSQLState() + ")"
        : message;
  }

  @Override
  public void close() {
    pool.close();
  }
}
