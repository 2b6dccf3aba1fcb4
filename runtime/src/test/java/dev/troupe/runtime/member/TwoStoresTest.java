package dev.troupe.runtime.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.gateway.logic.StoredForms;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.liveness.Terms;
import dev.troupe.runtime.resource.logic.SimpleMutator;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.TestJournal;
import dev.troupe.runtime.store.TestSnapshots;
import dev.troupe.runtime.store.cluster.ClusterStore;
import dev.troupe.runtime.store.cluster.Standing;
import dev.troupe.runtime.store.memory.InMemoryClusterStore;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import dev.troupe.runtime.wire.WireVersions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Members that look for each other and were given different databases: together they cannot be,
/// and beside each other they would be two clusters where one is meant.
class TwoStoresTest {

  private static final Config CONFIG =
      ConfigFactory.parseMap(
          Map.of(
              "troupe.journal.class",
              TestJournal.class.getName(),
              "troupe.snapshots.class",
              TestSnapshots.class.getName(),
              "pekko.cluster.jmx.enabled",
              "off"));

  /// Where all of them are: each takes any port, and is told of itself and the others then.
  private final List<String> seeds = new CopyOnWriteArrayList<>();

  private final List<Member> members = new ArrayList<>();

  @AfterEach
  void stop() {
    members.forEach(Member::close);
  }

  /// A store that tells nothing before its member knows of all seeds.
  private record Withheld(ClusterStore store, CompletableFuture<Void> told)
      implements ClusterStore {

    @Override
    public CompletionStage<Standing> beat(MemberId self) {
      return told.thenCompose(_ -> store.beat(self));
    }

    @Override
    public CompletionStage<Roll> change(Roll next) {
      return store.change(next);
    }

    @Override
    public CompletionStage<Standing> form(MemberId self, Standing seen) {
      return store.form(self, seen);
    }
  }

  /// A member that has just been given a store.
  private record Given(String origin, InMemoryClusterStore roll) {}

  /// Members that begin at once, and know of each other.
  private List<Member> start(Given... stores) {
    var told = new CompletableFuture<Void>();
    var begun = Stream.of(stores).map(store -> begin(store, told)).toList();
    begun.forEach(member -> seeds.add(member.overview(List.of()).seenBy()));
    told.complete(null);
    return begun;
  }

  private Member begin(Given store, CompletableFuture<Void> told) {
    var self =
        new Introduction(
            "1.0", WireVersions.OURS, 0, 0, "here", store.origin(), 0, 0, Map.of(), 0, 0);
    var probes = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var member =
        Member.start(
            CONFIG,
            new ResourceRegistry(List.of(Writes.TYPE)),
            new SimpleMutator(),
            new InMemoryEventStore(InstantSource.system()),
            new Company(
                () -> List.copyOf(seeds),
                () -> self,
                () -> StoredForms.ANY,
                Terms.standard(new Withheld(store.roll(), told), probes, InstantSource.system())));
    members.add(member);
    return member;
  }

  /// @return how it ended; empty if it serves
  private static String outcome(Member member) {
    try {
      member.ready().toCompletableFuture().join();
      return "";
    } catch (CompletionException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  @Test
  void oneOfTwoThatStartOnEmptyStoresIsRefused() {
    var both =
        start(
            new Given("one", new InMemoryClusterStore()),
            new Given("other", new InMemoryClusterStore()));

    var outcomes = both.stream().map(TwoStoresTest::outcome).toList();

    assertThat(outcomes).containsOnlyOnce("");
    assertThat(outcomes)
        .anyMatch(sentence -> sentence.contains("give all members of a cluster the same database"));
    assertThat(outcomes)
        .anyMatch(sentence -> sentence.contains("'one'") && sentence.contains("'other'"));
  }

  /// The store says at once that it may form a cluster, and it has done so before it is heard of.
  @Test
  @Tag("thorough")
  void memberWithAnEmptyStoreIsRefusedByAClusterThatServes() {
    var serving = start(new Given("main", new InMemoryClusterStore())).getFirst();
    assertThat(outcome(serving)).isEmpty();

    var stray = start(new Given("empty", new InMemoryClusterStore())).getFirst();

    assertThatThrownBy(() -> stray.ready().toCompletableFuture().join())
        .hasCauseInstanceOf(Company.TurnedAwayException.class)
        .hasMessageContaining(seeds.getFirst() + " turns this member away")
        .hasMessageContaining("its store is 'empty', and the members here use 'main'");
    assertThat(serving.trouble()).isEmpty();
  }

  /// All were down, and one of them comes back with another database.
  @Test
  @Tag("thorough")
  void emptyStoreYieldsToOneThatHasHadACluster() {
    var used = new InMemoryClusterStore();
    var before = new MemberId("before", 1);
    used.form(before, used.beat(before).toCompletableFuture().join());
    used.change(used.roll().next(Set.of()));

    var both = start(new Given("empty", new InMemoryClusterStore()), new Given("main", used));

    assertThat(outcome(both.getFirst())).contains("its store is 'empty'", "'main'");
    assertThat(outcome(both.getLast())).isEmpty();
  }

  /// As of a database that was copied while nobody ran.
  @Test
  void oneOfTwoThatStartOnCopiesOfOneStoreIsRefused() {
    var both =
        start(
            new Given("main", new InMemoryClusterStore()),
            new Given("main", new InMemoryClusterStore()));

    var outcomes = both.stream().map(TwoStoresTest::outcome).toList();

    assertThat(outcomes).containsOnlyOnce("");
    assertThat(outcomes)
        .anyMatch(sentence -> sentence.contains("one is a copy of the other: give all members"));
  }

  /// It names itself as theirs does, and is let in; but it never shows what they write from then
  /// on.
  @Test
  void memberWithACopyOfTheStoreIsTurnedAwayAsSoonAsTheCopyLacksSomething() {
    var store = new InMemoryClusterStore();
    var serving = start(new Given("main", store)).getFirst();
    assertThat(outcome(serving)).isEmpty();
    var copy = new InMemoryClusterStore();
    var owner = store.roll().members().iterator().next();
    copy.form(owner, copy.beat(owner).toCompletableFuture().join());

    var stray = start(new Given("main", copy)).getFirst();

    stray.ended().toCompletableFuture().join();
    assertThat(stray.failure()).containsInstanceOf(Company.TurnedAwayException.class);
    assertThat(stray.failure().orElseThrow())
        .hasMessageContaining("it is not the store that they use")
        .hasMessageContaining("give all members of a cluster the same database");
  }
}
