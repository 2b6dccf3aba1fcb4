package dev.troupe.apiserver.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.runtime.collection.Snapshot.Position;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContinueTokenTest {

  @Test
  void aTokenSurvivesTheRoundTrip() {
    var namespaced = new ContinueToken(12, new Position("ns", "name"));
    var cluster = new ContinueToken(ContinueToken.LATEST, new Position("", "name"));

    assertThat(ContinueToken.parse(namespaced.text())).isEqualTo(namespaced);
    assertThat(ContinueToken.parse(cluster.text())).isEqualTo(cluster);
    assertThat(namespaced.text()).doesNotContain("=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"v\":\"meta.k8s.io/v2\",\"rv\":1,\"start\":\"a\\u0000\"}",
        "{\"v\":\"meta.k8s.io/v1\",\"rv\":0,\"start\":\"a\\u0000\"}",
        "{\"v\":\"meta.k8s.io/v1\",\"rv\":\"1\",\"start\":\"a\\u0000\"}",
        "{\"v\":\"meta.k8s.io/v1\",\"rv\":1,\"start\":\"a\"}",
        "{\"v\":\"meta.k8s.io/v1\",\"rv\":-2,\"start\":\"a\\u0000\"}",
        "[1]",
        "nonsense"
      })
  void otherTextsAreBadRequests(String json) {
    String token = Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));

    assertBad(token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "a", "////", "é"})
  void whatIsNoBase64IsABadRequest(String token) {
    assertBad(token);
  }

  private static void assertBad(String token) {
    assertThatThrownBy(() -> ContinueToken.parse(token))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> {
              assertThat(refused.refusal().code()).isEqualTo(400);
              assertThat(refused.refusal().message()).startsWith("continue key is not valid: ");
            });
  }
}
