package dev.troupe.apiserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.WatchItem.Changed;
import dev.troupe.runtime.resource.StoredResource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedTest {

  /// What has been asked for and has not come.
  private long asked;

  private final Feed feed = new Feed(Runnable::run, () -> {});

  FeedTest() {
    feed.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long more) {
            asked += more;
          }

          @Override
          public void cancel() {
            asked = 0;
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"1000, 128", "10000, 26", "100000, 2", "1500000, 2"})
  void asMuchIsAskedForAsIsWorthAQuarterOfAMegabyte(int bytes, int wanted) {
    assertThat(asked).isEqualTo(Feed.FIRST);

    for (int i = 0; i < 500; i++) {
      take(bytes);
    }

    assertThat(asked).isBetween(wanted / 2L, (long) wanted);
  }

  @Test
  void smallChangesFollowLargeOnes() {
    for (int i = 0; i < 100; i++) {
      take(1_000_000);
    }
    assertThat(asked).isLessThanOrEqualTo(2);

    for (int i = 0; i < 500; i++) {
      take(100);
    }
    assertThat(asked).isGreaterThan(Feed.MOST / 2);
  }

  @Test
  void nothingIsAskedForWhileNothingIsTaken() {
    for (int i = 0; i < Feed.FIRST; i++) {
      arrive(10);
      feed.requestMore();
    }

    assertThat(asked).isZero();
  }

  private void take(int bytes) {
    arrive(bytes);
    feed.next();
    feed.requestMore();
  }

  private void arrive(int bytes) {
    assertThat(asked).isPositive();
    asked--;
    var key = new ResourceKey(TypeRef.core("pods"), "default", "p");
    var resource =
        new StoredResource(key, "uid", 2, new byte[bytes], Map.of(), Map.of(), List.of());
    feed.onNext(new Changed(WatchItem.Type.MODIFIED, resource, null));
  }
}
