package dev.troupe.clusterconfig.postgres;

import dev.troupe.clusterconfig.certificates.PrivateFile;
import dev.troupe.clusterconfig.instance.DataDirectoryLock;
import dev.troupe.clusterconfig.process.LogTail;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL server with all that it needs in one directory. It is a process of its own: it runs
/// on when whoever started it ends, and whoever wants to start it next finds it.
///
/// | file | |
/// | --- | --- |
/// | `data` | the database |
/// | `server-…` | the programs, unpacked |
/// | `password`, `port` | how it is reached |
/// | `postgres.log` | what it says |
public final class LocalPostgres {

  private static final Logger LOG = LoggerFactory.getLogger(LocalPostgres.class);

  /// Also a server that was killed under load has read its log by then, as a rule.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration STEP = Duration.ofMillis(50);
  private static final int LOG_LINES = 15;

  /// The shell that starts a server reads these in its path.
  private static final String UNQUOTED = "\"$`\\'";

  /// What a server says as long as children of the former one are there.
  private static final String ORPHANS = "is still in use";

  private final Path directory;
  private final DatabaseFiles files;
  private final PostmasterFile postmaster;

  /// @param random what passwords are made of
  public LocalPostgres(Path directory, SecureRandom random) {
    this.directory = directory.toAbsolutePath();
    this.files = new DatabaseFiles(this.directory, random);
    this.postmaster = new PostmasterFile(files.data(), this.directory);
  }

  /// Why there can be no server on this machine; empty if there can.
  public static String obstacle() {
    return ServerBinaries.obstacle();
  }

  /// What of the command line of a server in a directory no other process has.
  public static String word(Path directory) {
    return DatabaseFiles.data(directory.toAbsolutePath()).toString();
  }

  /// The server's process, if it is there, whoever started it.
  public Optional<ProcessHandle> running() {
    return postmaster.running();
  }

  /// What the server says is appended here; whoever watches over it keeps that within bounds.
  public Path log() {
    return files.log();
  }

  /// Makes what is missing, starts the server unless it runs, and returns when it takes
  /// connections. It may be called by several at once.
  ///
  /// @throws DatabaseFailedException if it does not start; says why, and what to do
  public DatabaseAccess start() {
    PrivateFile.createDirectory(directory);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var _ = lock(deadline)) {
      if (running().isEmpty()) {
        var programs = prepared();
        while (!launched(programs)) {
          pause(deadline, "children of the former server do not end");
        }
      }
    }
    while (!postmaster.saysReady()) {
      if (running().isEmpty()) {
        throw new DatabaseFailedException(
            "the database has ended:\n" + LogTail.of(log()).last(LOG_LINES));
      }
      pause(deadline, "it is still reading what it wrote before");
    }
    return access();
  }

  /// How it is reached, whether it runs or not; empty before its first start.
  public Optional<DatabaseAccess> known() {
    return files.hasPort() ? Optional.of(access()) : Optional.empty();
  }

  private DatabaseAccess access() {
    return new DatabaseAccess(
        new ServerSettings(files.keptPort()).url(), ServerSettings.USER, files.password());
  }

  private DataDirectoryLock lock(long deadline) {
    while (true) {
      var lock = DataDirectoryLock.acquire(directory);
      if (lock.isPresent()) {
        return lock.get();
      }
      pause(deadline, "somebody else is starting it");
    }
  }

  private ServerPrograms prepared() {
    if (directory.toString().chars().anyMatch(sign -> UNQUOTED.indexOf(sign) >= 0)) {
      throw new DatabaseFailedException(
          "PostgreSQL cannot be in %s: no name on the way may hold one of %s"
              .formatted(directory, UNQUOTED));
    }
    var programs = new ServerPrograms(ServerBinaries.below(directory).unpacked(), directory);
    files.prepare(programs);
    return programs;
  }

  /// @return false if it is to be tried again
  private boolean launched(ServerPrograms programs) {
    postmaster.disown();
    var log = LogTail.from(log());
    var outcome =
        programs.run(
            "pg_ctl",
            "",
            "start",
            "-D",
            files.data().toString(),
            "-l",
            files.log().toString(),
            "-w",
            "-t",
            Long.toString(PATIENCE.toSeconds()));
    // One that takes its time has not failed.
    if (outcome.succeeded() || running().isPresent()) {
      return true;
    }
    var said = log.last(LOG_LINES);
    if (said.contains(ORPHANS)) {
      return false;
    }
    throw new DatabaseFailedException(
        "the database does not start:\n%s%s".formatted(outcome.said(), said));
  }

  /// Ends the server, which first writes what it need not read again; returns when it is gone. One
  /// that does not listen is killed: what was acknowledged is stored.
  public void stop() {
    var process = running();
    if (process.isEmpty()) {
      return;
    }
    var outcome =
        programsOf(process.get())
            .run(
                "pg_ctl",
                "",
                "stop",
                "-D",
                files.data().toString(),
                "-m",
                "fast",
                "-w",
                "-t",
                Long.toString(PATIENCE.toSeconds()));
    if (!outcome.succeeded() && running().isPresent()) {
      LOG.warn("the database is killed, as it does not stop: {}", outcome.said().strip());
      process.get().destroyForcibly();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (running().isPresent()) {
        pause(deadline, "it was killed and is still there");
      }
    }
  }

  /// Lets a standby take over, and returns when it takes what is written.
  ///
  /// @throws DatabaseFailedException if it does not
  public void promote() {
    var process = running().orElseThrow(() -> new DatabaseFailedException("the standby has ended"));
    var outcome =
        programsOf(process)
            .run(
                "pg_ctl",
                "",
                "promote",
                "-D",
                files.data().toString(),
                "-w",
                "-t",
                Long.toString(PATIENCE.toSeconds()));
    if (!outcome.succeeded()) {
      throw new DatabaseFailedException("the standby does not take over:\n" + outcome.said());
    }
  }

  /// Another release may have started it, with other programs.
  private ServerPrograms programsOf(ProcessHandle server) {
    var home =
        server
            .info()
            .command()
            .map(program -> Path.of(program).resolve("../..").normalize())
            .orElseThrow(() -> new DatabaseFailedException("the database has just ended"));
    ServerBinaries.makeExecutable(home);
    return new ServerPrograms(home, directory);
  }

  private void pause(long deadline, String why) {
    if (System.nanoTime() > deadline) {
      throw new DatabaseFailedException(
          "the database in %s is not ready after %d s: %s; see %s"
              .formatted(directory, PATIENCE.toSeconds(), why, files.log()));
    }
    try {
      Thread.sleep(STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseFailedException("interrupted while the database is waited for", e);
    }
  }
}
