package dev.troupe.controllers.endpointslice;

import static dev.troupe.controllers.stage.Fixtures.pod;
import static dev.troupe.controllers.stage.Fixtures.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.Owners;
import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointSliceControllerTest {

  private final Stage stage = new Stage().with(new EndpointSliceController());

  @Test
  void listsThePodsThatAServiceSelects() {
    stage.put(service("web", "http")).put(serving("web-b", 8080)).put(serving("web-a", 8080));
    stage.put(pod("other")).settle();

    var slice = slices().getFirst();
    assertThat(slices()).hasSize(1);
    assertThat(slice.getMetadata().getName()).matches("web-[a-z2-9]{5}");
    assertThat(Labels.of(slice))
        .containsEntry("kubernetes.io/service-name", "web")
        .containsEntry("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io");
    assertThat(slice.getAddressType()).isEqualTo("IPv4");
    assertThat(slice.getPorts().getFirst().getPort()).isEqualTo(8080);
    assertThat(slice.getPorts().getFirst().getName()).isEqualTo("http");
    assertThat(slice.getEndpoints())
        .extracting(e -> e.getTargetRef().getName())
        .containsExactly("web-a", "web-b");
    assertThat(slice.getEndpoints()).allMatch(e -> e.getConditions().getReady());
    assertThat(Owners.controls(stage.get(Service.class, "web"), slice)).isTrue();
  }

  @Test
  void separatesPodsByThePortsThatTheyServeOn() {
    stage.put(service("web", "http")).put(serving("web-a", 8080)).put(serving("web-b", 9090));
    stage.settle();

    assertThat(slices())
        .extracting(s -> s.getPorts().getFirst().getPort())
        .containsExactlyInAnyOrder(8080, 9090);
  }

  @Test
  void holdsAHundredEndpointsPerSlice() {
    stage.put(service("web", "http"));
    for (int i = 0; i < 250; i++) {
      stage.put(serving("web-" + i, 8080));
    }
    stage.settle();

    assertThat(slices())
        .extracting(s -> s.getEndpoints().size())
        .containsExactlyInAnyOrder(100, 100, 50);
  }

  @Test
  void keepsAnEmptySliceWhenTheLastPodIsGone() {
    stage.put(service("web", "http")).put(serving("web-a", 8080)).settle();
    var before = slices().getFirst().getMetadata().getName();

    var gone = stage.get(Pod.class, "web-a");
    gone.getSpec().setNodeName(null);
    stage.put(gone);
    stage.delete(gone);
    stage.settle();

    assertThat(slices()).singleElement().satisfies(s -> assertThat(s.getEndpoints()).isEmpty());
    assertThat(slices().getFirst().getMetadata().getName()).isEqualTo(before);
  }

  @Test
  void saysThatATerminatingPodStillServes() {
    stage.put(service("web", "http")).put(serving("web-a", 8080)).settle();
    stage.delete(stage.get(Pod.class, "web-a"));
    stage.settle();

    Endpoint endpoint = slices().getFirst().getEndpoints().getFirst();
    assertThat(endpoint.getConditions().getReady()).isFalse();
    assertThat(endpoint.getConditions().getServing()).isTrue();
    assertThat(endpoint.getConditions().getTerminating()).isTrue();
  }

  @Test
  void removesItsSlicesWhenTheServiceSelectsNothing() {
    stage.put(service("web", "http")).put(serving("web-a", 8080)).settle();
    stage.patch(Service.class, "web", "{'spec':{'selector':null}}").settle();

    assertThat(slices()).isEmpty();
  }

  @Test
  void carriesTheLabelsOfTheServiceAndNoOthers() {
    stage.put(service("web", "http")).put(serving("web-a", 8080)).settle();
    stage
        .patch(
            Service.class,
            "web",
            "{'metadata':{'labels':{'team':'x','service.kubernetes.io/headless':'no'}}}")
        .settle();
    assertThat(Labels.of(slices().getFirst()))
        .containsEntry("team", "x")
        .doesNotContainKey("service.kubernetes.io/headless");

    stage.patch(Service.class, "web", "{'metadata':{'labels':null}}").settle();

    assertThat(Labels.of(slices().getFirst()).keySet())
        .containsExactlyInAnyOrder(
            "kubernetes.io/service-name", "endpointslice.kubernetes.io/managed-by");
  }

  /// Where a port is that a service means by name.
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // restart policy of the init container that has it, protocol, found
        "Always, TCP, 9000",
        "Always, UDP, -",
        "-,      TCP, -",
      })
  void namedPortsMayBeThoseOfSidecars(
      @Nullable String policy, String protocol, @Nullable Integer found) {
    var pod =
        new PodBuilder(serving("web-a", 8080))
            .editSpec()
            .addNewInitContainer()
            .withName("proxy")
            .withImage("proxy:1")
            .withRestartPolicy(policy)
            .addNewPort()
            .withName("proxied")
            .withContainerPort(9000)
            .withProtocol(protocol)
            .endPort()
            .endInitContainer()
            .endSpec()
            .build();
    stage.put(service("web", "proxied")).put(pod).settle();

    assertThat(slices().getFirst().getPorts())
        .extracting(EndpointPort::getPort)
        .isEqualTo(found == null ? List.of() : List.of(found));
  }

  /// What is said of a pod, by its readiness, whether it is being deleted, and whether the service
  /// wants pods that are not ready.
  @ParameterizedTest
  @CsvSource({
    // ready, deleted, publishes; ready, serving, terminating
    "true,  false, false, true,  true,  false",
    "true,  true,  false, false, true,  true",
    "false, false, false, false, false, false",
    "false, true,  false, false, false, true",
    "true,  false, true,  true,  true,  false",
    "true,  true,  true,  true,  true,  true",
    "false, false, true,  true,  false, false",
    "false, true,  true,  true,  false, true",
  })
  void tellsWhatAPodIsGoodFor(
      boolean isReady,
      boolean deleted,
      boolean publishes,
      boolean ready,
      boolean serving,
      boolean terminating) {
    var service = service("web", "http");
    service.getSpec().setPublishNotReadyAddresses(publishes);
    var pod = serving("web-a", 8080);
    pod.getStatus().getConditions().getFirst().setStatus(isReady ? "True" : "False");
    if (deleted) {
      pod.getMetadata().setDeletionTimestamp(stage.now().toString());
      pod.getMetadata().setDeletionGracePeriodSeconds(30L);
    }
    stage.put(service).put(pod).settle();

    assertThat(slices().getFirst().getEndpoints().getFirst().getConditions())
        .isEqualTo(new EndpointConditions(ready, serving, terminating));
  }

  private List<EndpointSlice> slices() {
    return stage.all(EndpointSlice.class);
  }

  private Pod serving(String name, int port) {
    var pod =
        new PodBuilder(pod(name))
            .editMetadata()
            .addToLabels("app", "web")
            .endMetadata()
            .editSpec()
            .editFirstContainer()
            .addNewPort()
            .withName("http")
            .withContainerPort(port)
            .endPort()
            .endContainer()
            .endSpec()
            .build();
    var running = running(pod, "node-1", stage.now());
    running.getStatus().setPodIP("10.244.1." + (name.hashCode() & 127));
    return running;
  }

  private static Service service(String name, String targetPort) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .addToSelector("app", "web")
        .addNewPort()
        .withName("http")
        .withPort(80)
        .withTargetPort(new IntOrString(targetPort))
        .endPort()
        .endSpec()
        .build();
  }
}
