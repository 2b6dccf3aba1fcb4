package dev.troupe.runtime.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.WatchSubscription;
import dev.troupe.runtime.measure.Trail;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

/// How far a host is behind what its member has.
class FollowingTest {

  private final Trail merged = new Trail();
  private final Following following =
      new Following(
          TypeRef.core("pods"), 100, 256, TestInbox.<ControllerHost.Command>create().getRef());

  @Test
  void hostIsBehindByWhatItHasNotHandled() {
    assertThat(following.behind()).as("before it is subscribed").isEqualTo(Trail.Behind.NOTHING);
    following.onSubscribe(new Subscribed(merged));
    merged.add(90);
    assertThat(following.behind()).isEqualTo(Trail.Behind.NOTHING);

    merged.add(110);
    merged.add(120);
    assertThat(following.behind()).isEqualTo(new Trail.Behind(2, 110));
    following.handled(110);
    assertThat(following.behind()).isEqualTo(new Trail.Behind(1, 120));
    following.handled(130);
    assertThat(following.behind()).isEqualTo(Trail.Behind.NOTHING);
  }

  private record Subscribed(Trail merged) implements WatchSubscription {

    @Override
    public Trail.Behind behind(long position) {
      return merged.behind(position);
    }

    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  }
}
