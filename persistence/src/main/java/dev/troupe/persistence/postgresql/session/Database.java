package dev.troupe.persistence.postgresql.session;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.troupe.persistence.postgresql.PostgresSettings;
import dev.troupe.runtime.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

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

  /// A connection is made as quickly as that when there was one before, or not now.
  private static final Duration RECONNECT = Duration.ofSeconds(2);

  /// What is said where transactions are pooled: to the settings of a session, and by a back end
  /// that has what another session has prepared, or lacks what this one has.
  private static final Pattern POOLED =
      Pattern.compile(
          "unsupported startup parameter|prepared statement \\S+ (already exists|does not exist)");

  private final PostgresSettings settings;
  private final Timeline timeline;
  private final SocketWatch sockets = new SocketWatch();
  private final String watch = WatchedSockets.register(sockets);
  private final HikariDataSource writers;
  private final HikariDataSource readers;
  private final Probe probe;

  /// @param clock tells when the database was promoted
  /// @throws StoreException if the database does not answer
  public Database(PostgresSettings settings, InstantSource clock) {
    this.settings = settings;
    timeline = new Timeline(Origin.of(settings), clock);
    var writing = source(settings.statementTimeout(), PLAN_ONCE);
    var reading = source(settings.readTimeout(), "");
    writers = pool("writers", settings.lanes() + MORE_WRITERS, writing);
    readers = pool("readers", settings.readers(), reading);
    timeline.whenFollowed(this::leaveFormerSessions);
    writing.endure();
    reading.endure();
    probe = Probe.start(settings.place(), this::session, sockets, this::leaveFormerSessions);
  }

  /// The time for a lock is over before the time for the statement is, so that the error tells
  /// which it was.
  private Duration lockTimeout() {
    return settings.statementTimeout().multipliedBy(4).dividedBy(5);
  }

  private HikariDataSource pool(String name, int size, SessionSource source) {
    try {
      var config = new HikariConfig();
      config.setPoolName("store-" + name);
      config.setDataSource(source);
      config.setMaximumPoolSize(size);
      config.setMinimumIdle(1);
      config.setConnectionTimeout(settings.connectTimeout().toMillis());
      config.setInitializationFailTimeout(settings.connectTimeout().toMillis());
      config.setAutoCommit(true);
      return new HikariDataSource(config);
    } catch (RuntimeException failure) {
      if (POOLED.matcher(reason(failure)).find()) {
        throw SessionProof.pooled(settings);
      }
      throw new StoreException(
          "the database " + settings + " cannot be reached: " + reason(failure), failure);
    }
  }

  private SessionSource source(Duration timeout, String more) {
    return new SessionSource(
        settings.url(), properties(timeout, timeout.plus(SILENCE), more), timeline);
  }

  /// @param silence after which a server that says nothing is taken for gone
  private Properties properties(Duration timeout, Duration silence, String more) {
    var properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password());
    properties.setProperty("ApplicationName", "troupe");
    properties.setProperty(
        "connectTimeout", seconds(shorter(settings.connectTimeout(), RECONNECT)));
    properties.setProperty("loginTimeout", seconds(settings.connectTimeout()));
    properties.setProperty("socketTimeout", seconds(silence));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("prepareThreshold", "1");
    properties.setProperty("options", options(timeout) + more);
    WatchedSockets.use(properties, watch);
    return properties;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /// A session of its own for whoever would rather have no answer than a late one.
  ///
  /// @param patience for an answer, and for the connection
  public Connection session(Duration patience) throws SQLException {
    return new SessionSource(settings.url(), properties(patience, patience, PLAN_ONCE), timeline)
        .getConnection();
  }

  /// What keeps the server from answering, while it does not.
  public Optional<String> trouble() {
    return probe.trouble();
  }

  /// Those that are idle now, and the others when they are.
  private void leaveFormerSessions() {
    writers.getHikariPoolMXBean().softEvictConnections();
    readers.getHikariPoolMXBean().softEvictConnections();
  }

  /// What a session is like, whatever the server's configuration says.
  private String options(Duration timeout) {
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

  public Timeline timeline() {
    return timeline;
  }

  public Incarnation incarnation() {
    return timeline.incarnation();
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
    probe.close();
    writers.close();
    readers.close();
    WatchedSockets.forget(watch);
  }
}
