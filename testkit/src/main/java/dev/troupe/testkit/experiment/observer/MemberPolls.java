package dev.troupe.testkit.experiment.observer;

import dev.troupe.testkit.experiment.record.OwnerSpan;
import dev.troupe.testkit.process.Api;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Asks members again and again whether they are ready, and one after the other who has what. Who
/// does not answer within a second is not waited for.
public final class MemberPolls implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration EVERY = Duration.ofMillis(200);

  /// More than it takes to ask all once.
  private static final Duration END = Duration.ofSeconds(15);

  /// A member to ask.
  ///
  /// @param address how the others call it: host and port
  public record Asked(String name, String address, Api api) {}

  private final List<Asked> members = new CopyOnWriteArrayList<>();
  private final LongSupplier micros;
  private final Set<String> ready = ConcurrentHashMap.newKeySet();
  private final OwnerSpans spans = new OwnerSpans();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private volatile Map<String, PartitionHolding> holdings = Map.of();
  private volatile boolean running = true;

  /// @param micros since the run began
  public MemberPolls(LongSupplier micros) {
    this.micros = micros;
  }

  /// Asks one more from now on.
  public void add(Asked member) {
    members.add(member);
    threads.add(Thread.ofVirtual().start(() -> repeat(() -> askWhetherReady(member))));
    if (members.size() == 1) {
      threads.add(Thread.ofVirtual().start(() -> repeat(this::askWhoHasWhat)));
    }
  }

  private void repeat(Runnable question) {
    while (running) {
      question.run();
      LockSupport.parkNanos(EVERY.toNanos());
    }
  }

  private void askWhetherReady(Asked member) {
    try {
      if (member.api().get("/readyz", PATIENCE).code() == 200) {
        ready.add(member.name());
        return;
      }
    } catch (UncheckedIOException unanswered) {
      // It is not.
    }
    ready.remove(member.name());
  }

  /// Of whoever answers first.
  private void askWhoHasWhat() {
    for (var member : members) {
      try {
        if (running && ready.contains(member.name())) {
          var answer = member.api().get("/troupe/status", PATIENCE);
          if (answer.code() == 200) {
            told(answer);
            return;
          }
        }
      } catch (UncheckedIOException unanswered) {
        // The next one.
      }
    }
  }

  private void told(Api.Answer answer) {
    var now = new HashMap<String, PartitionHolding>();
    for (var partition : answer.body().path("partitions")) {
      now.put(
          partition.path("partition").asString(),
          new PartitionHolding(
              named(partition.path("owner").asString("")),
              partition.path("serving").asBoolean(false)));
    }
    synchronized (spans) {
      spans.looked(micros.getAsLong(), now);
    }
    holdings = Map.copyOf(now);
  }

  private String named(String owner) {
    return members.stream()
        .filter(member -> owner.endsWith(member.address()))
        .map(Asked::name)
        .findFirst()
        .orElse("");
  }

  /// It was started anew: what it said before counts no more.
  public void forget(String member) {
    ready.remove(member);
  }

  /// Whether a member has just said that it serves.
  public boolean isReady(String member) {
    return ready.contains(member);
  }

  /// By partition, in order, who has it, as it was last told; empty before anybody has told it.
  public Map<String, PartitionHolding> holdings() {
    return new TreeMap<>(holdings);
  }

  /// Whether every partition of a collection is served by somebody.
  public boolean isServed(String collection) {
    var of =
        holdings.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(collection + "#"))
            .toList();
    return !of.isEmpty() && of.stream().allMatch(entry -> entry.getValue().isServed());
  }

  /// Who had what, up to a moment.
  public List<OwnerSpan> owners(long micros) {
    synchronized (spans) {
      return spans.until(micros);
    }
  }

  @Override
  public void close() {
    running = false;
    threads.forEach(LockSupport::unpark);
    try {
      for (var thread : threads) {
        thread.join(END);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
