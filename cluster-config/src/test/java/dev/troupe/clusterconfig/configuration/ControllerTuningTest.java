package dev.troupe.clusterconfig.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.troupe.api.controller.settings.ControllerSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is configured about controllers wins over what they say themselves, and what cannot be is
/// refused with its key and a reason.
class ControllerTuningTest {

  private static final ControllerSettings OWN = ControllerSettings.DEFAULT.workers(3);

  private static ControllerTuning tuning(String said) {
    return ControllerTuning.from(
        ConfigFactory.parseString(said).withFallback(ConfigFactory.defaultReference()).resolve());
  }

  @Test
  void controllersRunAsTheySayWhereNothingIsSaid() {
    assertThat(tuning("").of("web", OWN)).isEqualTo(OWN);
    assertThat(tuning("troupe.controllers.other.workers = 1").of("web", OWN)).isEqualTo(OWN);
  }

  @Test
  void whatIsSaidWins() {
    var tuning =
        tuning(
            """
            troupe.controllers.cluster-ip {
              back-off { first = 10ms, most = 1s }
              rate = 2.5
              priority = -7
              resync = 1h
              deadline = 9s
              paused = true
            }
            """);

    assertThat(tuning.of("cluster-ip", OWN))
        .isEqualTo(
            OWN.backOff(Duration.ofMillis(10), Duration.ofSeconds(1))
                .rate(2.5)
                .priority(-7)
                .resync(Duration.ofHours(1))
                .deadline(Duration.ofSeconds(9))
                .paused(true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "workers = -1 | troupe.controllers.web.workers is -1, and must be from 0",
        "workers = many | web.workers",
        "resync = 1ms | troupe.controllers.web.resync is PT0.001S, and must be 0 (never)",
        "deadline = 1 hour | troupe.controllers.web.deadline is PT1H, and must be",
        "back-off.most = 1ms | troupe.controllers.web.back-off.most is PT0.001S, and must not",
        "paused = perhaps | web.paused"
      })
  void valueThatCannotBeIsRefused(String said, String sentence) {
    var tuning = tuning("troupe.controllers.web { " + said + " }");

    assertThatThrownBy(() -> tuning.of("web", OWN))
        .isInstanceOf(WrongConfigurationException.class)
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web.worker = 1 | there is no key troupe.controllers.web.worker; a controller has back-off",
        "web.back-off = 1s | there is no key troupe.controllers.web.back-off; a controller has",
        "web = 1 | web"
      })
  void keyThatNoControllerHasIsRefused(String said, String sentence) {
    assertThatThrownBy(() -> tuning("troupe.controllers." + said))
        .isInstanceOf(WrongConfigurationException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void controllerThatThereIsNotIsRefused() {
    var tuning = tuning("troupe.controllers.wep.workers = 1");

    assertThatThrownBy(() -> tuning.require(Set.of("web", "namespace")))
        .isInstanceOf(WrongConfigurationException.class)
        .hasMessageContaining(
            "troupe.controllers.wep: there is no controller wep; there are namespace, web");
    tuning.require(Set.of("wep"));
  }

  @Test
  void everyKeyIsExplainedInTheReference() throws IOException {
    var keys =
        new String[] {
          "workers", "first", "most", "rate", "priority", "resync", "deadline", "paused"
        };
    var text = new StringBuilder();
    var all = ControllerTuning.class.getClassLoader().getResources("reference.conf");
    while (all.hasMoreElements()) {
      try (var in = all.nextElement().openStream()) {
        text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    assertThat(text).contains("controllers {");
    for (var key : keys) {
      assertThat(text.toString()).containsPattern("# +" + key + " = ");
    }
  }
}
