package dev.troupe.runtime.controller.logic.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.Failure;
import dev.troupe.api.refusal.CauseType;
import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StateFormatTest {

  private static final ObjectState STATE =
      ObjectState.fresh(
          "test", new ResourceKey(TypeRef.core("configmaps"), "default", "main"), "u");

  @Test
  void refusalIsRememberedByItsType() {
    var refused =
        new Failure.Refused(
            StatusReason.FORBIDDEN, "it ends", List.of(CauseType.NAMESPACE_TERMINATING));

    var text = new String(StateFormat.encode(failedWith(refused)), StandardCharsets.UTF_8);

    assertThat(text)
        .contains(
            "\"retry\":{\"attempt\":1,\"sinceMillis\":5,\"dueMillis\":9,\"message\":\"it ends\","
                + "\"quarantined\":false,\"reason\":\"FORBIDDEN\","
                + "\"causes\":[\"NAMESPACE_TERMINATING\"]}");
    assertThat(failure(text)).isEqualTo(refused);
  }

  @Test
  void failureThatIsNoRefusalIsRememberedInWords() {
    var broken = new Failure.Broken("no plan");
    var text = new String(StateFormat.encode(failedWith(broken)), StandardCharsets.UTF_8);
    assertThat(failure(text)).isEqualTo(broken);
  }

  @Test
  void failureThatWasWrittenBeforeRefusalsHadTypesCanBeRead() {
    var now = new String(StateFormat.encode(STATE), StandardCharsets.UTF_8);
    var before =
        now.substring(0, now.length() - 1)
            + ",\"retry\":{\"attempt\":1,\"sinceMillis\":5,\"dueMillis\":9,"
            + "\"message\":\"403 it ends\",\"quarantined\":false}}";
    assertThat(failure(before)).isEqualTo(new Failure.Broken("403 it ends"));
  }

  private static ObjectState failedWith(Failure failure) {
    return STATE.withRetry(ObjectState.Retry.of(1, failure, 5, 9, false));
  }

  private static Failure failure(String state) {
    var retry = StateFormat.decode(state.getBytes(StandardCharsets.UTF_8)).retry();
    return Objects.requireNonNull(retry).failure();
  }
}
