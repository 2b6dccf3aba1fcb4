package dev.troupe.clusterconfig.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Looked for again and again, at a bounded pace, and known meanwhile.
class SeedSearchTest {

  private static final SearchPace QUICK =
      new SearchPace(Duration.ofSeconds(30), Duration.ofMillis(1), Duration.ofMillis(4));
  private static final SearchPace IMPATIENT =
      new SearchPace(Duration.ofMillis(20), Duration.ofMillis(1), Duration.ofMillis(4));

  private final BlockingQueue<CompletableFuture<List<String>>> asked = new LinkedBlockingQueue<>();

  private CompletableFuture<List<String>> ask() {
    var answer = new CompletableFuture<List<String>>();
    asked.add(answer);
    return answer;
  }

  private CompletableFuture<List<String>> nextAsked() throws InterruptedException {
    var next = asked.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("is looked for again").isNotNull();
    return next;
  }

  @Test
  void pauseGrowsWithFailuresInARowAndIsBounded() {
    assertThat(List.of(0, 1, 2, 3, 4, 50))
        .extracting(failures -> SearchPace.STANDARD.pause(failures).toSeconds())
        .containsExactly(1L, 1L, 2L, 4L, 8L, 10L);
  }

  @Test
  void whatWasFoundLastStaysKnownWhileNothingCanBeLookedUp() throws Exception {
    try (var search = SeedSearch.start(this::ask, QUICK)) {
      assertThat(search.known()).isEmpty();
      assertThat(search.trouble()).isPresent();

      nextAsked().complete(List.of("a:1", "b:1"));
      var second = nextAsked();
      assertThat(search.known()).containsExactly("a:1", "b:1");
      assertThat(search.trouble()).isEmpty();

      second.completeExceptionally(new LookupFailedException("the DNS is away", null));
      var third = nextAsked();
      assertThat(search.known()).containsExactly("a:1", "b:1");
      assertThat(search.trouble()).contains("the DNS is away");

      third.complete(List.of());
      var _ = nextAsked();
      assertThat(search.known()).isEmpty();
      assertThat(search.trouble()).contains("members are looked for, and nobody is found");
    }
  }

  @Test
  void lookupThatHangsIsGivenUp() throws Exception {
    try (var search = SeedSearch.start(this::ask, IMPATIENT)) {
      var _ = nextAsked();
      var _ = nextAsked();
      assertThat(search.trouble()).hasValueSatisfying(why -> assertThat(why).contains("within"));
    }
  }

  @Test
  void lookupThatThrowsIsRepeated() throws Exception {
    var thrown = new LinkedBlockingQueue<Integer>();
    Seeds broken =
        () -> {
          thrown.add(1);
          throw new IllegalStateException("a bug");
        };
    try (var search = SeedSearch.start(broken, QUICK)) {
      assertThat(thrown.poll(10, TimeUnit.SECONDS)).isNotNull();
      assertThat(thrown.poll(10, TimeUnit.SECONDS)).isNotNull();
      assertThat(search.trouble()).hasValueSatisfying(why -> assertThat(why).contains("a bug"));
    }
  }

  @Test
  void nobodyIsAskedOnceItIsClosed() throws Exception {
    var search = SeedSearch.start(this::ask, QUICK);
    var last = nextAsked();
    search.close();
    last.complete(List.of("a:1"));

    assertThat(asked.poll(20, TimeUnit.MILLISECONDS)).isNull();
  }
}
