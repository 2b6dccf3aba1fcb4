package dev.troupe.runtime.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.controller.logic.state.PositionFormat;
import dev.troupe.runtime.controller.platform.PlatformActivities;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.controller.work.Activities;
import dev.troupe.runtime.member.Member;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.RefusingStore;
import dev.troupe.runtime.store.TestJournal;
import dev.troupe.runtime.store.TestSnapshots;
import dev.troupe.runtime.store.WriteCause;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import io.fabric8.kubernetes.api.model.Node;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a controller looks at when it begins again, with its member or without.
class HostRestartTest {

  private static final TypeRef NODES = TypeRef.core("nodes");
  private static final PartitionId PARTITION =
      new PartitionId(new TypeRef(PartitionId.CONTROLLERS, "glances"), 0);

  private final RefusingStore store =
      new RefusingStore(new InMemoryEventStore(InstantSource.system()));
  private final ConcurrentLinkedQueue<String> glances = new ConcurrentLinkedQueue<>();
  private final ExecutorService workers = Executors.newFixedThreadPool(2);
  private Member member = started("1");

  @AfterEach
  void stop() {
    member.close();
    workers.shutdown();
  }

  @Test
  void whatHasNotChangedSinceIsNotReconciledAfterARestart() {
    write("first");
    write("second");
    untilPositionIsAt(write("third"), "1");

    restart("1");
    untilPositionIsAt(write("second"), "1");

    assertThat(glances).containsOnly("second");
  }

  @Test
  void otherRevisionReconcilesEverything() {
    write("first");
    untilPositionIsAt(write("second"), "1");

    restart("2");
    untilPositionIsAt(write("second"), "2");

    assertThat(glances).contains("first", "second");
  }

  @Test
  void hostGoesOnAfterManyOfItsDecisionsWereRefusedAtOnce() throws InterruptedException {
    store.hold(PARTITION);
    long last = 0;
    for (int i = 0; i < 8; i++) {
      last = write("remembered-" + i);
    }
    store.awaitHeldEvent(PARTITION);
    store.answer(Outcome.NO_ROOM);
    store.release(PARTITION);
    store.awaitRefused(PARTITION, 20);
    store.answer(Outcome.STORED);

    untilPositionIsAt(last, "1");
    var decisions = new ArrayList<String>();
    store.scan(PARTITION, Long.MAX_VALUE, decision -> decisions.add(decision.key().name()));
    assertThat(decisions).hasSize(8);
  }

  private void restart(String revision) {
    member.close();
    glances.clear();
    member = started(revision);
  }

  private Member started(String revision) {
    var config =
        ConfigFactory.parseMap(
            Map.of(
                "troupe.journal.class", TestJournal.class.getName(),
                "troupe.snapshots.class", TestSnapshots.class.getName()));
    var registry = ResourceRegistry.standard();
    var started = Member.start(config, registry, StandardMutator.standard(), store);
    started.ready().toCompletableFuture().join();
    var platform = new PlatformActivities(started.resources(), registry, started.time());
    var _ =
        Controllers.start(
            started.hosts(),
            new ControllerRegistration(
                List.of(new Glances()), List.of(), new Activities(platform), revision),
            started.resources(),
            registry,
            workers,
            started.time(),
            new Random(1),
            HostSettings.DEFAULT);
    return started;
  }

  /// Everything that is to be done about what was written at or below the version is done then.
  private void untilPositionIsAt(long version, String revision) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (position(revision) < version) {
      assertThat(System.nanoTime()).as("no position is kept").isLessThan(end);
      try {
        Thread.sleep(Duration.ofMillis(20));
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
  }

  private long position(String revision) {
    byte[] kept = store.fact(PARTITION, PositionFormat.FACT);
    return PositionFormat.decode(kept, revision, Set.of(NODES))
        .map(position -> position.of(NODES))
        .orElse(0L);
  }

  /// @return the object's version
  private long write(String name) {
    var planned =
        ControllerJson.object(
            "{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"%s\",\"labels\":{\"at\":\"%d\"}}}"
                .formatted(name, System.nanoTime())
                .getBytes(StandardCharsets.UTF_8));
    var now = Instant.now();
    var request =
        new MutationRequest(
            new ResourceKey(NODES, "", name),
            "v1",
            Subresources.WHOLE,
            new Mutation.Merge(planned),
            MutationRequest.Options.DEFAULT,
            new MutationRequest.Facts(now, UUID.randomUUID().toString(), null));
    var cause = WriteCause.user("test", "", "apply");
    var reply =
        member
            .resources()
            .write(new WriteRequest(request, cause, "", 0, now.plusSeconds(30)))
            .toCompletableFuture()
            .join();
    assertThat(reply).isInstanceOf(WriteReply.Written.class);
    return ((WriteReply.Written) reply).version();
  }

  private final class Glances implements Controller<Node> {

    @Override
    public Class<Node> resource() {
      return Node.class;
    }

    @Override
    public String name() {
      return "glances";
    }

    @Override
    public Plan reconcile(Node node, View view, Cause cause) {
      glances.add(node.getMetadata().getName());
      return node.getMetadata().getName().startsWith("remembered")
          ? Plan.nothing().timer("later", Duration.ofHours(1))
          : Plan.nothing();
    }
  }
}
