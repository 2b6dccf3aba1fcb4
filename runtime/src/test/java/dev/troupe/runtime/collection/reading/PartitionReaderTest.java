package dev.troupe.runtime.collection.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.index.Index;
import dev.troupe.runtime.collection.index.Root;
import dev.troupe.runtime.collection.index.Roots;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.protocol.Promise;
import dev.troupe.runtime.collection.waiting.Deliveries;
import dev.troupe.runtime.collection.whereabouts.Here;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Reads of several partitions that do what they are told here.
class PartitionReaderTest {

  private static final TypeRef TYPE = TypeRef.core("configmaps");
  private static final PartitionId GOOD = new PartitionId(TYPE, 0);
  private static final PartitionId ODD = new PartitionId(TYPE, 1);
  private static final List<PartitionId> BOTH = List.of(GOOD, ODD);

  private final PartitionDirectory directory = new PartitionDirectory();
  private final PastStates nothing =
      new PastStates(
          new InMemoryEventStore(InstantSource.system()),
          _ -> IndexEntryReader.of(Writes.TYPE),
          InstantSource.system(),
          Runnable::run);
  private final PartitionReader reader = new PartitionReader(directory, nothing, Runnable::run);
  private final ConcurrentLinkedQueue<ActorSystem<PartitionMessage>> partitions =
      new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    partitions.forEach(ActorSystem::terminate);
  }

  @Test
  void partitionsAreReadAtTheVersionOfTheOneThatIsFarthest() {
    start(GOOD, 100, PartitionReaderTest::settled);
    start(ODD, 300, PartitionReaderTest::settled);

    assertThat(read(200).version()).isEqualTo(300);
    assertThat(read(400).version()).isEqualTo(400);
  }

  /// Very much may have been written between the answer and the look at what was published.
  @Test
  void stateThatIsForgottenBeforeItIsPickedUpIsReplacedByANewerOne() {
    start(GOOD, 300, PartitionReaderTest::settled);
    start(ODD, 100, version -> version == 300 ? newer(version) : settled(version));

    assertThat(read(200).version()).isEqualTo(301);
  }

  @Test
  void partitionsThatDoNotComeToOneVersionAreUnavailable() {
    start(GOOD, 300, PartitionReaderTest::newer);
    start(ODD, 100, PartitionReaderTest::newer);

    assertThatThrownBy(() -> read(200))
        .hasCauseInstanceOf(UnavailableException.class)
        .hasMessageContaining("configmaps");
  }

  /// One has been opened so often that it is further ahead than the other may promise.
  @Test
  void partitionsOfWhichOneIsAheadOfTimeAreUnavailable() {
    start(GOOD, 9_000, PartitionReaderTest::settled);
    start(ODD, 100, version -> version > 5_000 ? new Promise.Ahead(version) : settled(version));

    assertThatThrownBy(() -> read(200)).hasCauseInstanceOf(UnavailableException.class);
  }

  private Snapshot read(long now) {
    return reader.newest(BOTH, now).toCompletableFuture().join();
  }

  private static Promise settled(long version) {
    return new Promise.Given(new Root(Index.EMPTY, version, 0));
  }

  /// Contains everything up to the version, and something else.
  private static Promise newer(long version) {
    return settled(version + 1);
  }

  /// @param answers to who asks for a version; what is given is published, and if it is not that
  ///   version, nothing else is known any more
  private void start(PartitionId id, long version, Function<Long, Promise> answers) {
    var roots = new Roots();
    roots.add(new Root(Index.EMPTY, version, 0));
    var behavior =
        Behaviors.<PartitionMessage>receiveMessage(message -> {
          if (message instanceof PartitionMessage.Ask(var wanted, var replyTo)) {
            var promise = answers.apply(wanted);
            if (promise instanceof Promise.Given(var root)) {
              if (root.version() != wanted) {
                roots.withdraw();
              }
              roots.add(root);
            }
            replyTo.tell(promise);
          }
          return Behaviors.same();
        });
    var partition = ActorSystem.create(behavior, "partition-" + id.number());
    partitions.add(partition);
    directory.arrived(new Here(id, partition, roots, () -> 1, new Deliveries()));
  }
}
