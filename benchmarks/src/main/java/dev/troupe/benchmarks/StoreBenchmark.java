package dev.troupe.benchmarks;

import com.typesafe.config.ConfigFactory;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.persistence.embedded.EmbeddedEventStore;
import dev.troupe.persistence.embedded.EmbeddedSettings;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;

/// Appends of 1.5 KB per second to the embedded event store, in process and without Pekko, beside a
/// bare loop that writes and syncs the same number of bytes per sync.
final class StoreBenchmark {

  private static final int[] WRITERS = {1, 64, 256, 1_024};
  private static final int BODY_BYTES = 1_536;
  private static final int RESOURCES = 10_000;
  private static final long BARE_FILE_BYTES = 256L << 20;
  private static final PartitionId PARTITION = new PartitionId(TypeRef.core("configmaps"), 0);

  private StoreBenchmark() {}

  static Report run(Path directory, int rounds, Duration length, PrintWriter progress) {
    var report = new Report();
    for (int writers : WRITERS) {
      measure(directory.resolve("warm-up-" + writers), writers, length);
      var appends = new double[rounds];
      var bare = new double[rounds];
      var ratios = new double[rounds];
      var results = new ArrayList<Result>();
      for (int round = 0; round < rounds; round++) {
        var result = measure(directory.resolve(writers + "-" + round), writers, length);
        results.add(result);
        appends[round] = result.perSecond();
        bare[round] = bareLoop(directory.resolve("bare"), result.perCommit(), length);
        ratios[round] = appends[round] / bare[round];
        progress.printf(
            "%d writers, round %d: %.0f/s, bare %.0f/s%n",
            writers, round + 1, appends[round], bare[round]);
      }
      var middle = results.get(rounds / 2);
      report.row(
          "writers",
          writers,
          "appends/s",
          Spread.of(appends).median(),
          "range",
          Spread.of(appends).range(),
          "p50 ms",
          middle.p50Millis(),
          "p99 ms",
          middle.p99Millis(),
          "appends/sync",
          middle.perCommit(),
          "bare/s",
          Spread.of(bare).median(),
          "ratio",
          Spread.of(ratios).median());
    }
    return report;
  }

  private record Result(double perSecond, double perCommit, double p50Millis, double p99Millis) {}

  private static Result measure(Path directory, int writers, Duration length) {
    var settings = EmbeddedSettings.from(ConfigFactory.load());
    try (var store =
        EmbeddedEventStore.open(directory, settings, InstantSource.system(), _ -> {})) {
      var opened = store.open(PARTITION).toCompletableFuture().join();
      return measure(store, opened.epoch(), writers, length);
    } finally {
      delete(directory);
    }
  }

  private static Result measure(
      EmbeddedEventStore store, long epoch, int writers, Duration length) {
    var histogram = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(1), 3);
    var counter = new AtomicLong();
    var done = new CountDownLatch(writers);
    long commits = store.commits();
    long start = System.nanoTime();
    long end = start + length.toNanos();
    for (int writer = 0; writer < writers; writer++) {
      Thread.ofVirtual()
          .start(() -> {
            while (System.nanoTime() < end) {
              long before = System.nanoTime();
              append(store, epoch, counter.incrementAndGet());
              histogram.recordValue(System.nanoTime() - before);
            }
            done.countDown();
          });
    }
    await(done);
    double seconds = (System.nanoTime() - start) / 1e9;
    double count = histogram.getTotalCount();
    return new Result(
        count / seconds,
        count / (store.commits() - commits),
        histogram.getValueAtPercentile(50) / 1e6,
        histogram.getValueAtPercentile(99) / 1e6);
  }

  private static void append(EventStore store, long epoch, long number) {
    var group = new Group(PARTITION, epoch, List.of(event(epoch, number)), Map.of());
    var outcomes = store.append(List.of(group)).toCompletableFuture().join();
    // Two writers may overtake each other on one resource.
    if (outcomes.getFirst() == Outcome.FENCED) {
      throw new IllegalStateException("fenced");
    }
  }

  private static EventRecord event(long epoch, long number) {
    long resource = number % RESOURCES;
    return new EventRecord(
        PARTITION,
        epoch,
        Version.atMillis(number),
        Version.atMillis(Math.max(0, number - RESOURCES)),
        number / RESOURCES + 1,
        EventRecord.Type.UPDATED,
        new ResourceKey(PARTITION.collection(), "default", "object-" + resource),
        "3d6c6f0e-5d4c-4f0a-9d2b-0d1f3c5b7a99",
        new byte[BODY_BYTES],
        Map.of("app", "bench"),
        Map.of(),
        WriteCause.user("admin", "bench", "update"),
        "",
        number);
  }

  /// What the disk can do: one write and one sync at a time, over blocks that are there already.
  private static double bareLoop(Path file, double perSync, Duration length) {
    int bytes = (int) (perSync * (BODY_BYTES + 150));
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (long at = channel.size(); at < BARE_FILE_BYTES; at += 1 << 20) {
        channel.write(ByteBuffer.allocate(1 << 20), at);
      }
      channel.force(true);
      return syncs(channel, new byte[bytes], length) * perSync;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static double syncs(FileChannel channel, byte[] bytes, Duration length)
      throws IOException {
    long start = System.nanoTime();
    long end = start + length.toNanos();
    long at = 0;
    long syncs = 0;
    while (System.nanoTime() < end) {
      if (at + bytes.length > BARE_FILE_BYTES) {
        at = 0;
      }
      channel.write(ByteBuffer.wrap(bytes), at);
      channel.force(false);
      at += bytes.length;
      syncs++;
    }
    return syncs / ((System.nanoTime() - start) / 1e9);
  }

  private static void await(CountDownLatch done) {
    try {
      done.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("stopped while measuring", interrupted);
    }
  }

  private static void delete(Path directory) {
    try (var files = Files.list(directory)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
