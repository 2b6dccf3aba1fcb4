package dev.troupe.benchmarks.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessagesTest {

  // header {revision 300}, created
  private static final byte[] CREATED = {0x0a, 3, 0x18, (byte) 0xac, 2, 0x18, 1};

  // header {revision 5}, two events
  private static final byte[] EVENTS = {0x0a, 2, 0x18, 5, 0x5a, 1, 0, 0x5a, 2, 0, 0};

  @Test
  void watchTellsThatItHasBegun() {
    assertThat(Messages.isCreated(CREATED)).isTrue();
    assertThat(Messages.isCreated(EVENTS)).isFalse();
  }

  @Test
  void eventsAreCounted() {
    assertThat(Messages.events(EVENTS)).isEqualTo(2);
    assertThat(Messages.events(CREATED)).isZero();
  }

  @Test
  void revisionIsThatOfTheHeader() {
    assertThat(Messages.revision(CREATED)).isEqualTo(300);
  }

  @Test
  void watchOfAPrefixEndsBehindIt() {
    assertThat(Messages.behind("/a/".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("/a0".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void rangeHasItsFields() {
    var framed = Messages.range(new byte[] {'a'}, new byte[] {'b'}, 500, true);

    assertThat(framed.getBytes())
        .containsExactly(0, 0, 0, 0, 11, 0x0a, 1, 'a', 0x12, 1, 'b', 0x18, (byte) 0xf4, 3, 0x38, 1);
  }
}
