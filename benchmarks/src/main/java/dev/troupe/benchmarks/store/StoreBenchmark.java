package dev.troupe.benchmarks.store;

import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Rounds;
import dev.troupe.benchmarks.report.Spread;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/// Appends of 1.5 KB per second to the embedded event store, in process and without Pekko: beside a
/// bare loop that writes and syncs the same number of bytes per sync, and a peer, in turn. Each
/// starts empty in each round.
public final class StoreBenchmark {

  private static final int[] WRITERS = {1, 16, 64, 256, 1_024};

  private final Path directory;
  private final Rounds rounds;
  private final Optional<Peer> peer;
  private final Optional<StoreUnderTest.Kind> other;
  private final PrintWriter progress;
  private final Report report = new Report();

  private StoreBenchmark(Path directory, Rounds rounds, Optional<Peer> peer, PrintWriter progress) {
    this.directory = directory;
    this.rounds = rounds;
    this.peer = peer;
    this.other = peer.map(Peer::kind);
    this.progress = progress;
  }

  public static Report run(
      Path directory, Rounds rounds, Optional<Peer> peer, PrintWriter progress) {
    var benchmark = new StoreBenchmark(directory, rounds, peer, progress);
    benchmark.introduce();
    for (int writers : WRITERS) {
      benchmark.measure(writers);
    }
    return benchmark.report;
  }

  private void introduce() {
    progress.println(
        EmbeddedUnderTest.KIND.name()
            + other.map(kind -> ", against " + kind.name()).orElse("")
            + "; the first round of each row is not counted");
  }

  private void measure(int writers) {
    var ours = new Series();
    var theirs = new Series();
    var bare = new double[rounds.count()];
    var ofBare = new double[rounds.count()];
    for (int round = -1; round < rounds.count(); round++) {
      var own = load(EmbeddedUnderTest.KIND, writers);
      var peers = other.map(kind -> load(kind, writers));
      double limit = BareLoop.perSecond(directory.resolve("bare"), own.perSync(), rounds.length());
      if (round >= 0) {
        ours.add(own);
        peers.ifPresent(theirs::add);
        bare[round] = limit;
        ofBare[round] = own.perSecond() / limit;
      }
      tell(writers, round, own, peers, limit);
    }
    var row =
        report
            .row()
            .put("writers", writers)
            .put("appends/s", ours.of(Load::perSecond))
            .put("p50 ms", ours.median(load -> load.millisAt(50)))
            .put("p99 ms", ours.of(load -> load.millisAt(99)))
            .put("appends/sync", ours.median(Load::perSync))
            .put("cores", ours.median(Load::clientCores))
            .put("bare/s", Spread.of(bare));
    peer.ifPresentOrElse(
        other -> compare(row, other.name(), ours, theirs).put("ratio to bare", Spread.of(ofBare)),
        () -> row.put("ratio", Spread.of(ofBare)));
  }

  private static Report.Row compare(Report.Row row, String peer, Series ours, Series theirs) {
    return row.put(peer + "/s", theirs.of(Load::perSecond))
        .put(peer + " p50 ms", theirs.median(load -> load.millisAt(50)))
        .put(peer + " p99 ms", theirs.of(load -> load.millisAt(99)))
        .put(peer + "/sync", theirs.median(Load::perSync))
        .put(peer + " cores", theirs.median(Load::serverCores))
        .put(peer + " client cores", theirs.median(Load::clientCores))
        .put("ratio", ours.over(theirs, Load::perSecond))
        .put("p99 ratio", ours.over(theirs, load -> load.millisAt(99)));
  }

  private void tell(int writers, int round, Load own, Optional<Load> other, double limit) {
    progress.printf(
        "%d writers, %s: embedded %.0f/s%s, bare %.0f/s%n",
        writers,
        round < 0 ? "warm-up" : "round " + (round + 1),
        own.perSecond(),
        other.map(load -> ", %s %.0f/s".formatted(peer.orElseThrow(), load.perSecond())).orElse(""),
        limit);
    progress.flush();
  }

  private Load load(StoreUnderTest.Kind kind, int writers) {
    var files = directory.resolve("store");
    try (var store = kind.starter().start(files, writers)) {
      return ClosedLoop.run(store, writers, rounds.length());
    } finally {
      delete(files);
    }
  }

  private static void delete(Path directory) {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
