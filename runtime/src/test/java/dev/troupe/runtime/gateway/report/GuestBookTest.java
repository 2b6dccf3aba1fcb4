package dev.troupe.runtime.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.store.PartitionId;
import org.junit.jupiter.api.Test;

class GuestBookTest {

  private static final MemberId ONE = new MemberId("one:1", 1);
  private static final MemberId TWO = new MemberId("two:2", 2);
  private static final PartitionId PODS = new PartitionId(TypeRef.core("pods"), 0);

  private final GuestBook guests = new GuestBook();

  @Test
  void guestKeepsANumberThatNobodyHereHas() {
    long first = guests.number(ONE, PODS, 7);

    assertThat(first).isNegative();
    assertThat(guests.number(ONE, PODS, 7)).isEqualTo(first);
    assertThat(guests.number(TWO, PODS, 7)).isNotEqualTo(first);
    assertThat(guests.number(ONE, PODS, 8)).isNotEqualTo(first);
  }

  @Test
  void whereAFollowerIsIsKnownByItsNumber() {
    long guest = guests.number(TWO, PODS, 7);

    assertThat(guests.address(guest, "here:0")).contains("two:2");
    assertThat(guests.address(7, "here:0")).contains("here:0");
  }

  @Test
  void whoHasGoneIsForgotten() {
    long left = guests.number(ONE, PODS, 7);
    long lost = guests.number(TWO, PODS, 7);

    assertThat(guests.leaves(ONE, PODS, 7)).hasValue(left);
    assertThat(guests.leaves(ONE, PODS, 7)).isEmpty();
    guests.gone(TWO);

    assertThat(guests.address(left, "here:0")).isEmpty();
    assertThat(guests.address(lost, "here:0")).isEmpty();
    assertThat(guests.number(TWO, PODS, 7)).isNotEqualTo(lost);
  }
}
