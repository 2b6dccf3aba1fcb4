package dev.troupe.persistence.postgresql.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OriginTest {

  @Test
  void onlyTheSameServerOnALaterTimelineIsFollowed() {
    var before = new Origin("7300/0000000A");

    assertThat(new Origin("7300/0000000B").follows(before)).isTrue();
    assertThat(new Origin("7300/00000010").follows(before)).isTrue();
    assertThat(new Origin("7300/00000009").follows(before)).isFalse();
    assertThat(before.follows(before)).isFalse();
    assertThat(new Origin("7301/0000000B").follows(before)).isFalse();
  }
}
