package dev.troupe.benchmarks.list;

import dev.troupe.benchmarks.client.ApiClient;
import dev.troupe.benchmarks.etcd.EtcdProcess;
import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.load.Contest;
import dev.troupe.benchmarks.load.Contest.Side;
import dev.troupe.benchmarks.load.Disk;
import dev.troupe.benchmarks.load.LoadResult;
import dev.troupe.benchmarks.load.Series;
import dev.troupe.benchmarks.recovery.ProcessStatus;
import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Rounds;
import dev.troupe.benchmarks.server.Creates;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists of many config maps of 1 KB in every shape, what a server holds for them, and for watches
/// that begin with the whole collection; beside etcd's ranges of the same objects, if wanted.
public final class ListBenchmark {

  private static final int MOST_HELD = 16;

  /// A server with 1 GB of heap lets a quarter of it be on its way; lists that nobody reads stay.
  private static final int ROOM_FOR_HELD = 200_000_000;

  private static final int OBJECT_BYTES = 1_300;
  private static final int STREAMS = 100;

  private final Settings settings;
  private final PrintWriter progress;
  private final TroupeProcess server;
  private final @Nullable EtcdProcess etcd;
  private final Disk disk;
  private final Report report = new Report();

  /// @param objects how many are listed
  /// @param clients a row for each number of clients that list at once
  /// @param watchers how many watches begin with everything; 0 for none
  /// @param bare whether the same objects are listed without owners as well
  public record Settings(
      int objects, List<Integer> clients, int watchers, boolean bare, Rounds rounds) {}

  private ListBenchmark(
      Settings settings, PrintWriter progress, TroupeProcess server, @Nullable EtcdProcess etcd) {
    this.settings = settings;
    this.progress = progress;
    this.server = server;
    this.etcd = etcd;
    disk = Disk.below(server.kubeconfig());
  }

  public static Report run(Path directory, Settings settings, PrintWriter progress) {
    try (var server = server(directory)) {
      return new ListBenchmark(settings, progress, server, null).run();
    }
  }

  /// @throws java.io.UncheckedIOException if there is no etcd
  public static Report againstEtcd(Path directory, Settings settings, PrintWriter progress) {
    progress.println(
        "lists over HTTPS, against ranges of etcd " + EtcdProcess.version() + " over gRPC");
    try (var etcd = EtcdProcess.start(directory.resolve("etcd"));
        var server = server(directory)) {
      ListedObjects.put(etcd, settings.objects());
      return new ListBenchmark(settings, progress, server, etcd).run();
    }
  }

  private static TroupeProcess server(Path directory) {
    return TroupeProcess.up(directory.resolve("data"), 0, "--nodes", "0");
  }

  private Report run() {
    progress.println("creating " + settings.objects() + " config maps");
    ListedObjects.create(server, settings.objects());
    if (settings.bare()) {
      progress.println("and as many without owners");
      ListedObjects.createBare(server, settings.objects());
    }
    for (var shape : ListVariety.values()) {
      var held = held(shape);
      for (int clients : settings.clients()) {
        lists(shape, clients, held);
      }
    }
    if (settings.watchers() > 0) {
      watches();
    }
    return report;
  }

  private HeldAnswers held(ListVariety shape) {
    int fit = ROOM_FOR_HELD / OBJECT_BYTES / settings.objects();
    int count = Math.clamp(fit, 1, MOST_HELD);
    try (var client = new ApiClient(server.kubeconfig(), count)) {
      return HeldAnswers.measure(server, client, count, Creates.PATH + shape.query, shape.accept);
    }
  }

  private void lists(ListVariety shape, int clients, HeldAnswers held) {
    var bytes = new ArrayList<Long>();
    var sides = new ArrayList<Side>();
    sides.add(Side.of("lists", () -> lists(shape, clients, Creates.PATH, bytes)));
    if (settings.bare()) {
      var bare = new ArrayList<Long>();
      sides.add(Side.of("bare", () -> lists(shape, clients, ListedObjects.BARE, bare)));
    }
    if (etcd != null && shape.range) {
      var peer = etcd;
      sides.add(Side.of("etcd", () -> ranges(peer, shape, clients)));
    }
    long before = ProcessStatus.residentKilobytes(server.pid());
    ProcessStatus.resetPeak(server.pid());
    var series =
        Contest.run(shape.title + ", " + clients + " at once", settings.rounds(), sides, progress);
    long grown = ProcessStatus.peakKilobytes(server.pid()) - before;
    var own = series.getFirst();
    double megabytes = bytes.getLast() / 1e6;
    row(
        shape.title,
        clients,
        Figures.of(own, megabytes, grown, held.heapEach()),
        series.subList(settings.bare() ? 2 : 1, series.size()),
        settings.bare() ? series.get(1) : null,
        own);
  }

  private LoadResult lists(ListVariety shape, int clients, String path, List<Long> bytes) {
    try (var lists = new Lists(server, clients, path, shape)) {
      var result = ClosedLoop.runToTheEnd(lists, clients, settings.rounds().length(), disk);
      bytes.add(lists.bytes() / result.latencies().getTotalCount());
      return result;
    }
  }

  private LoadResult ranges(EtcdProcess peer, ListVariety shape, int clients) {
    try (var ranges = new EtcdRanges(peer, clients, shape, settings.objects())) {
      return ClosedLoop.runToTheEnd(ranges, clients, settings.rounds().length(), disk);
    }
  }

  private void watches() {
    int count = settings.watchers();
    progress.println(count + " watches that begin with everything");
    int connections = Math.ceilDiv(count, STREAMS);
    try (var client = new ApiClient(server.kubeconfig(), connections, STREAMS)) {
      var held =
          HeldAnswers.measure(
              server,
              client,
              count,
              Creates.PATH + "?watch=true&resourceVersion=0",
              ApiClient.JSON);
      row("watches from 0, begun", count, Figures.of(held), List.of(), null, new Series());
    }
  }

  private void row(
      String title,
      int clients,
      Figures figures,
      List<Series> peer,
      @Nullable Series bare,
      Series own) {
    var row = report.row().put("list", title).put("clients", clients);
    figures.into(row);
    if (settings.bare()) {
      Figures.bare(row, bare, own);
    }
    if (etcd != null) {
      Figures.peer(row, peer, own);
    }
  }
}
