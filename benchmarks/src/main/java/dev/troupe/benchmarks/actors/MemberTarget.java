package dev.troupe.benchmarks.actors;

import com.typesafe.config.ConfigFactory;
import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.load.LoadTarget;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.member.Member;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.store.EventStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/// Updates through partition and resource actors of a member in this process, on any store.
final class MemberTarget implements LoadTarget {

  private static final Map<String, Object> QUIET =
      Map.of(
          "pekko.loggers", List.of("org.apache.pekko.event.slf4j.Slf4jLogger"),
          "pekko.loglevel", "WARNING",
          "pekko.stdout-loglevel", "OFF",
          "pekko.cluster.jmx.enabled", "off");

  private final EventStore store;
  private final LongSupplier syncs;
  private final Member member;

  /// @param store is closed with this
  /// @param syncs of the store so far
  MemberTarget(EventStore store, LongSupplier syncs) {
    this.store = store;
    this.syncs = syncs;
    var type = ResourceRegistry.standard().find(ActorWrites.COLLECTION).orElseThrow();
    member =
        Member.start(
            ConfigFactory.parseMap(QUIET),
            new ResourceRegistry(List.of(type)),
            StandardMutator.standard(),
            store);
    member.ready().toCompletableFuture().join();
  }

  /// Creates the objects that are updated afterwards.
  void createObjects() {
    ClosedLoop.fill(new Creation(this), 64, ActorWrites.OBJECTS);
  }

  @Override
  public CompletionStage<?> store(long number) {
    return member
        .resources()
        .write(ActorWrites.update(number, member.time().instant()))
        .thenAccept(MemberTarget::checkWritten);
  }

  private CompletionStage<?> create(long number) {
    return member
        .resources()
        .write(ActorWrites.create(number, member.time().instant()))
        .thenAccept(MemberTarget::checkWritten);
  }

  private static void checkWritten(WriteReply reply) {
    if (!(reply instanceof WriteReply.Written)) {
      throw new IllegalStateException("not written: " + reply);
    }
  }

  @Override
  public long syncs() {
    return syncs.getAsLong();
  }

  @Override
  public void close() {
    member.close();
    store.close();
  }

  private record Creation(MemberTarget member) implements LoadTarget {

    @Override
    public CompletionStage<?> store(long number) {
      return member.create(number);
    }

    @Override
    public Executor writers() {
      return member.writers();
    }

    @Override
    public long syncs() {
      return member.syncs();
    }

    @Override
    public Optional<ProcessHandle> process() {
      return member.process();
    }

    @Override
    public void close() {
      // The member goes on.
    }
  }
}
