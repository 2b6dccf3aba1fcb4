package dev.troupe.clusterconfig.furnishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.clusterconfig.member.MemberFailedException;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A cluster begins with its namespaces and the service of its API.
class FirstObjectsTest {

  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final ResourceKey CLAIM =
      new ResourceKey(new TypeRef("networking.k8s.io", "ipaddresses"), "", "10.96.0.1");
  private static final ObjectNode NODE =
      (ObjectNode)
          JsonMapper.shared()
              .readTree(
                  """
                  {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "node-1"}}
                  """);

  @Test
  void namespacesAndTheServiceOfTheApiAreMerged() {
    var resources = new RecordingResources(FirstObjectsTest::merged);

    ensure(resources).toCompletableFuture().join();

    assertThat(resources.written.stream().map(request -> request.mutation().key().toString()))
        .containsExactlyInAnyOrder(
            "namespaces/default",
            "namespaces/kube-node-lease",
            "namespaces/kube-public",
            "namespaces/kube-system",
            "priorityclasses.scheduling.k8s.io/system-cluster-critical",
            "priorityclasses.scheduling.k8s.io/system-node-critical",
            "nodes/node-1",
            "services/default/kubernetes");
  }

  @Test
  void serviceIsCreatedWhenItsNamespaceIsThere() {
    var resources = new RecordingResources(FirstObjectsTest::merged);

    ensure(resources).toCompletableFuture().join();

    var service = resources.written.getLast().mutation();
    assertThat(service.key().name()).isEqualTo("kubernetes");
    assertThat(object(service.mutation()).at("/spec/ports/0/targetPort").asInt()).isEqualTo(7443);
  }

  @Test
  void serviceThatIsThereGetsItsClaimBack() {
    var resources = new RecordingResources(FirstObjectsTest::merged);
    resources.put(
        new ResourceKey(TypeRef.core("services"), "default", "kubernetes"), "{\"spec\": {}}");

    ensure(resources).toCompletableFuture().join();

    assertThat(resources.written.getLast().mutation().key()).isEqualTo(CLAIM);
    assertThat(resources.written.getLast().mutation().mutation())
        .isInstanceOf(Mutation.Merge.class);
  }

  @Test
  void claimThatWasLeftByAnInterruptedStartIsFreed() {
    var resources =
        new RecordingResources(request ->
            request.mutation().mutation() instanceof Mutation.Delete
                ? new WriteReply.Removed(new byte[0], 1, List.of())
                : merged(request));
    resources.put(
        CLAIM,
        """
        {"spec": {"parentRef": {
          "group": "", "resource": "services", "namespace": "default", "name": "kubernetes"}}}
        """);

    ensure(resources).toCompletableFuture().join();

    var deletion = resources.written.get(resources.written.size() - 2).mutation();
    assertThat(deletion.key()).isEqualTo(CLAIM);
    assertThat(deletion.mutation())
        .isInstanceOfSatisfying(
            Mutation.Delete.class,
            delete -> assertThat(delete.options().preconditionUid()).isEqualTo("uid-of-10.96.0.1"));
  }

  @Test
  void claimOfAnotherIsNotFreed() {
    var resources = new RecordingResources(FirstObjectsTest::merged);
    resources.put(
        CLAIM,
        """
        {"spec": {"parentRef": {
          "group": "", "resource": "services", "namespace": "default", "name": "other"}}}
        """);

    ensure(resources).toCompletableFuture().join();

    assertThat(resources.written).noneMatch(request -> request.mutation().key().equals(CLAIM));
  }

  @Test
  void refusalFailsTheStart() {
    var resources =
        new RecordingResources(_ -> new WriteReply.Refused(Refusal.unavailable("not now")));

    assertThatThrownBy(() -> ensure(resources).toCompletableFuture().join())
        .hasCauseInstanceOf(MemberFailedException.class)
        .hasMessageContaining("not now");
  }

  private static CompletionStage<Void> ensure(Resources resources) {
    return new FirstObjects(new ObjectWrites(resources, InstantSource.fixed(NOON), () -> "fresh"))
        .ensure(7443, List.of(NODE));
  }

  private static WriteReply merged(WriteRequest request) {
    var json = object(request.mutation().mutation()).deepCopy();
    json.withObject("/metadata").put("uid", "uid-of-" + request.mutation().key().name());
    return new WriteReply.Written(
        WriteReply.Outcome.CREATED, json.toString().getBytes(StandardCharsets.UTF_8), 1, List.of());
  }

  private static ObjectNode object(Mutation mutation) {
    return ((Mutation.Merge) mutation).planned();
  }
}
