package dev.troupe.runtime.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Services have addresses and node ports of their own, whoever writes them.
class ClaimStepTest {

  private static final TypeRef SERVICES = TypeRef.core("services");
  private static final TypeRef ADDRESSES = new TypeRef("networking.k8s.io", "ipaddresses");
  private static final TypeRef NODE_PORTS = new TypeRef("internal.troupe.dev", "nodeports");
  private static final String ONE_PORT = "'type':'NodePort','ports':[{'port':80}]";
  private static final String CERTAIN_PORT =
      "'type':'NodePort','ports':[{'port':80,'nodePort':30080}]";

  private final MapResources resources = new MapResources();
  private final Admission admission =
      Admission.standard(
          resources,
          ResourceRegistry.standard(),
          StandardMutator.standard(),
          new Random(1),
          new Uids()::next);

  private static final class Uids {
    private int last;

    private String next() {
      return "claim-" + ++last;
    }
  }

  @BeforeEach
  void begin() {
    written(Requests.namespace("default"));
  }

  @Test
  void serviceIsStoredWithWhatIsClaimedForIt() {
    var service = written(create("web", ONE_PORT));

    assertThat(addresses()).containsExactly(service.at("/spec/clusterIP").asString());
    assertThat(nodePorts()).containsExactly(service.at("/spec/ports/0/nodePort").asString());
    assertThat(claim(NODE_PORTS, nodePorts().getFirst()).path("spec"))
        .isEqualTo(
            Requests.json(
                "{'namespace':'default','service':'web','uid':'"
                    + service.at("/metadata/uid").asString()
                    + "'}"));
  }

  @Test
  void whatAControllerPlansIsTreatedAlike() {
    var merged = written(merge("web", ONE_PORT));
    assertThat(addresses()).containsExactly(merged.at("/spec/clusterIP").asString());
    assertThat(nodePorts()).containsExactly(merged.at("/spec/ports/0/nodePort").asString());

    var grown = written(merge("web", "'ports':[{'port':80,'name':'a'},{'port':81,'name':'b'}]"));
    assertThat(grown.at("/spec/clusterIP")).isEqualTo(merged.at("/spec/clusterIP"));
    assertThat(nodePorts()).hasSize(2).contains(grown.at("/spec/ports/1/nodePort").asString());

    written(merge("web", "'type':'ClusterIP'"));
    assertThat(nodePorts()).isEmpty();
    assertThat(addresses()).hasSize(1);
  }

  @Test
  void refusedServiceGivesBackWhatWasClaimedForIt() {
    resources.refusing.put(SERVICES, Refusal.noRoom("full"));
    assertThat(refusal(create("web", ONE_PORT)).reason())
        .isEqualTo(StatusReason.INSUFFICIENT_STORAGE);
    assertNothingIsClaimed();

    resources.refusing.put(SERVICES, Refusal.noRoom("full"));
    assertThat(refusal(merge("web", ONE_PORT)).reason())
        .isEqualTo(StatusReason.INSUFFICIENT_STORAGE);
    assertNothingIsClaimed();
  }

  @Test
  void claimThatCannotBeMadeGivesBackTheOthers() {
    written(create("first", CERTAIN_PORT));

    var refusal = refusal(create("second", CERTAIN_PORT));

    assertThat(refusal.message())
        .isEqualTo(
            "Service \"second\" is invalid: spec.ports[0].nodePort: Invalid value: 30080:"
                + " provided port is already allocated");
    assertThat(addresses()).hasSize(1);
    assertThat(nodePorts()).containsExactly("30080");
    assertThat(resources.names(SERVICES)).containsExactly("first");
  }

  @Test
  void unknownOutcomeLeavesTheClaims() {
    resources.losing.put(SERVICES, Refusal.timeout("who knows"));

    assertThat(refusal(create("web", CERTAIN_PORT)).reason()).isEqualTo(StatusReason.TIMEOUT);

    assertThat(resources.names(SERVICES)).containsExactly("web");
    assertThat(addresses()).hasSize(1);
    assertThat(nodePorts()).containsExactly("30080");
  }

  @Test
  void addressMustBeFreeAndInTheRange() {
    written(create("first", "'clusterIP':'10.96.0.9','ports':[{'port':80}]"));
    assertThat(addresses()).containsExactly("10.96.0.9");

    assertThat(refusal(create("other", "'clusterIP':'10.96.0.9','ports':[{'port':80}]")).message())
        .isEqualTo(
            "Service \"other\" is invalid: spec.clusterIPs: Invalid value: [\"10.96.0.9\"]: failed"
                + " to allocate IP 10.96.0.9: provided IP is already allocated");
    assertThat(refusal(create("other", "'clusterIP':'10.97.0.9','ports':[{'port':80}]")).message())
        .isEqualTo(
            "Service \"other\" is invalid: spec.clusterIPs: Invalid value: [\"10.97.0.9\"]: failed"
                + " to allocate IP 10.97.0.9: provided IP is not in the valid range. The range of"
                + " valid IPs is 10.96.0.0/16");
    assertThat(addresses()).containsExactly("10.96.0.9");
  }

  @Test
  void ofTwoWritersOneGetsThePort() {
    written(create("a", ONE_PORT));
    written(create("b", ONE_PORT));
    int before = nodePorts().size();
    var rivals = new ArrayList<>(List.of(create("c", CERTAIN_PORT)));
    resources.meanwhile =
        request -> {
          if (request.mutation().key().type().equals(NODE_PORTS) && !rivals.isEmpty()) {
            written(rivals.removeFirst());
          }
        };

    assertThat(refusal(patch("a", "'ports':[{'port':80,'nodePort':30080}]")).reason())
        .isEqualTo(StatusReason.INVALID);

    assertThat(nodePorts()).hasSize(before + 1).contains("30080");
    assertThat(service("c").at("/spec/ports/0/nodePort").asInt()).isEqualTo(30_080);
    assertThat(service("a").at("/spec/ports/0/nodePort").asInt()).isNotEqualTo(30_080);
  }

  @Test
  void freeNumberThatARivalTakesIsReplacedByAnother() {
    var rivals = new ArrayList<>(List.of("rival"));
    resources.meanwhile =
        request -> {
          var key = request.mutation().key();
          if (key.type().equals(NODE_PORTS) && !rivals.isEmpty()) {
            written(
                create(
                    rivals.removeFirst(),
                    "'type':'NodePort','ports':[{'port':80,'nodePort':" + key.name() + "}]"));
          }
        };

    var service = written(create("web", ONE_PORT));

    assertThat(nodePorts())
        .containsExactlyInAnyOrder(
            service.at("/spec/ports/0/nodePort").asString(),
            service("rival").at("/spec/ports/0/nodePort").asString());
  }

  @Test
  void portThatIsLostMeanwhileIsNotRestatedUnclaimed() {
    written(create("web", CERTAIN_PORT));
    var rivals =
        new ArrayList<>(List.of(patch("web", "'type':'ClusterIP'"), create("thief", CERTAIN_PORT)));
    resources.meanwhile =
        request -> {
          if (request.mutation().mutation() instanceof Mutation.Update && rivals.size() == 2) {
            written(rivals.removeFirst());
            written(rivals.removeFirst());
          }
        };

    var refusal = refusal(update("web", CERTAIN_PORT + ",'selector':{'app':'web'}"));

    assertThat(refusal.message()).contains("30080: provided port is already allocated");
    assertThat(service("thief").at("/spec/ports/0/nodePort").asInt()).isEqualTo(30_080);
    assertThat(service("web").at("/spec/ports/0").has("nodePort")).isFalse();
    assertThat(nodePorts()).containsExactly("30080");
  }

  @Test
  void whateverIsRemovedGivesBackWhatItHad() {
    written(create("web", CERTAIN_PORT));
    assertThat(write(delete("web"))).isInstanceOf(WriteReply.Removed.class);
    assertNothingIsClaimed();

    var held = Requests.json(service("{" + CERTAIN_PORT + "}", "held").toString());
    held.withObject("/metadata").putArray("finalizers").add("example.com/wait");
    written(Requests.of(key("held"), "v1", new Mutation.Create(held)));
    assertThat(write(delete("held"))).isInstanceOf(WriteReply.Written.class);
    assertThat(nodePorts()).containsExactly("30080");
    var released = Requests.patch(key("held"), "v1", "{'metadata':{'finalizers':null}}");
    assertThat(write(released)).isInstanceOf(WriteReply.Removed.class);
    assertNothingIsClaimed();
  }

  @Test
  void claimOfAnotherIsNotGivenBack() {
    written(create("web", CERTAIN_PORT));
    resources.decide(
        Requests.delete(new ResourceKey(NODE_PORTS, "", "30080"), "internal.troupe.dev/v1"));
    written(create("other", CERTAIN_PORT));

    write(delete("web"));

    assertThat(nodePorts()).containsExactly("30080");
  }

  @Test
  void serviceWithoutAddressFreesTheOneThatItHad() {
    written(create("web", "'ports':[{'port':80}]"));

    written(patch("web", "'type':'ExternalName','externalName':'example.com'"));

    assertNothingIsClaimed();
  }

  @Test
  void dryRunAndOtherKindsClaimNothing() {
    var two = "'type':'NodePort','ports':[{'name':'a','port':80},{'name':'b','port':81}]";
    var foreseen = written(Requests.dry(create("web", two)));
    written(Requests.create(Requests.configMap("a"), "v1", Requests.configMap("a", "1")));

    assertThat(foreseen.at("/spec/clusterIP").asString()).startsWith("10.96.");
    assertThat(foreseen.at("/spec/ports/0/nodePort").asInt())
        .isBetween(30_000, 32_767)
        .isNotEqualTo(foreseen.at("/spec/ports/1/nodePort").asInt());
    assertNothingIsClaimed();
    assertThat(resources.written).hasSize(3);
  }

  @Test
  void dryRunIsRefusedWhatIsTaken() {
    written(create("first", CERTAIN_PORT + ",'clusterIP':'10.96.0.9'"));
    written(create("other", ONE_PORT));
    int claims = nodePorts().size() + addresses().size();

    for (var dry :
        List.of(
            create("second", CERTAIN_PORT),
            update("other", CERTAIN_PORT),
            patch("other", "'ports':[{'port':80,'nodePort':30080}]"),
            merge("other", CERTAIN_PORT))) {
      assertThat(refusal(Requests.dry(dry)).message())
          .contains("30080: provided port is already allocated");
    }
    assertThat(
            refusal(Requests.dry(create("second", "'clusterIP':'10.96.0.9','ports':[{'port':1}]")))
                .message())
        .contains("failed to allocate IP 10.96.0.9: provided IP is already allocated");
    assertThat(nodePorts().size() + addresses().size()).isEqualTo(claims);
  }

  @Test
  void dryRunThatWouldGiveSomethingUpGivesNothingUp() {
    written(create("web", CERTAIN_PORT));

    written(Requests.dry(patch("web", "'type':'ClusterIP'")));
    written(
        Requests.dry(update("web", "'type':'NodePort','ports':[{'port':80,'nodePort':30090}]")));
    write(Requests.dry(delete("web")));

    assertThat(nodePorts()).containsExactly("30080");
    assertThat(addresses()).hasSize(1);
    assertThat(service("web").at("/spec/ports/0/nodePort").asInt()).isEqualTo(30_080);
  }

  @Test
  void labelsArePatchedWithoutACondition() {
    written(create("web", ONE_PORT));
    var patch = Requests.patch(key("web"), "v1", "{'metadata':{'labels':{'a':'b'}}}");

    written(patch);

    assertThat(resources.written.getLast()).isSameAs(patch);
  }

  private static ResourceKey key(String name) {
    return new ResourceKey(SERVICES, "default", name);
  }

  private static WriteRequest create(String name, String spec) {
    return Requests.of(key(name), "v1", new Mutation.Create(service("{" + spec + "}", name)));
  }

  private static WriteRequest merge(String name, String spec) {
    return Requests.of(key(name), "v1", new Mutation.Merge(service("{" + spec + "}", name)));
  }

  private static WriteRequest update(String name, String spec) {
    return Requests.of(key(name), "v1", new Mutation.Update(service("{" + spec + "}", name)));
  }

  private static WriteRequest patch(String name, String spec) {
    return Requests.patch(key(name), "v1", "{'spec':{" + spec + "}}");
  }

  private static WriteRequest delete(String name) {
    return Requests.delete(key(name), "v1");
  }

  private static ObjectNode service(String spec, String name) {
    return Requests.json(
        "{'apiVersion':'v1','kind':'Service','metadata':{'name':'"
            + name
            + "'},'spec':"
            + spec
            + "}");
  }

  private ObjectNode service(String name) {
    return Requests.json(resources.find(key(name)).orElseThrow().json());
  }

  private ObjectNode claim(TypeRef type, String name) {
    return Requests.json(resources.find(new ResourceKey(type, "", name)).orElseThrow().json());
  }

  private List<String> addresses() {
    return resources.names(ADDRESSES);
  }

  private List<String> nodePorts() {
    return resources.names(NODE_PORTS);
  }

  private void assertNothingIsClaimed() {
    assertThat(addresses()).isEmpty();
    assertThat(nodePorts()).isEmpty();
  }

  private ObjectNode written(WriteRequest request) {
    var reply = write(request);
    assertThat(reply).isInstanceOf(WriteReply.Written.class);
    return Requests.json(((WriteReply.Written) reply).json());
  }

  private Refusal refusal(WriteRequest request) {
    var reply = write(request);
    assertThat(reply).isInstanceOf(WriteReply.Refused.class);
    return ((WriteReply.Refused) reply).refusal();
  }

  private WriteReply write(WriteRequest request) {
    return admission.write(request).toCompletableFuture().join();
  }
}
