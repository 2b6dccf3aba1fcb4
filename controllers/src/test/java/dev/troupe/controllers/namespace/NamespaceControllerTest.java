package dev.troupe.controllers.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.troupe.api.controller.PlatformActivity.CloseNamespace;
import dev.troupe.api.controller.PlatformActivity.SweepNamespace;
import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamespaceControllerTest {

  private static final String NOTHING = "{\"remaining\":{},\"finalizers\":{},\"failures\":[]}";

  private final List<String> calls = new ArrayList<>();
  private final ArrayDeque<String> sweeps = new ArrayDeque<>();
  private final Stage stage =
      new Stage()
          .with(new NamespaceController("certificate"))
          .answering(
              CloseNamespace.class,
              close -> {
                calls.add("close " + close.namespace());
                return "";
              })
          .answering(
              SweepNamespace.class,
              sweep -> {
                calls.add("sweep " + sweep.namespace());
                return sweeps.isEmpty() ? NOTHING : sweeps.poll();
              });

  @Test
  void furnishesANewNamespace() {
    stage.put(namespace()).settle();

    assertThat(stage.all(ServiceAccount.class))
        .singleElement()
        .matches(a -> a.getMetadata().getName().equals("default"))
        .matches(a -> a.getMetadata().getNamespace().equals("team"));
    assertThat(stage.get(ConfigMap.class, "kube-root-ca.crt").getData())
        .containsExactly(Map.entry("ca.crt", "certificate"));
  }

  @Test
  void restoresWhatIsDeletedOrChanged() {
    stage.put(namespace()).settle();

    stage.delete(stage.get(ServiceAccount.class, "default"));
    var map = stage.get(ConfigMap.class, "kube-root-ca.crt");
    map.setData(Map.of("ca.crt", "forged", "more", "x"));
    stage.put(map).settle();

    assertThat(stage.all(ServiceAccount.class)).hasSize(1);
    assertThat(stage.get(ConfigMap.class, "kube-root-ca.crt").getData())
        .containsExactly(Map.entry("ca.crt", "certificate"));
  }

  @Test
  void sweepsUntilNothingIsLeftThenFinalizes() {
    sweeps.add(
        "{\"remaining\":{\"pods.\":2},\"finalizers\":{\"example.com/f\":1},\"failures\":[]}");
    stage.put(namespace()).settle();
    stage.delete(stage.get(Namespace.class, "team"));
    stage.settle();

    assertThat(calls).containsExactly("close team", "sweep team");
    assertThat(conditions())
        .extracting(NamespaceCondition::getType, NamespaceCondition::getStatus)
        .containsExactly(
            tuple("NamespaceDeletionDiscoveryFailure", "False"),
            tuple("NamespaceDeletionGroupVersionParsingFailure", "False"),
            tuple("NamespaceDeletionContentFailure", "False"),
            tuple("NamespaceContentRemaining", "True"),
            tuple("NamespaceFinalizersRemaining", "True"));
    assertThat(conditions().get(3).getMessage())
        .isEqualTo("Some resources are remaining: pods. has 2 resource instances");
    assertThat(stage.get(Namespace.class, "team").getSpec().getFinalizers()).hasSize(1);

    stage.advance(Duration.ofSeconds(2));

    assertThat(calls).containsExactly("close team", "sweep team", "sweep team");
    assertThat(stage.get(Namespace.class, "team").getSpec().getFinalizers()).isEmpty();
    assertThat(conditions()).allMatch(c -> c.getStatus().equals("False"));
  }

  private List<NamespaceCondition> conditions() {
    return stage.get(Namespace.class, "team").getStatus().getConditions();
  }

  /// With a finalizer that keeps it in sight.
  private static Namespace namespace() {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName("team")
        .withFinalizers("example.com/watch")
        .endMetadata()
        .withNewSpec()
        .withFinalizers("kubernetes")
        .endSpec()
        .build();
  }
}
