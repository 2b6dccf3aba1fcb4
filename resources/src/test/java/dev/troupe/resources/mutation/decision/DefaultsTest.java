package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.json;
import static dev.troupe.resources.mutation.decision.Given.object;
import static dev.troupe.resources.mutation.decision.Given.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// What each kind fills in.
class DefaultsTest {

  private static ObjectNode pod(String spec) {
    var body = object("{'metadata':{'name':'web'},'spec':" + spec + "}");
    if (!body.get("spec").has("containers")) {
      Json.child(body, "spec").putArray("containers").add(object("{'name':'a','image':'b'}"));
    }
    return request("pods", "v1").stored(body.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "nginx,Always",
    "nginx:latest,Always",
    "nginx:1.27,IfNotPresent",
    "localhost:5000/nginx,Always",
    "localhost:5000/nginx:1,IfNotPresent",
    "nginx@sha256:0123,IfNotPresent",
    "nginx:latest@sha256:0123,Always"
  })
  void movingTagsArePulledAlways(String image, String policy) {
    var pod = pod("{'containers':[{'name':'a','image':'" + image + "'}]}");
    assertThat(pod.at("/spec/containers/0/imagePullPolicy").asString()).isEqualTo(policy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'name':'v'}                                        | {'name':'v','emptyDir':{}}
          {'name':'v','configMap':{'name':'c'}}               | {'name':'v','configMap':{'name':'c','defaultMode':420}}
          {'name':'v','secret':{'secretName':'s'}}            | {'name':'v','secret':{'secretName':'s','defaultMode':420}}
          {'name':'v','hostPath':{'path':'/x'}}               | {'name':'v','hostPath':{'path':'/x','type':''}}
          {'name':'v','downwardAPI':{'items':[{'path':'a','fieldRef':{'fieldPath':'metadata.name'}}]}} | {'name':'v','downwardAPI':{'items':[{'path':'a','fieldRef':{'fieldPath':'metadata.name','apiVersion':'v1'}}],'defaultMode':420}}
          {'name':'v','projected':{'sources':[{'serviceAccountToken':{'path':'t'}}]}} | {'name':'v','projected':{'sources':[{'serviceAccountToken':{'path':'t','expirationSeconds':3600}}],'defaultMode':420}}
          """)
  void volumesAreCompleted(String volume, String completed) {
    var actual = pod("{'volumes':[" + volume + "]}").at("/spec/volumes/0");
    assertThat(actual).isEqualTo(json(completed));
  }

  @Test
  void probesAreCompleted() {
    var pod =
        pod("{'containers':[{'name':'a','image':'b','readinessProbe':{'httpGet':{'port':80}}}]}");
    assertThat(pod.at("/spec/containers/0/readinessProbe"))
        .isEqualTo(
            json(
                """
                {'httpGet':{'path':'/','port':80,'scheme':'HTTP'},'timeoutSeconds':1,
                 'periodSeconds':10,'successThreshold':1,'failureThreshold':3}\
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {}                                                                | BestEffort
          {'limits':{'cpu':'1','memory':'1Gi'}}                             | Guaranteed
          {'requests':{'cpu':'1'}}                                          | Burstable
          {'limits':{'cpu':'1','memory':'1Gi'},'requests':{'cpu':'500m'}}   | Burstable
          """)
  void qualityOfServiceFollowsFromRequests(String resources, String quality) {
    var pod = pod("{'containers':[{'name':'a','image':'b','resources':" + resources + "}]}");
    assertThat(pod.at("/status/qosClass").asString()).isEqualTo(quality);
  }

  @Test
  void whatIsLimitedIsRequested() {
    var pod =
        pod("{'containers':[{'name':'a','image':'b','resources':{'limits':{'cpu':'1000m'}}}]}");
    assertThat(pod.at("/spec/containers/0/resources"))
        .isEqualTo(json("{'limits':{'cpu':'1'},'requests':{'cpu':'1'}}"));
  }

  @Test
  void tolerationsThatAreThereAreNotAdded() {
    assertThat(pod("{'tolerations':[{'operator':'Exists'}]}").at("/spec/tolerations")).hasSize(1);
  }

  @Test
  void servicesAreCompleted() {
    var service =
        request("services", "v1")
            .stored("{'metadata':{'name':'web'},'spec':{'type':'NodePort','ports':[{'port':80}]}}");
    assertThat(service.get("spec"))
        .isEqualTo(
            json(
                """
                {'type':'NodePort','ports':[{'port':80,'protocol':'TCP','targetPort':80}],
                 'sessionAffinity':'None','externalTrafficPolicy':'Cluster',
                 'internalTrafficPolicy':'Cluster','ipFamilyPolicy':'SingleStack',
                 'ipFamilies':['IPv4']}\
                """));
  }

  @Test
  void plainStringsOfSecretsBecomeData() {
    var secret =
        request("secrets", "v1")
            .stored("{'metadata':{'name':'web'},'data':{'a':'YQ=='},'stringData':{'b':'ü'}}");
    assertThat(secret.get("data")).isEqualTo(json("{'a':'YQ==','b':'w7w='}"));
    assertThat(secret.has("stringData")).isFalse();
    assertThat(secret.get("type").asString()).isEqualTo("Opaque");
  }

  @Test
  void nodesKeepTheStatusTheyRegisterWith() {
    var node =
        request("nodes", "v1")
            .stored("{'metadata':{'name':'web'},'status':{'capacity':{'cpu':'4'}}}");
    assertThat(node.at("/status/allocatable/cpu").asString()).isEqualTo("4");
  }

  @Test
  void endpointPortsAreCompleted() {
    var slice =
        request("endpointslices.discovery.k8s.io", "discovery.k8s.io/v1")
            .stored(
                "{'metadata':{'name':'web'},'addressType':'IPv4','endpoints':[],'ports':[{'port':80}]}");
    assertThat(slice.at("/ports/0")).isEqualTo(json("{'name':'','port':80,'protocol':'TCP'}"));
  }
}
