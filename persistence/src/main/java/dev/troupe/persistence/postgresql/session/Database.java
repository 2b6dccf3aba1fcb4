package dev.troupe.persistence.postgresql.session;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.troupe.persistence.postgresql.PostgresSettings;
import dev.troupe.runtime.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// Connections to the database, with everything bounded: waiting for one, statements, locks, and a
/// peer that does not answer any more. Those that write are others than those that read, so that
/// neither waits for the other and each has the deadline that it needs.
public final class Database implements AutoCloseable {

  /// One ends sessions that hold a row too long. The fence is proved with three, before there are
  /// lanes.
  private static final int MORE_WRITERS = 2;

  /// A server that is there gives up first.
  private static final Duration SILENCE = Duration.ofSeconds(5);

  /// To plan an append takes longer than to carry it out, and the best plan is always the same.
  private static final String PLAN_ONCE = " -c plan_cache_mode=force_generic_plan";

  private final PostgresSettings settings;
  private final Origin origin;
  private final HikariDataSource writers;
  private final HikariDataSource readers;

  /// @throws StoreException if the database does not answer
  public Database(PostgresSettings settings) {
    this.settings = settings;
    origin = Origin.of(settings);
    writers =
        pool("writers", settings.lanes() + MORE_WRITERS, settings.statementTimeout(), PLAN_ONCE);
    readers = pool("readers", settings.readers(), settings.readTimeout(), "");
  }

  /// The time for a lock is over before the time for the statement is, so that the error tells
  /// which it was.
  private Duration lockTimeout() {
    return settings.statementTimeout().multipliedBy(4).dividedBy(5);
  }

  private HikariDataSource pool(String name, int size, Duration timeout, String more) {
    try {
      var config = new HikariConfig();
      config.setPoolName("store-" + name);
      config.setJdbcUrl(settings.url());
      config.setUsername(settings.user());
      config.setPassword(settings.password());
      config.setMaximumPoolSize(size);
      config.setMinimumIdle(1);
      config.setConnectionTimeout(settings.connectTimeout().toMillis());
      config.setInitializationFailTimeout(settings.connectTimeout().toMillis());
      config.setAutoCommit(true);
      config.setConnectionInitSql(origin.checkedBySession());
      config.addDataSourceProperty("ApplicationName", "troupe");
      config.addDataSourceProperty("connectTimeout", seconds(settings.connectTimeout()));
      config.addDataSourceProperty("loginTimeout", seconds(settings.connectTimeout()));
      config.addDataSourceProperty("socketTimeout", seconds(timeout.plus(SILENCE)));
      config.addDataSourceProperty("tcpKeepAlive", "true");
      config.addDataSourceProperty("prepareThreshold", "1");
      config.addDataSourceProperty("options", session(timeout) + more);
      return new HikariDataSource(config);
    } catch (RuntimeException failure) {
      throw new StoreException(
          "the database " + settings + " cannot be reached: " + reason(failure), failure);
    }
  }

  /// What a session is like, whatever the server's configuration says.
  private String session(Duration timeout) {
    return "-c synchronous_commit=on"
        + " -c default_transaction_isolation=read\\ committed"
        + " -c jit=off"
        + (" -c statement_timeout=" + timeout.toMillis())
        + (" -c lock_timeout=" + lockTimeout().toMillis())
        + (" -c idle_in_transaction_session_timeout=" + timeout.toMillis())
        + (" -c tcp_user_timeout=" + settings.statementTimeout().toMillis());
  }

  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.toSeconds()));
  }

  /// One whose statements have the deadline of an append.
  public Connection writer() throws SQLException {
    return writers.getConnection();
  }

  public Origin origin() {
    return origin;
  }

  public PostgresSettings settings() {
    return settings;
  }

  /// Asks something of a connection.
  @FunctionalInterface
  public interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  /// With the deadline of an append. Each statement is a transaction of its own.
  ///
  /// @throws StoreException if it fails
  public <T> T askWriter(Question<T> question) {
    return ask(writers, question);
  }

  /// With the deadline of a read. Each statement is a transaction of its own.
  ///
  /// @throws StoreException if it fails
  public <T> T ask(Question<T> question) {
    return ask(readers, question);
  }

  private <T> T ask(HikariDataSource pool, Question<T> question) {
    try (var connection = pool.getConnection()) {
      return question.ask(connection);
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  /// The same in one transaction that sees one moment. Nothing that appends need may be locked in
  /// it: it lasts as long as the member takes.
  public <T> T askAsOfOneMoment(Question<T> question) {
    return ask(connection -> {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try {
        var answer = question.ask(connection);
        connection.commit();
        return answer;
      } catch (SQLException | RuntimeException failure) {
        connection.rollback();
        throw failure;
      }
    });
  }

  public StoreException failed(SQLException failure) {
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
    writers.close();
    readers.close();
  }
}
