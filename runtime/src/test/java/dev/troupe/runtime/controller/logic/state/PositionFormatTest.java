package dev.troupe.runtime.controller.logic.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PositionFormatTest {

  private static final TypeRef PODS = TypeRef.core("pods");
  private static final TypeRef SETS = new TypeRef("apps", "replicasets");
  private static final HostPosition POSITION = new HostPosition(7, Map.of(PODS, 12L, SETS, 9L));

  /// As it was kept by the first Troupe that kept one. Never changed.
  private static final String FIRST =
      "{\"format\":1,\"revision\":\"r1\",\"decisions\":7,"
          + "\"followed\":{\"pods\":12,\"replicasets.apps\":9}}";

  @Test
  void positionIsKeptAsText() {
    assertThat(PositionFormat.encode(POSITION, "r1")).asString().isEqualTo(FIRST);
    assertThat(PositionFormat.decode(bytes(FIRST), "r1", Set.of(PODS, SETS))).contains(POSITION);
  }

  @Test
  void positionOfOtherCodeIsOfNoUse() {
    assertThat(PositionFormat.decode(bytes(FIRST), "r2", Set.of(PODS, SETS))).isEmpty();
  }

  @Test
  void positionOfOtherCollectionsIsOfNoUse() {
    assertThat(PositionFormat.decode(bytes(FIRST), "r1", Set.of(PODS))).isEmpty();
    assertThat(PositionFormat.decode(bytes(FIRST), "r1", Set.of(PODS, SETS, TypeRef.core("nodes"))))
        .isEmpty();
  }

  @Test
  void positionThatCannotBeReadIsOfNoUse() {
    var newer = FIRST.replace("\"format\":1", "\"format\":2");
    assertThat(PositionFormat.decode(bytes(newer), "r1", Set.of(PODS, SETS))).isEmpty();
    assertThat(PositionFormat.decode(bytes("{\"format\":1}"), "r1", Set.of())).isEmpty();
    assertThat(PositionFormat.decode(bytes("nonsense"), "r1", Set.of(PODS, SETS))).isEmpty();
  }

  @Test
  void whatALaterTroupeAddsIsPassedOver() {
    var later = FIRST.replace("\"format\":1", "\"format\":1,\"more\":[1]");
    assertThat(PositionFormat.decode(bytes(later), "r1", Set.of(PODS, SETS))).contains(POSITION);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
