package dev.troupe.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WireVersionsTest {

  private static final WireVersions OLD = new WireVersions(1, 2);
  private static final WireVersions NEW = new WireVersions(2, 3);
  private static final WireVersions NEWER = new WireVersions(3, 4);

  @Test
  void thoseWhoHaveAVersionInCommonMeet() {
    assertThat(OLD.meets(NEW)).isTrue();
    assertThat(NEW.meets(OLD)).isTrue();
    assertThat(NEW.meets(NEWER)).isTrue();
    assertThat(OLD.meets(NEWER)).isFalse();
    assertThat(NEWER.meets(OLD)).isFalse();
  }

  @Test
  void languageChangesWithTheLastNewMember() {
    assertThat(WireVersions.common(List.of(OLD, NEW, NEW))).isEqualTo(2);
    assertThat(WireVersions.common(List.of(NEW, NEW, NEW))).isEqualTo(3);
  }

  @Test
  void aloneTheOldestVersionIsSpoken() {
    assertThat(WireVersions.common(List.of())).isEqualTo(WireVersions.OURS.lowest());
  }

  @Test
  void versionsBeginWithOneAndDoNotGoDown() {
    assertThatThrownBy(() -> new WireVersions(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WireVersions(2, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void versionsAreSaidInWords() {
    assertThat(new WireVersions(2, 2)).hasToString("version 2");
    assertThat(OLD).hasToString("versions 1 to 2");
  }
}
