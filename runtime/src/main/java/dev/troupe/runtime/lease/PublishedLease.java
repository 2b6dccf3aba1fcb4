package dev.troupe.runtime.lease;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The board of one member. It goes by the clocks, so a member that was stopped for a while finds
/// its lease over before it has done anything else.
public final class PublishedLease implements LeaseBoard {

  private final Supplier<TwoClocks> clocks;

  private volatile @Nullable Cover cover;

  public PublishedLease(Supplier<TwoClocks> clocks) {
    this.clocks = clocks;
  }

  public void publish(Cover next) {
    cover = next;
  }

  public void withdraw() {
    cover = null;
  }

  /// How much of the lease is left; nothing if there is none.
  public Duration left() {
    var present = cover;
    return present == null ? Duration.ZERO : present.left(clocks.get());
  }

  @Override
  public String why() {
    var present = cover;
    if (present == null) {
      return "this member has no read lease";
    }
    return present.hearsOfTheStore(clocks.get())
        ? "no majority of the members grants this one a read lease"
        : LeaseBoard.super.why();
  }

  @Override
  public boolean covers() {
    var present = cover;
    return present != null && present.holds(clocks.get());
  }
}
