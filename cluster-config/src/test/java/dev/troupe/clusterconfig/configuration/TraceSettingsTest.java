package dev.troupe.clusterconfig.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Traces are off unless they are sent somewhere, and what cannot be is refused with a sentence.
class TraceSettingsTest {

  private static TraceSettings settings(Object endpoint, Object ratio) {
    return TraceSettings.from(
        ConfigFactory.parseMap(
            Map.of("troupe.traces.endpoint", endpoint, "troupe.traces.ratio", ratio), "here"));
  }

  @Test
  void tracesAreOffWhereNothingIsSaid() {
    var settings = TraceSettings.from(ConfigFactory.defaultReference());

    assertThat(settings).isEqualTo(new TraceSettings(null, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:4318, http://127.0.0.1:4318/v1/traces",
    "http://collector:4318/, http://collector:4318/v1/traces",
    "https://collector.example/otlp/v1/traces, https://collector.example/otlp/v1/traces",
    "HTTPS://[::1]:4318, HTTPS://[::1]:4318/v1/traces",
    "http://collector/v1/traces?tenant=a, http://collector/v1/traces?tenant=a"
  })
  void collectorsHaveAUsualPath(String said, String meant) {
    assertThat(settings(said, 0.25)).isEqualTo(new TraceSettings(URI.create(meant), 0.25));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "collector:4318",
        "collector",
        "ftp://collector:4318",
        "grpc://collector:4317",
        "http:///v1/traces",
        "http://collector:0",
        "http://collector:70000",
        "http://collector:4318/#here",
        "http://two words:4318",
        "mailto:collector@example"
      })
  void endpointThatIsNoneIsRefused(String endpoint) {
    assertThatThrownBy(() -> settings(endpoint, 1))
        .isInstanceOf(WrongConfigurationException.class)
        .hasMessage(
            "here: troupe.traces.endpoint must be a URL of http or https, such as"
                + " http://collector.example:4318");
  }

  @Test
  void passwordsAreRefusedAndNotRepeated() {
    assertThatThrownBy(() -> settings("http://me:geheim@collector:4318", 1))
        .isInstanceOf(WrongConfigurationException.class)
        .hasMessageContaining("troupe.traces.endpoint must be without user and password")
        .hasMessageNotContaining("geheim");
    assertThatThrownBy(() -> settings("http://me:ge heim@collector:4318", 1))
        .hasMessageNotContaining("heim");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, 100})
  void ratioIsAPartOfAll(double ratio) {
    assertThatThrownBy(() -> settings("", ratio))
        .isInstanceOf(WrongConfigurationException.class)
        .hasMessageContaining("troupe.traces.ratio is " + ratio + ", and must be from 0 to 1");
  }
}
