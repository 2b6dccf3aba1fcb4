package dev.troupe.runtime.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// What a pod has of its service account.
class SponsorStepTest {

  private static final ResourceKey POD = key("pods", "one");

  private final MapResources resources = new MapResources();
  private final Admission admission =
      Admission.standard(
          resources,
          ResourceRegistry.standard(),
          StandardMutator.standard(),
          new Random(1),
          () -> "fresh");

  private static ResourceKey key(String plural, String name) {
    return new ResourceKey(TypeRef.core(plural), "default", name);
  }

  private static String pod(String spec) {
    return "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'one'},'spec':{"
        + spec
        + "'containers':[{'name':'c','image':'i'}]}}";
  }

  @BeforeEach
  void begin() {
    write(Requests.namespace("default"));
    account("default", "");
  }

  private void account(String name, String fields) {
    var object =
        "{'apiVersion':'v1','kind':'ServiceAccount','metadata':{'name':'"
            + name
            + "'}"
            + fields
            + "}";
    write(Requests.create(key("serviceaccounts", name), "v1", object));
  }

  private WriteReply write(WriteRequest request) {
    return admission.write(request).toCompletableFuture().join();
  }

  private ObjectNode stored() {
    return Requests.json(resources.find(POD).orElseThrow().json());
  }

  @Test
  void nobodysPodIsRefused() {
    var reply = write(Requests.create(POD, "v1", pod("'serviceAccountName':'nobody',")));
    assertThat(reply).isInstanceOf(WriteReply.Refused.class);
    var refusal = ((WriteReply.Refused) reply).refusal();
    assertThat(refusal.code()).isEqualTo(403);
    assertThat(refusal.message())
        .isEqualTo(
            "pods \"one\" is forbidden: error looking up service account default/nobody:"
                + " serviceaccount \"nobody\" not found");
  }

  @Test
  void aPodIsKnownToTheApiByItsToken() {
    write(Requests.create(POD, "v1", pod("")));
    var volume = stored().at("/spec/volumes/0");
    assertThat(volume.path("name").asString()).matches("kube-api-access-[a-z0-9]{5}");
    assertThat(volume.at("/projected/sources/0/serviceAccountToken/path").asString())
        .isEqualTo("token");
    var mount = stored().at("/spec/containers/0/volumeMounts/0");
    assertThat(mount.path("name")).isEqualTo(volume.path("name"));
    assertThat(mount.path("mountPath").asString())
        .isEqualTo("/var/run/secrets/kubernetes.io/serviceaccount");
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', true",
    "false, '', false",
    "true, '', true",
    "'', false, false",
    "'', true, true",
    "false, true, true",
    "true, false, false"
  })
  void thePodHasTheLastWordAboutTheToken(String account, String pod, boolean mounted) {
    account("team", account.isEmpty() ? "" : ",'automountServiceAccountToken':" + account);
    var wish = pod.isEmpty() ? "" : "'automountServiceAccountToken':" + pod + ",";
    write(Requests.create(POD, "v1", pod("'serviceAccountName':'team'," + wish)));
    assertThat(stored().at("/spec/volumes").isEmpty()).isNotEqualTo(mounted);
  }

  @Test
  void pullSecretsAreThoseOfTheAccountUnlessThePodHasSome() {
    account("team", ",'imagePullSecrets':[{'name':'s'}]");
    write(Requests.create(POD, "v1", pod("'serviceAccountName':'team',")));
    assertThat(stored().at("/spec/imagePullSecrets/0/name").asString()).isEqualTo("s");

    resources.write(Requests.delete(POD, "v1")).toCompletableFuture().join();
    var own = "'serviceAccountName':'team','imagePullSecrets':[{'name':'own'}],";
    write(Requests.create(POD, "v1", pod(own)));
    assertThat(stored().at("/spec/imagePullSecrets").toString()).isEqualTo("[{\"name\":\"own\"}]");
  }

  @Test
  void whatIsPlannedAgainIsNotGivenASecondToken() {
    var planned = pod("");
    write(Requests.merge(POD, "v1", planned));
    assertThat(stored().at("/spec/volumes").size()).isEqualTo(1);
    var reply = write(Requests.merge(POD, "v1", planned));
    assertThat(reply).isInstanceOf(WriteReply.Written.class);
    assertThat(stored().at("/spec/volumes").size()).isEqualTo(1);
  }

  @Test
  void whatIsNoPodIsLeftToBeRefused() {
    for (var spec :
        new String[] {"5", "{'containers':5}", "{'containers':[{'volumeMounts':{}}]}"}) {
      var body = "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'one'},'spec':" + spec + "}";
      var reply = write(Requests.create(POD, "v1", body));
      assertThat(((WriteReply.Refused) reply).refusal().code()).isIn(400, 422);
    }
  }
}
