package dev.troupe.benchmarks.hop;

import com.typesafe.config.ConfigFactory;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.benchmarks.actors.ForgetfulStore;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationRequest.Facts;
import dev.troupe.resources.mutation.MutationRequest.Options;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.gateway.logic.StoredForms;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.liveness.Terms;
import dev.troupe.runtime.member.Company;
import dev.troupe.runtime.member.Member;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.WriteCause;
import dev.troupe.runtime.store.memory.InMemoryClusterStore;
import dev.troupe.runtime.wire.WireVersions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Three members of one cluster in this process, which reach each other by the network, on a store
/// that keeps nothing.
final class ThreeMembers implements AutoCloseable {

  static final TypeRef CONFIG_MAPS = TypeRef.core("configmaps");
  static final String NAMESPACE = "bench";

  private static final int MEMBERS = 3;
  private static final TypeRef NAMESPACES = TypeRef.core("namespaces");
  private static final String FILLER = "x".repeat(300);
  private static final WriteCause CAUSE = WriteCause.user("admin", "bench", "create");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SILENCE = Duration.ofSeconds(2);
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Map<String, ?> CONFIG =
      Map.of(
          "pekko.loglevel", "WARNING",
          "pekko.stdout-loglevel", "OFF",
          "pekko.cluster.jmx.enabled", "off",
          "pekko.cluster.sharding.rebalance-interval", "200ms",
          "pekko.coordinated-shutdown.run-by-actor-system-terminate", "off");

  private final ForgetfulStore store = new ForgetfulStore();
  private final InMemoryClusterStore roll = new InMemoryClusterStore();
  private final List<Member> members = new ArrayList<>();

  static ThreeMembers start() {
    var three = new ThreeMembers();
    for (int i = 0; i < MEMBERS; i++) {
      three.members.add(three.member());
    }
    three.members.forEach(member -> member.ready().toCompletableFuture().join());
    three.awaitPlacement();
    three.create(three.owner(), new ResourceKey(NAMESPACES, "", NAMESPACE), "Namespace");
    return three;
  }

  private Member member() {
    var all = ResourceRegistry.standard();
    var types =
        List.of(CONFIG_MAPS, NAMESPACES, TypeRef.core("secrets")).stream()
            .<ResourceType>map(type -> all.find(type).orElseThrow())
            .toList();
    var seeds = members.stream().limit(1).map(ThreeMembers::address).toList();
    var self =
        new Introduction("bench", WireVersions.OURS, 0, 0, "bench", "", 0, 0, Map.of(), 0, 0);
    return Member.start(
        ConfigFactory.parseMap(CONFIG),
        new ResourceRegistry(types),
        StandardMutator.standard(),
        store,
        new Company(() -> seeds, () -> self, () -> StoredForms.ANY, terms()));
  }

  private Terms terms() {
    var probes = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new Terms(roll, LeaseSettings.DEFAULT, SILENCE, probes, InstantSource.system());
  }

  private static String address(Member member) {
    return member.overview(List.of()).seenBy();
  }

  /// Each holds one of the three collections.
  private void awaitPlacement() {
    while (members.stream().anyMatch(member -> held(member) != 1)) {
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("stopped while members come together", stopped);
      }
    }
  }

  private static long held(Member member) {
    return member.overview(List.of()).partitions().stream()
        .filter(PartitionReport::serving)
        .count();
  }

  /// Who holds the config maps.
  Member owner() {
    return holding(CONFIG_MAPS);
  }

  /// Who holds neither them nor their namespace.
  Member other() {
    return holding(TypeRef.core("secrets"));
  }

  private Member holding(TypeRef type) {
    return members.stream()
        .filter(member ->
            member.overview(List.of()).partitions().stream()
                .filter(PartitionReport::serving)
                .anyMatch(report -> report.id().collection().equals(type)))
        .findFirst()
        .orElseThrow();
  }

  private void create(Member member, ResourceKey key, String kind) {
    write(member, key, kind).toCompletableFuture().join();
  }

  /// Completes when it is stored.
  CompletionStage<?> write(Member member, ResourceKey key, String kind) {
    var now = member.time().instant();
    var request =
        new MutationRequest(
            key,
            "v1",
            Subresources.WHOLE,
            new Mutation.Create(object(key, kind)),
            Options.DEFAULT,
            new Facts(now, UUID.randomUUID().toString(), null));
    return member
        .resources()
        .write(new WriteRequest(request, CAUSE, "", 0, now.plus(PATIENCE)))
        .thenAccept(ThreeMembers::checkWritten);
  }

  private static ObjectNode object(ResourceKey key, String kind) {
    var object = JSON.createObjectNode().put("apiVersion", "v1").put("kind", kind);
    object.putObject("metadata").put("name", key.name());
    if (!key.namespace().isEmpty()) {
      object.putObject("data").put("filler", FILLER);
    }
    return object;
  }

  private static void checkWritten(WriteReply reply) {
    if (!(reply instanceof WriteReply.Written)) {
      throw new IllegalStateException("not written: " + reply);
    }
  }

  @Override
  public void close() {
    members.reversed().forEach(Member::close);
    store.close();
  }
}
