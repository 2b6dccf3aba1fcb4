package dev.troupe.runtime.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.gateway.logic.StoredForms;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.liveness.Terms;
import dev.troupe.runtime.resource.logic.SimpleMutator;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.TestJournal;
import dev.troupe.runtime.store.TestSnapshots;
import dev.troupe.runtime.store.memory.InMemoryClusterStore;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import dev.troupe.runtime.wire.WireVersions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
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

  private final List<Integer> ports = freePorts();
  private final List<String> seeds = ports.stream().map(port -> "127.0.0.1:" + port).toList();
  private final List<Member> members = new CopyOnWriteArrayList<>();

  private static List<Integer> freePorts() {
    try (var one = new ServerSocket(0);
        var other = new ServerSocket(0)) {
      return List.of(one.getLocalPort(), other.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void stop() {
    members.forEach(Member::close);
  }

  /// @param number which of the seeds it is
  private CompletableFuture<Member> begin(int number, String origin, InMemoryClusterStore roll) {
    return CompletableFuture.supplyAsync(() -> start(number, origin, roll));
  }

  private Member start(int number, String origin, InMemoryClusterStore roll) {
    var self =
        new Introduction("1.0", WireVersions.OURS, 0, 0, "here", origin, 0, 0, Map.of(), 0, 0);
    var probes = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var member =
        Member.start(
            ConfigFactory.parseMap(Map.of("pekko.remote.artery.canonical.port", ports.get(number)))
                .withFallback(CONFIG),
            new ResourceRegistry(List.of(Writes.TYPE)),
            new SimpleMutator(),
            new InMemoryEventStore(InstantSource.system()),
            new Company(
                () -> seeds,
                () -> self,
                () -> StoredForms.ANY,
                Terms.standard(roll, probes, InstantSource.system())));
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
    var one = begin(0, "one", new InMemoryClusterStore());
    var other = begin(1, "other", new InMemoryClusterStore());

    var outcomes = List.of(outcome(one.join()), outcome(other.join()));

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
    var serving = start(0, "main", new InMemoryClusterStore());
    assertThat(outcome(serving)).isEmpty();

    var stray = start(1, "empty", new InMemoryClusterStore());

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

    var wrong = begin(0, "empty", new InMemoryClusterStore());
    var right = begin(1, "main", used);

    assertThat(outcome(wrong.join())).contains("its store is 'empty'", "'main'");
    assertThat(outcome(right.join())).isEmpty();
  }
}
