package dev.troupe.clusterconfig.furnishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Every member tells where its API is, of itself alone; of those that are gone nothing is left.
class ApiEndpointsTest {

  private final RecordingResources resources = new RecordingResources(ApiEndpointsTest::answer);
  private Set<String> living = Set.of("10.0.0.1:7400", "10.0.0.2:7400");

  private ApiEndpoints at(String host) {
    return new ApiEndpoints(
        new ObjectWrites(resources, InstantSource.fixed(Instant.EPOCH), () -> "fresh"),
        new ApiEndpoints.Place(host + ":7400", host, 6443),
        () -> living);
  }

  private static WriteReply answer(WriteRequest request) {
    return request.mutation().mutation() instanceof Mutation.Merge merge
        ? new WriteReply.Written(
            WriteReply.Outcome.CREATED,
            merge.planned().toString().getBytes(StandardCharsets.UTF_8),
            1,
            List.of())
        : new WriteReply.Removed(new byte[0], 1, List.of());
  }

  private JsonNode published() {
    return ((Mutation.Merge) resources.written.getLast().mutation().mutation()).planned();
  }

  /// As one that is there.
  private ResourceKey keep(String host) {
    at(host).publish().toCompletableFuture().join();
    var key = resources.written.removeLast().mutation().key();
    at(host).publish().toCompletableFuture().join();
    resources.put(key, published().toString());
    resources.written.clear();
    return key;
  }

  @Test
  void memberTellsItsOwnAddress() {
    at("10.0.0.1").publish().toCompletableFuture().join();

    assertThat(published().at("/metadata/labels").path("kubernetes.io/service-name").asString())
        .isEqualTo("kubernetes");
    assertThat(published().at("/endpoints/0/addresses/0").asString()).isEqualTo("10.0.0.1");
    assertThat(published().at("/addressType").asString()).isEqualTo("IPv4");
    assertThat(published().at("/ports/0/port").asInt()).isEqualTo(6443);
  }

  @Test
  void eachMemberHasASliceOfItsOwn() {
    assertThat(keep("10.0.0.1")).isNotEqualTo(keep("10.0.0.2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "0.0.0.0", "169.254.1.1", "no.such.host.invalid"})
  void addressThatMeansAnotherMachineElsewhereIsNotTold(String host) {
    at(host).publish().toCompletableFuture().join();

    assertThat(resources.written).isEmpty();
  }

  @Test
  void membersThatAreGoneAreForgotten() {
    keep("10.0.0.1");
    keep("10.0.0.2");
    var gone = keep("10.0.0.3");

    at("10.0.0.1").dropDead().toCompletableFuture().join();

    assertThat(resources.written)
        .singleElement()
        .satisfies(request -> {
          assertThat(request.mutation().key()).isEqualTo(gone);
          assertThat(request.mutation().mutation()).isInstanceOf(Mutation.Delete.class);
        });
  }

  @Test
  void slicesOfOthersStay() {
    keep("10.0.0.1");
    resources.put(
        new ResourceKey(keep("10.0.0.2").type(), "default", "kubernetes-of-a-person"), "{}");
    living = Set.of("10.0.0.1:7400", "10.0.0.2:7400");

    at("10.0.0.1").dropDead().toCompletableFuture().join();

    assertThat(resources.written).isEmpty();
  }

  @Test
  void memberThatLeavesTakesItsOwnAway() {
    var own = keep("10.0.0.1");
    keep("10.0.0.2");

    at("10.0.0.1").withdraw().toCompletableFuture().join();

    assertThat(resources.written)
        .singleElement()
        .satisfies(request -> assertThat(request.mutation().key()).isEqualTo(own));
  }
}
