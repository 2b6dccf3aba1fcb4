package dev.troupe.runtime.admission;

import static dev.troupe.runtime.admission.Requests.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NamespaceLifecycleTest {

  private static final ResourceKey LEASE = new ResourceKey(Requests.LEASES, "default", "one");
  private static final String LEASE_OBJECT =
      "{'apiVersion':'coordination.k8s.io/v1','kind':'Lease','metadata':{'name':'one'}}";

  private final MapResources resources = new MapResources();
  private final Admission admission =
      Admission.standard(
          resources,
          ResourceRegistry.standard(),
          StandardMutator.standard(),
          new Random(1),
          () -> "fresh");

  @BeforeEach
  void begin() {
    write(Requests.namespace("default"));
  }

  @Test
  void whatMayCreateCarriesTheUidOfTheNamespace() {
    var uid =
        resources.find(new ResourceKey(Requests.NAMESPACES, "", "default")).orElseThrow().uid();

    assertThat(sent(Requests.create(configMap("a"), "v1", configMap("a", "1"))).namespaceUid())
        .isEqualTo(uid);
    assertThat(sent(Requests.merge(configMap("b"), "v1", configMap("b", "1"))).namespaceUid())
        .isEqualTo(uid);
    assertThat(sent(Requests.update(LEASE, "coordination.k8s.io/v1", LEASE_OBJECT)).namespaceUid())
        .isEqualTo(uid);
  }

  @Test
  void whatCannotCreateIsSentAsItIs() {
    write(Requests.create(configMap("a"), "v1", configMap("a", "1")));

    for (var request :
        new WriteRequest[] {
          Requests.update(configMap("a"), "v1", configMap("a", "2")),
          Requests.patch(configMap("a"), "v1", "{'data':{'value':'3'}}"),
          Requests.delete(configMap("a"), "v1"),
          Requests.namespace("other")
        }) {
      write(request);
      assertThat(resources.written.getLast()).isSameAs(request);
    }
  }

  @Test
  void whoHasSeenTheNamespaceIsNotAsked() {
    var request = Requests.create(configMap("a"), "v1", configMap("a", "1"));
    var seen = request.with(request.mutation().withNamespaceUid("seen"));

    write(seen);

    assertThat(resources.written.getLast()).isSameAs(seen);
  }

  @Test
  void nothingIsCreatedWhereThereIsNoNamespace() {
    var nowhere = new ResourceKey(Requests.CONFIG_MAPS, "nowhere", "a");

    assertThat(refusal(Requests.create(nowhere, "v1", configMap("a", "1"))))
        .isEqualTo(Refusal.notFound(new ResourceKey(Requests.NAMESPACES, "", "nowhere")));
    assertThat(refusal(Requests.merge(nowhere, "v1", configMap("a", "1"))).code()).isEqualTo(404);
  }

  @Test
  void whatIsThereIsChangedWhileItsNamespaceEnds() {
    write(Requests.merge(configMap("old"), "v1", configMap("old", "1")));
    write(Requests.update(LEASE, "coordination.k8s.io/v1", LEASE_OBJECT));
    write(Requests.namespace("ending"));
    end("default");

    assertThat(write(Requests.merge(configMap("old"), "v1", configMap("old", "2"))))
        .isInstanceOf(WriteReply.Written.class);
    write(Requests.update(LEASE, "coordination.k8s.io/v1", LEASE_OBJECT));
    assertThat(resources.written.getLast().mutation().key()).isEqualTo(LEASE);
    assertThat(refusal(Requests.create(configMap("old"), "v1", configMap("old", "3"))))
        .isEqualTo(Refusal.namespaceTerminating(configMap("old")));
    var other = new ResourceKey(Requests.LEASES, "default", "other");
    assertThat(refusal(Requests.update(other, "coordination.k8s.io/v1", LEASE_OBJECT)))
        .isEqualTo(Refusal.namespaceTerminating(other));
    assertThat(refusal(Requests.merge(configMap("new"), "v1", configMap("new", "1"))))
        .isEqualTo(Refusal.namespaceTerminating(configMap("new")));
  }

  @Test
  void firstNamespacesStay() {
    for (var name : new String[] {"default", "kube-system", "kube-public"}) {
      var refusal = refusal(Requests.delete(new ResourceKey(Requests.NAMESPACES, "", name), "v1"));
      assertThat(refusal.code()).isEqualTo(403);
      assertThat(refusal.message())
          .isEqualTo("namespaces \"" + name + "\" is forbidden: this namespace may not be deleted");
    }
  }

  /// Behind the back of admission, which protects the namespace.
  private void end(String namespace) {
    resources.decide(Requests.delete(new ResourceKey(Requests.NAMESPACES, "", namespace), "v1"));
  }

  private MutationRequest.Facts sent(WriteRequest request) {
    assertThat(write(request)).isInstanceOf(WriteReply.Written.class);
    return resources.written.getLast().mutation().facts();
  }

  private Refusal refusal(WriteRequest request) {
    int before = resources.written.size();
    var reply = write(request);
    assertThat(resources.written).hasSize(before);
    assertThat(reply).isInstanceOf(WriteReply.Refused.class);
    return ((WriteReply.Refused) reply).refusal();
  }

  private WriteReply write(WriteRequest request) {
    return admission.write(request).toCompletableFuture().join();
  }
}
