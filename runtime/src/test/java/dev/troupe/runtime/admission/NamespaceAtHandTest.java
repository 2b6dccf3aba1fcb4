package dev.troupe.runtime.admission;

import static dev.troupe.runtime.admission.Requests.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.nearby.Nearby;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Namespaces as a member has them at hand that does not hold their partition: what it has is old.
class NamespaceAtHandTest {

  private static final ResourceKey TEAM = new ResourceKey(Requests.NAMESPACES, "", "team");
  private static final ResourceKey A = new ResourceKey(Requests.CONFIG_MAPS, "team", "a");

  private final MapResources resources = new MapResources();
  private final Nearby nearby =
      Nearby.of(
          Set.of(Requests.NAMESPACES),
          resources,
          _ -> false,
          _ -> CompletableFuture.completedFuture(1L),
          InstantSource.fixed(Instant.EPOCH),
          () -> true);
  private final Admission admission =
      Admission.standard(
          resources,
          nearby,
          ResourceRegistry.standard(),
          StandardMutator.standard(),
          new Random(1),
          () -> "fresh");

  @BeforeEach
  void begin() {
    write(Requests.namespace("team"));
    nearby.look();
    resources.asked = 0;
  }

  @Test
  void nobodyIsAskedForWhatIsAtHand() {
    var uid = resources.find(TEAM).orElseThrow().uid();

    assertThat(write(create())).isInstanceOf(WriteReply.Written.class);
    assertThat(resources.asked).isZero();
    assertThat(resources.written.getLast().mutation().facts().namespaceUid()).isEqualTo(uid);
  }

  @Test
  void ownerIsAskedForWhatIsNotAtHand() {
    write(Requests.namespace("young"));

    var key = new ResourceKey(Requests.CONFIG_MAPS, "young", "a");
    assertThat(write(Requests.create(key, "v1", configMap("a", "1"))))
        .isInstanceOf(WriteReply.Written.class);
    assertThat(resources.asked).isOne();
  }

  @Test
  void whatIsRefusedBecauseOfTheUidIsSentAgainWithTheRightOne() {
    replace("other");
    resources.refusing.put(Requests.CONFIG_MAPS, Refusal.namespaceTerminating(A));

    assertThat(write(create())).isInstanceOf(WriteReply.Written.class);
    assertThat(resources.written.getLast().mutation().facts().namespaceUid()).isEqualTo("other");
  }

  @Test
  void refusalIsThatOfTheOwner() {
    resources.decide(Requests.delete(TEAM, "v1"));
    resources.refusing.put(Requests.CONFIG_MAPS, Refusal.namespaceTerminating(A));

    assertThat(write(create())).isEqualTo(new WriteReply.Refused(Refusal.namespaceTerminating(A)));
    assertThat(resources.asked).isOne();
  }

  @Test
  void namespaceThatIsGoneIsNotFound() {
    resources.remove(TEAM);
    resources.refusing.put(Requests.CONFIG_MAPS, Refusal.namespaceTerminating(A));

    assertThat(write(create())).isEqualTo(new WriteReply.Refused(Refusal.notFound(TEAM)));
  }

  @Test
  void otherRefusalsStand() {
    write(create());

    assertThat(write(create()))
        .isInstanceOfSatisfying(
            WriteReply.Refused.class,
            refused -> assertThat(refused.refusal().code()).isEqualTo(409));
    assertThat(resources.asked).isZero();
  }

  /// The same name, another namespace.
  private void replace(String uid) {
    resources.remove(TEAM);
    var request = Requests.namespace("team");
    var mutation = request.mutation();
    var facts = new MutationRequest.Facts(mutation.facts().now(), uid, null);
    resources.decide(
        request.with(
            new MutationRequest(
                mutation.key(),
                mutation.apiVersion(),
                mutation.subresource(),
                mutation.mutation(),
                mutation.options(),
                facts)));
  }

  private static WriteRequest create() {
    return Requests.create(A, "v1", configMap("a", "1"));
  }

  private WriteReply write(WriteRequest request) {
    return admission.write(request).toCompletableFuture().join();
  }
}
