package dev.troupe.runtime.member;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.troupe.runtime.collection.CollectionPartition;
import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.RefusingStore;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/// What the log tells of partitions that change their member: each line has partition and epoch as
/// fields of their own.
@Timeout(60)
class PartitionLinesTest {

  private final RefusingStore store =
      new RefusingStore(new InMemoryEventStore(InstantSource.system()));
  private final Logger logger = (Logger) LoggerFactory.getLogger(CollectionPartition.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  /// A line, by its fields.
  private record Line(Level level, String partition, long epoch, String text) {}

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  private List<Line> lines() {
    List<ILoggingEvent> all;
    synchronized (lines) {
      all = List.copyOf(lines.list);
    }
    return all.stream().map(PartitionLinesTest::line).toList();
  }

  private static Line line(ILoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    assertThat(pairs).as(event.getFormattedMessage()).isNotNull();
    Map<String, Object> fields =
        pairs.stream().collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
    return new Line(
        event.getLevel(),
        String.valueOf(fields.get("partition")),
        Long.parseLong(String.valueOf(fields.get("epoch"))),
        event.getFormattedMessage());
  }

  /// Those that the line tells of with which an epoch of a partition begins.
  private Map<String, Long> times(PartitionId partition, long epoch) {
    var begins = info(partition, epoch, " is served here from now on, in epoch ");
    List<ILoggingEvent> all;
    synchronized (lines) {
      all = List.copyOf(lines.list);
    }
    return all.stream()
        .filter(event -> line(event).equals(begins))
        .flatMap(event -> event.getKeyValuePairs().stream())
        .filter(pair -> !pair.key.equals("partition") && !pair.key.equals("epoch"))
        .collect(Collectors.toMap(pair -> pair.key, pair -> (Long) pair.value));
  }

  private List<Line> of(PartitionId partition) {
    return lines().stream().filter(line -> line.partition().equals(partition.toString())).toList();
  }

  private void await(PartitionId partition, Line line) throws InterruptedException {
    while (!of(partition).contains(line)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static Line info(PartitionId partition, long epoch, String text) {
    return new Line(Level.INFO, partition.toString(), epoch, partition + text + epoch);
  }

  private static long epoch(Member member, PartitionId partition) {
    return member.overview(List.of()).partitions().stream()
        .filter(report -> report.id().equals(partition))
        .mapToLong(PartitionReport::epoch)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void takeoverHandoverAndFencingAreFoundByPartitionAndEpoch() throws Exception {
    try (var trio = Trio.start(store, 0, 0, 0)) {
      var leaving = trio.get(2);
      var partition = Trio.partition(trio.namespaceAt(leaving));
      long epoch = epoch(leaving, partition);

      trio.leave(leaving);

      await(partition, info(partition, epoch + 1, " is served here from now on, in epoch "));
      assertThat(of(partition))
          .containsSubsequence(
              info(partition, epoch, " is served here from now on, in epoch "),
              info(partition, epoch, " is to leave: takes no more writes in epoch "),
              info(partition, epoch, " is handed over: closes epoch "),
              info(partition, epoch + 1, " is served here from now on, in epoch "));
      assertThat(times(partition, epoch + 1))
          .containsOnlyKeys("allocated", "opened", "scanned")
          .satisfies(times ->
              assertThat(List.of(times.get("allocated"), times.get("opened"), times.get("scanned")))
                  .isSorted());

      fenced(trio);
    }
  }

  private void fenced(Trio trio) throws Exception {
    var member = trio.get(0);
    var namespace = trio.namespaceAt(member);
    var partition = Trio.partition(namespace);
    long epoch = epoch(member, partition);
    store.answer(EventStore.Outcome.FENCED);
    var write =
        Writes.at(member.time().instant()).in(namespace).withUidsEnding(namespace).create("f", "a");
    var answer = member.resources().write(write);

    var text = " is over: somebody has opened a later one";
    await(
        partition,
        new Line(
            Level.WARN,
            partition.toString(),
            epoch,
            "%s epoch %d%s".formatted(partition, epoch, text)));
    store.answer(EventStore.Outcome.STORED);
    answer.toCompletableFuture().join();
  }
}
