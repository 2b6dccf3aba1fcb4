package dev.troupe.controllers.nodeport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodePortControllerTest {

  private final Stage stage = new Stage().with(new NodePortController());

  @Test
  void keepsTheNumberOfAServiceThatUsesIt() {
    stage.put(service(30_080));
    stage.put(claim(30_080, uid())).settle();
    stage.advance(Duration.ofHours(1));

    assertThat(stage.all(NodePort.class)).hasSize(1);
  }

  @Test
  void waitsForTheServiceToArrive() {
    stage.put(service(30_081));
    stage.put(claim(30_080, uid())).settle();
    stage.advance(Duration.ofSeconds(74));
    stage.put(service(30_080)).settle();
    stage.advance(Duration.ofHours(1));

    assertThat(stage.all(NodePort.class)).hasSize(1);
  }

  @Test
  void freesAtOnceWhatAServiceGaveUpOrLeftBehind() {
    stage.put(service(30_080));
    stage.put(claim(30_080, uid())).settle();
    stage.advance(Duration.ofMinutes(2));
    stage.put(service(30_081)).settle();
    assertThat(stage.all(NodePort.class)).isEmpty();

    stage.put(claim(30_081, uid())).settle();
    stage.advance(Duration.ofMinutes(2));
    stage.delete(stage.get(Service.class, "web"));
    stage.settle();
    assertThat(stage.all(NodePort.class)).isEmpty();
  }

  @Test
  void freesWhatIsClaimedForAServiceThatNeverCame() {
    stage.put(service(30_080));
    stage.put(claim(30_080, "another")).settle();
    stage.advance(Duration.ofSeconds(76));

    assertThat(stage.all(NodePort.class)).isEmpty();
  }

  private String uid() {
    return stage.get(Service.class, "web").getMetadata().getUid();
  }

  private static NodePort claim(int number, String uid) {
    var claim = new NodePort();
    var metadata = new ObjectMeta();
    metadata.setName(Integer.toString(number));
    claim.setMetadata(metadata);
    claim.setSpec(new NodePort.Spec("default", "web", uid));
    return claim;
  }

  private static Service service(int nodePort) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName("web")
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .addNewPort()
        .withPort(80)
        .withNodePort(nodePort)
        .endPort()
        .endSpec()
        .build();
  }
}
