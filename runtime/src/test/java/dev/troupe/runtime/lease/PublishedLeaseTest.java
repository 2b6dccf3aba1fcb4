package dev.troupe.runtime.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What a reader is told who is refused.
class PublishedLeaseTest {

  private long millis = 50_000;
  private final PublishedLease lease = new PublishedLease(this::now);

  private TwoClocks now() {
    return new TwoClocks(millis, Duration.ofMillis(millis).toNanos());
  }

  private void pass(Duration time) {
    millis += time.toMillis();
  }

  @Test
  void whoHasNeverHadOneSaysSo() {
    assertThat(lease.covers()).isFalse();
    assertThat(lease.why()).isEqualTo("this member has no read lease");
  }

  @Test
  void othersThatGrantNothingAreNotTheStore() {
    lease.publish(new Cover(now(), now(), LeaseSettings.DEFAULT));
    assertThat(lease.covers()).isTrue();

    pass(Duration.ofSeconds(2));

    assertThat(lease.covers()).isFalse();
    assertThat(lease.why()).isEqualTo("no majority of the members grants this one a read lease");
  }

  @Test
  void storeThatIsSilentIsNamed() {
    var beaten = now();
    pass(LeaseSettings.DEFAULT.storeSilence());
    lease.publish(new Cover(now(), beaten, LeaseSettings.DEFAULT));

    assertThat(lease.covers()).isFalse();
    assertThat(lease.why()).isEqualTo("the store does not answer");
  }
}
