package dev.troupe.controllers.clusterip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IPAddress;
import io.fabric8.kubernetes.api.model.networking.v1.IPAddressBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClusterIpControllerTest {

  private final Stage stage = new Stage().with(new ClusterIpController());

  @Test
  void keepsTheAddressOfAServiceThatUsesIt() {
    stage.put(service("10.96.0.10")).put(address("10.96.0.10")).settle();
    stage.advance(Duration.ofHours(1));

    assertThat(stage.all(IPAddress.class)).hasSize(1);
  }

  @Test
  void waitsAMinuteForTheServiceToArrive() {
    stage.put(address("10.96.0.10")).settle();
    stage.advance(Duration.ofSeconds(59));
    stage.put(service("10.96.0.10")).settle();
    stage.advance(Duration.ofHours(1));

    assertThat(stage.all(IPAddress.class)).hasSize(1);
  }

  @Test
  void freesTheAddressOfAServiceThatIsGoneOrUsesAnother() {
    stage.put(service("10.96.0.11")).put(address("10.96.0.10")).put(address("10.96.0.11")).settle();
    stage.advance(Duration.ofSeconds(61));
    assertThat(stage.all(IPAddress.class))
        .extracting(a -> a.getMetadata().getName())
        .containsExactly("10.96.0.11");

    stage.delete(stage.get(Service.class, "web"));
    stage.settle();
    stage.advance(Duration.ofSeconds(61));
    assertThat(stage.all(IPAddress.class)).isEmpty();
  }

  private static IPAddress address(String name) {
    return new IPAddressBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("ipaddress.kubernetes.io/managed-by", "ipallocator.k8s.io")
        .endMetadata()
        .withNewSpec()
        .withNewParentRef()
        .withResource("services")
        .withNamespace("default")
        .withName("web")
        .endParentRef()
        .endSpec()
        .build();
  }

  private static Service service(String address) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName("web")
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .withClusterIP(address)
        .endSpec()
        .build();
  }
}
