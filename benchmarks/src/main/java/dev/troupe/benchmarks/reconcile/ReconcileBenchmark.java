package dev.troupe.benchmarks.reconcile;

import dev.troupe.benchmarks.client.ApiClient;
import dev.troupe.benchmarks.load.OpenLoop;
import dev.troupe.benchmarks.reconcile.ProbedSide.Kind;
import dev.troupe.benchmarks.reconcile.ProbedSide.Reconciled;
import dev.troupe.benchmarks.recovery.Heap;
import dev.troupe.benchmarks.report.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Changes of services at a fixed rate, and how long each takes from when it was due to the
/// reconcile that it calls for.
public final class ReconcileBenchmark {

  private static final String PATH = "/api/v1/namespaces/default/services";
  private static final int CONNECTIONS = 32;
  private static final double MOST_WAIT_MILLIS = 1_000;
  private static final int DOUBLED = 2;
  private static final double MEGABYTE = 1 << 20;

  /// Shown as empty cells.
  private static final Reconciled NOTHING = new Reconciled(0, Double.NaN, Double.NaN, Double.NaN);

  /// @param kinds who reconciles, one after the other
  /// @param rates changes in a second
  /// @param seconds how long changes are made at each rate
  /// @param objects that are changed, one after the other
  /// @param held how many objects there are when heaps are measured; 0 not to
  /// @param highest up to which rate the highest one is looked for
  /// @param library where the jars of the Java Operator SDK are
  /// @param workers how many reconcile at once
  public record Settings(
      List<Kind> kinds,
      List<Integer> rates,
      int seconds,
      int objects,
      int held,
      int highest,
      Path library,
      int workers) {}

  private final Settings settings;
  private final PrintWriter progress;
  private final Report report = new Report();

  private ReconcileBenchmark(Settings settings, PrintWriter progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /// Those of Troupe.
  public static List<Kind> ours() {
    return List.of(Kind.MEMBER, Kind.HTTPS);
  }

  /// The same, and the Java Operator SDK.
  public static List<Kind> againstJosdk() {
    return List.of(Kind.MEMBER, Kind.HTTPS, Kind.JOSDK);
  }

  public static Report run(Path directory, Settings settings, PrintWriter progress) {
    var benchmark = new ReconcileBenchmark(settings, progress);
    for (boolean writes : List.of(false, true)) {
      for (var kind : settings.kinds()) {
        benchmark.side(kind, writes, directory.resolve(kind + "-" + writes));
      }
    }
    return benchmark.report;
  }

  private void side(Kind kind, boolean writes, Path directory) {
    var what = writes ? "one status write" : "no-op";
    progress.println(kind.title() + ", " + what);
    try (var side =
            ProbedSide.start(kind, directory, writes, settings.library(), settings.workers());
        var client = new ApiClient(side.server().kubeconfig(), CONNECTIONS)) {
      fill(client, 0, settings.objects());
      settings.rates().forEach(rate -> changes(client, rate, 1)); // what is compiled late
      var _ = settled(side);
      for (int rate : settings.rates()) {
        row(kind, what, rate, changes(side, client, rate), "");
      }
      if (settings.highest() > 0) {
        row(kind, what + ", most with p99 ≤ 1 s", highest(side, client), NOTHING, "");
      }
      if (settings.held() > 0 && !writes) {
        held(kind, side, client);
      }
    }
  }

  private void row(Kind kind, String what, int rate, Reconciled delays, Object heap) {
    progress.println(kind.title() + ", " + what + ", " + rate + "/s: " + delays + " " + heap);
    report
        .row()
        .put("reconcile", what)
        .put("by", kind.title())
        .put("changes/s", rate == 0 ? "" : rate)
        .put("p50 ms", delays.p50Millis())
        .put("p99 ms", delays.p99Millis())
        .put("max ms", delays.maxMillis())
        .put("reconciled", delays.count() == 0 ? "" : delays.count())
        .put("heap MB", heap);
  }

  private Reconciled changes(ProbedSide side, ApiClient client, int rate) {
    changes(client, rate, settings.seconds());
    return settled(side);
  }

  /// What is still waiting is waited for: until nothing was reconciled for a while.
  private static Reconciled settled(ProbedSide side) {
    var first = side.take();
    var all = first;
    do {
      pause();
      first = side.take();
      all =
          new Reconciled(
              all.count() + first.count(),
              first.count() > all.count() ? first.p50Millis() : all.p50Millis(),
              Math.max(all.p99Millis(), first.count() > 0 ? first.p99Millis() : 0),
              Math.max(all.maxMillis(), first.maxMillis()));
    } while (first.count() > 0);
    return all;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while measuring", e);
    }
  }

  /// Returns when the last change was answered.
  private void changes(ApiClient client, int rate, int seconds) {
    var flight = new AtomicInteger();
    var failures = new ConcurrentLinkedQueue<Throwable>();
    OpenLoop.run(
        rate * seconds,
        rate,
        (number, due) -> {
          flight.incrementAndGet();
          long lag = (System.nanoTime() - due) / 1_000;
          var name = name(number % settings.objects());
          client
              .apply(
                  PATH + "/" + name + "?fieldManager=load&force=true",
                  changed(name, ProbeStats.now() - Math.max(0, lag)))
              .onComplete(answer -> {
                if (answer.failed()) {
                  failures.add(answer.cause());
                }
                flight.decrementAndGet();
              });
        });
    while (flight.get() > 0) {
      Thread.onSpinWait();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException("a change was refused", failures.peek());
    }
  }

  private int highest(ProbedSide side, ApiClient client) {
    int reached = 0;
    for (int rate = settings.rates().getLast(); rate <= settings.highest(); rate *= DOUBLED) {
      var delays = changes(side, client, rate);
      if (delays.p99Millis() > MOST_WAIT_MILLIS) {
        break;
      }
      reached = rate;
    }
    return reached;
  }

  private void held(Kind kind, ProbedSide side, ApiClient client) {
    fill(client, settings.objects(), settings.held());
    var _ = settled(side);
    long bytes = side.pids().stream().mapToLong(Heap::usedBytes).sum();
    row(kind, settings.held() + " objects", 0, NOTHING, Math.round(bytes / MEGABYTE));
  }

  private static void fill(ApiClient client, int from, int to) {
    for (int number = from; number < to; number++) {
      client
          .create(PATH, service(name(number), ProbeStats.now()))
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    }
  }

  private static String name(int number) {
    return "probe-" + number;
  }

  private static String service(String name, long due) {
    return """
    {"apiVersion":"v1","kind":"Service","metadata":{"name":"%s","annotations":{"%s":"%d"}},
     "spec":{"clusterIP":"None","ports":[{"port":80}]}}\
    """
        .formatted(name, ProbeStats.DUE, due);
  }

  private static String changed(String name, long due) {
    return """
    {"apiVersion":"v1","kind":"Service","metadata":{"name":"%s","annotations":{"%s":"%d"}}}\
    """
        .formatted(name, ProbeStats.DUE, due);
  }
}
