package dev.troupe.runtime.collection.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.resource.StoredResource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PullTest {

  private static final TypeRef TYPE = TypeRef.core("configmaps");

  /// A list whose pieces come when the test gives them.
  private static final class Pieces implements ListCursor {

    private final Deque<CompletableFuture<Chunk>> asked = new ArrayDeque<>();
    private boolean closed;

    private void give(boolean last, int... numbers) {
      var items = IntStream.of(numbers).mapToObj(PullTest::resource).toList();
      asked.remove().complete(new Chunk(items.iterator(), last));
    }

    @Override
    public long version() {
      return 7;
    }

    @Override
    public long count() {
      return 0;
    }

    @Override
    public long weight() {
      return 0;
    }

    @Override
    public CompletionStage<Chunk> next() {
      assertThat(asked).as("pieces that are asked for at once").isEmpty();
      var next = new CompletableFuture<Chunk>();
      asked.add(next);
      return next;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final Pieces pieces = new Pieces();
  private final Pull pull = new Pull(pieces);
  private final List<String> taken = new ArrayList<>();

  private static StoredResource resource(int number) {
    var key = new ResourceKey(TYPE, "default", "n" + number);
    return new StoredResource(key, "u", 1, new byte[0], Map.of(), Map.of(), List.of());
  }

  private void take(StoredResource item) {
    taken.add(item.key().name());
  }

  @Test
  void nextPieceIsOnItsWayWhileTheOneBeforeIsTaken() {
    assertThat(pull.state()).isEqualTo(Pull.State.COMING);
    pieces.give(false, 1, 2);

    assertThat(pull.state()).isEqualTo(Pull.State.HERE);
    assertThat(pieces.asked).hasSize(1);
    take(pull.next());
    take(pull.next());
    assertThat(pull.state()).isEqualTo(Pull.State.COMING);
    pieces.give(true, 3);
    assertThat(pull.state()).isEqualTo(Pull.State.HERE);
    assertThat(pieces.asked).isEmpty();
    assertThat(pull.isLast()).isTrue();
    take(pull.next());
    assertThat(pull.state()).isEqualTo(Pull.State.OVER);
    assertThat(taken).containsExactly("n1", "n2", "n3");
  }

  @Test
  void emptyPiecesAreNoEnd() {
    var done = pull.each(this::take, Runnable::run).toCompletableFuture();
    pieces.give(false);
    pieces.give(false, 1);
    pieces.give(false);
    assertThat(done).isNotDone();
    pieces.give(true);

    assertThat(done).isCompleted();
    assertThat(taken).containsExactly("n1");
  }

  /// Whoever has enough learns whether there is more.
  @Test
  void takerThatHasEnoughLearnsWhetherThereIsMore() {
    var done = pull.each(() -> taken.size() < 2, this::take, Runnable::run).toCompletableFuture();
    pieces.give(false, 1, 2);
    assertThat(done).isNotDone();
    pieces.give(true, 3);

    assertThat(done).isCompleted();
    assertThat(taken).containsExactly("n1", "n2");
    assertThat(pull.state()).isEqualTo(Pull.State.HERE);
  }

  @Test
  void pieceThatDoesNotComeFailsTheTakerAndEndsTheList() {
    var done = pull.each(this::take, Runnable::run).toCompletableFuture();
    pieces.give(false, 1);
    pieces.asked.remove().completeExceptionally(new UnavailableException("gone"));

    assertThat(done.exceptionNow()).isInstanceOf(UnavailableException.class).hasMessage("gone");
    assertThat(pieces.closed).isTrue();
    assertThatThrownBy(pull::state).isInstanceOf(UnavailableException.class);
  }

  /// Of one piece it is what the piece yields, not a copy.
  @Test
  void allIsHandedOverWhenItIsHere() {
    var all = pull.all(Runnable::run).toCompletableFuture();
    pieces.give(false, 1, 2);
    pieces.give(false);
    assertThat(all).isNotDone();
    pieces.give(true, 3);

    all.join().forEachRemaining(this::take);
    assertThat(taken).containsExactly("n1", "n2", "n3");

    var items = List.of(resource(4)).iterator();
    var one = new Pieces();
    var whole = new Pull(one).all(Runnable::run);
    one.asked.remove().complete(new Chunk(items, true));
    assertThat(whole.toCompletableFuture().join()).isSameAs(items);
  }

  @Test
  void whoeverMayWaitWaitsOnlyForAWhile() {
    pieces.give(false, 1);
    var rest = pull.rest(Duration.ofMillis(20));

    assertThat(rest.next().key().name()).isEqualTo("n1");
    assertThatThrownBy(rest::hasNext)
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("does not come");

    pieces.give(true, 2);
    assertThat(rest.next().key().name()).isEqualTo("n2");
    assertThat(rest.hasNext()).isFalse();
  }

  /// More pieces than a stack has frames.
  @Test
  void manyPiecesThatAreHereAtOnceAreTaken() {
    int count = 100_000;
    var pieces =
        IntStream.rangeClosed(1, count)
            .mapToObj(number -> new Chunk(List.of(resource(number)).iterator(), number == count))
            .iterator();
    var atOnce = new Pull(new ReadyPieces(7, count, pieces));

    assertThat(atOnce.each(this::take, Runnable::run)).isCompleted();
    assertThat(taken).hasSize(count);
  }
}
