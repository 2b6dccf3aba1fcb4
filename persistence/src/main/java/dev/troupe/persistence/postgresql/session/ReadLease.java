package dev.troupe.persistence.postgresql.session;

import dev.troupe.persistence.postgresql.PostgresSettings;
import dev.troupe.runtime.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The right to answer reads without asking the database: whoever cannot know whether another has
/// taken the database over does not have it.
///
/// The session that holds the [SoleUse] is asked again and again who holds it. An answer is good
/// for the lease's length from the moment at which the question was *sent*, as the process may have
/// been frozen since. A successor that finds that its predecessor did not end cleanly waits that
/// long before it opens anything.
///
/// Without the session it is taken again, if nobody else has had it meanwhile.
public final class ReadLease implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReadLease.class);
  private static final int BEATS = 5;

  private final PostgresSettings settings;
  private final Consumer<StoreException> displaced;
  private final Timeline timeline;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("store-lease").daemon().factory());

  private final long holder;
  private final long nanos;
  private volatile SoleUse use;
  private volatile long until;
  private volatile String trouble = "it has not answered yet";
  private volatile boolean over;

  /// @param displaced is told once when another has taken the database over, or the lease will
  ///   never be renewed again
  private ReadLease(
      PostgresSettings settings,
      Timeline timeline,
      SoleUse use,
      SoleUse.Term term,
      Consumer<StoreException> displaced) {
    this.settings = settings;
    this.timeline = timeline;
    this.use = use;
    this.displaced = displaced;
    holder = term.holder();
    nanos = term.lease().toNanos();
    until = System.nanoTime();
  }

  /// Begins the term of a new holder, and waits until no lease of a former one can hold.
  ///
  /// @throws StoreException if the database fails
  public static ReadLease begin(
      PostgresSettings settings,
      Timeline timeline,
      SoleUse use,
      Consumer<StoreException> displaced) {
    try {
      var term = use.begin();
      if (term.afterUncleanEnd()) {
        awaitEndOfFormer(use.takenAt() + term.lease().toNanos());
      }
      use.limitSilence(term.lease());
      var lease = new ReadLease(settings, timeline, use, term, displaced);
      lease.beat();
      long pause = term.lease().toMillis() / BEATS;
      var _ = lease.thread.scheduleWithFixedDelay(lease::beat, pause, pause, TimeUnit.MILLISECONDS);
      return lease;
    } catch (SQLException failure) {
      throw new StoreException(
          "the database " + settings.place() + " failed: " + failure.getMessage(), failure);
    }
  }

  private static void awaitEndOfFormer(long until) {
    try {
      for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
        Thread.sleep(Duration.ofNanos(left));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while the database is opened");
    }
  }

  /// Whether what is known in this process was all that there is when this was called.
  public boolean holds() {
    return System.nanoTime() - until < 0;
  }

  /// Why it does not hold, while it does not.
  public Optional<String> trouble() {
    return holds()
        ? Optional.empty()
        : Optional.of("the database " + settings.place() + " does not answer: " + trouble);
  }

  /// Whatever is thrown here would end the beats for good, and nobody would know.
  private void beat() {
    try {
      if (!over) {
        askOrTakeAgain();
      }
    } catch (RuntimeException bug) {
      tellTrouble(bug);
    } catch (Error fatal) {
      trouble = "its lease cannot be renewed: " + fatal;
      end("the lease of the database %s cannot be renewed: %s".formatted(settings.place(), fatal));
    }
  }

  private void askOrTakeAgain() {
    try {
      long sent = System.nanoTime();
      renewed(use.holder(), sent);
    } catch (SQLException | RuntimeException failure) {
      tellTrouble(failure);
      if (!over) {
        takeAgain();
      }
    }
  }

  /// A driver that throws what it should not has a bug: worth a line of the log, once.
  private void tellTrouble(Exception failure) {
    var words = String.valueOf(failure.getMessage());
    if (failure instanceof RuntimeException && !words.equals(trouble)) {
      LOG.error("the lease of the database {} is not renewed", settings.place(), failure);
    }
    trouble = words;
  }

  private void renewed(long found, long sent) {
    if (found == holder) {
      until = sent + nanos;
    } else {
      takenOver();
    }
  }

  private void takenOver() {
    trouble = "another Troupe has taken it over";
    end("another Troupe has taken over the database " + settings.place());
  }

  private void end(String why) {
    over = true;
    until = System.nanoTime();
    displaced.accept(new StoreException(why + "; what was acknowledged is stored there"));
  }

  /// While the database still has the session that was lost, nobody else can have taken it: that
  /// session is ended, and the next attempt finds it gone.
  private void takeAgain() {
    var lost = use;
    lost.close();
    try {
      var next = SoleUse.connect(settings, timeline, Duration.ofNanos(nanos));
      use = next;
      if (next.isTaken()) {
        long sent = System.nanoTime();
        renewed(next.holder(), sent);
      } else if (next.holder() != holder) {
        takenOver();
      } else {
        next.endSession(lost);
        next.close();
      }
    } catch (SQLException failure) {
      tellTrouble(failure);
    }
  }

  @Override
  public void close() {
    boolean wasOver = over;
    over = true;
    until = System.nanoTime();
    thread.shutdownNow();
    if (wasOver) {
      use.close();
    } else {
      use.release();
    }
  }
}
