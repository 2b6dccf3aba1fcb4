package dev.troupe.benchmarks.soak;

import dev.troupe.benchmarks.recovery.Heap;
import dev.troupe.benchmarks.recovery.ProcessStatus;
import dev.troupe.benchmarks.recovery.StoreFiles;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/// What a server holds at one moment.
record Footprint(Map<Measure, Long> values) {

  private static final long NOT_JUDGED = Long.MAX_VALUE / 2;

  /// What is measured.
  enum Measure {
    HEAP("heap in use, KB", 0),
    RESIDENT("resident memory, KB", 0),
    THREADS("threads", 2),
    FILES("open files", 4),
    LOG("log, KB", 16),
    /// Not judged: events are kept for as long as retention says, which is longer than any soak.
    EVENTS("event store, KB", NOT_JUDGED);

    final String title;

    /// So much is noise, however little there was at the beginning.
    final long allowance;

    Measure(String title, long allowance) {
      this.title = title;
      this.allowance = allowance;
    }

    String verdict(boolean kept) {
      if (allowance == NOT_JUDGED) {
        return "kept by retention";
      }
      return kept ? "as at the beginning" : "has grown";
    }

    /// Whether it is as at its beginning within a tenth. Less is fine.
    boolean isKept(long beginning, long end) {
      return end <= beginning + Math.max(beginning / 10, allowance);
    }
  }

  /// @param data the directory of the server
  static Footprint of(TroupeProcess server, Path data) {
    var process = Path.of("/proc", Long.toString(server.pid()));
    var values = new EnumMap<Measure, Long>(Measure.class);
    // First, because it collects: what nobody has looked at yet is neither kept nor given back.
    values.put(Measure.HEAP, Heap.usedBytes(server.pid()) / 1024);
    values.put(Measure.RESIDENT, ProcessStatus.residentKilobytes(server.pid()));
    values.put(Measure.THREADS, ProcessStatus.threads(server.pid()));
    values.put(Measure.FILES, openFiles(process));
    values.put(Measure.LOG, (long) server.log().getBytes(StandardCharsets.UTF_8).length / 1024);
    values.put(Measure.EVENTS, StoreFiles.bytes(data.resolve("store")) / 1024);
    return new Footprint(values);
  }

  long value(Measure measure) {
    return values.getOrDefault(measure, 0L);
  }

  /// What a reader sees: `heap in use, KB: 70000, …`.
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey().title + ": " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static long openFiles(Path process) {
    try (var files = Files.list(process.resolve("fd"))) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
