package dev.troupe.controllers.deployment;

import static dev.troupe.controllers.stage.Fixtures.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategyBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # replicas, maxSurge,                 maxUnavailable, more at most, fewer at most
          10,         25%,                      25%,            3,            2
          1,          25%,                      25%,            1,            0
          10,         0,                        0%,             0,            1
          3,          5,                        7,              5,            3
          0,          25%,                      25%,            0,            0
          3,          100%,                     100%,           3,            3
          3,          1000%,                    0,              30,           0
          3,          2147483647,               0,              2147483644,   0
          3,          2147483648%,              1,              64424510,     1
          3,          99999999999999999999999%, 1,              64424510,     1
          2147483647, 2147483647,               2147483647,     0,            2147483647
          2147483647, 100%,                     100%,           0,            2147483647
          """)
  void surgeIsRoundedUpAndUnavailabilityDownAndNothingRunsOver(
      int replicas, String surge, String unavailable, int more, int fewer) {
    assertThat(Limits.of(rolling(replicas, surge, unavailable))).isEqualTo(new Limits(more, fewer));
  }

  @Test
  void asManyPodsMoreAsThereAreNumbersHoldNoRolloutUp() {
    var stage = new Stage().with(new DeploymentController());

    stage.put(rolling(3, "2147483647", "0")).settle();

    assertThat(stage.all(ReplicaSet.class))
        .singleElement()
        .satisfies(set -> assertThat(set.getSpec().getReplicas()).isEqualTo(3));
  }

  private static Deployment rolling(int replicas, String surge, String unavailable) {
    var deployment = deployment("web", replicas, "nginx:1");
    deployment
        .getSpec()
        .setStrategy(
            new DeploymentStrategyBuilder()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(limit(surge))
                .withMaxUnavailable(limit(unavailable))
                .endRollingUpdate()
                .build());
    return deployment;
  }

  private static IntOrString limit(String text) {
    return text.endsWith("%") ? new IntOrString(text) : new IntOrString(Integer.valueOf(text));
  }
}
