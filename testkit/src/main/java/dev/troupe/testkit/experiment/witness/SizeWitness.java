package dev.troupe.testkit.experiment.witness;

import dev.troupe.testkit.experiment.witness.Testimony.MemberSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Measures members from outside, as the kernel tells it.
final class SizeWitness implements AutoCloseable {

  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration END = Duration.ofSeconds(10);

  private final Path processes;
  private final Supplier<Map<String, Long>> members;
  private final LongSupplier nanos;
  private final List<MemberSize> sizes = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean running = true;

  /// @param processes where the kernel tells of each, by its number
  /// @param members the process of each that is there, by its name
  /// @param nanos the clock of clients
  SizeWitness(Path processes, Supplier<Map<String, Long>> members, LongSupplier nanos) {
    this.processes = processes;
    this.members = members;
    this.nanos = nanos;
    this.thread = Thread.ofVirtual().name("sizes of members").start(this::run);
  }

  private void run() {
    while (running) {
      members.get().forEach((member, process) -> look(member, process).ifPresent(sizes::add));
      LockSupport.parkNanos(EVERY.toNanos());
    }
  }

  private Optional<MemberSize> look(String member, long process) {
    var place = processes.resolve(Long.toString(process));
    try (var files = Files.list(place.resolve("fd"))) {
      var status = Files.readAllLines(place.resolve("status"));
      long kilobytes = number(status, "VmRSS:");
      return kilobytes == 0
          ? Optional.empty()
          : Optional.of(
              new MemberSize(
                  member,
                  process,
                  nanos.getAsLong(),
                  kilobytes,
                  number(status, "Threads:"),
                  files.count()));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static long number(List<String> status, String key) {
    return status.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()).replaceAll("[^0-9]", ""))
        .filter(digits -> !digits.isEmpty())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  List<MemberSize> sizes() {
    return List.copyOf(sizes);
  }

  @Override
  public void close() {
    running = false;
    LockSupport.unpark(thread);
    try {
      thread.join(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
