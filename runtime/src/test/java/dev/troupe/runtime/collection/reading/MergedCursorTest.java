package dev.troupe.runtime.collection.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.resource.StoredResource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MergedCursorTest {

  private static final TypeRef TYPE = TypeRef.core("configmaps");
  private static final ListQuery QUERY = ListQuery.of(TYPE, null).at(7);
  private static final Comparator<StoredResource> ORDER =
      Comparator.<StoredResource, String>comparing(item -> item.key().namespace())
          .thenComparing(item -> item.key().name());

  /// A part that comes in pieces, some of them late.
  private static final class Part implements ListCursor {

    private final Deque<List<StoredResource>> pieces = new ArrayDeque<>();
    private final List<Runnable> late;
    private final Random random;
    private int given;
    private int failsAfter = Integer.MAX_VALUE;
    private boolean closed;

    private Part(List<StoredResource> items, List<Runnable> late, Random random) {
      this.late = late;
      this.random = random;
      int at = 0;
      do {
        int end = Math.min(items.size(), at + random.nextInt(4));
        pieces.add(items.subList(at, end));
        at = end;
      } while (at < items.size());
    }

    @Override
    public long version() {
      return 7;
    }

    @Override
    public long count() {
      return pieces.stream().mapToInt(List::size).sum();
    }

    @Override
    public long weight() {
      return 10 * count();
    }

    @Override
    public CompletionStage<Chunk> next() {
      var next = new CompletableFuture<Chunk>();
      Runnable give =
          () -> {
            if (given++ == failsAfter) {
              next.completeExceptionally(new UnavailableException("lost"));
            } else {
              var piece = pieces.remove();
              next.complete(new Chunk(piece.iterator(), pieces.isEmpty()));
            }
          };
      if (random.nextBoolean()) {
        give.run();
      } else {
        late.add(give);
      }
      return next;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static StoredResource resource(int number) {
    var key = new ResourceKey(TYPE, "ns" + number % 5, "n" + number);
    return new StoredResource(key, "u", number, new byte[10], Map.of(), Map.of(), List.of());
  }

  private static List<StoredResource> sorted(Stream<StoredResource> items) {
    return items.sorted(ORDER).toList();
  }

  private static List<Part> parts(int items, List<Runnable> late, Random random) {
    int count = 1 + random.nextInt(8);
    var all = IntStream.range(0, items).mapToObj(MergedCursorTest::resource).toList();
    return IntStream.range(0, count)
        .mapToObj(part ->
            new Part(
                sorted(all.stream().filter(item -> item.version() % count == part)), late, random))
        .toList();
  }

  /// Gives what is late, one after the other.
  private static void give(List<Runnable> late, Random random) {
    while (!late.isEmpty()) {
      late.remove(random.nextInt(late.size())).run();
    }
  }

  @Test
  void partsAreOneListInOrderHoweverTheirPiecesCome() {
    for (long seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      var late = new ArrayList<Runnable>();
      int items = random.nextInt(60);
      var merged =
          new MergedCursor(
              QUERY, List.<ListCursor>copyOf(parts(items, late, random)), Runnable::run);
      assertThat(merged.version()).isEqualTo(7);
      assertThat(merged.count()).isEqualTo(items);
      assertThat(merged.weight()).isEqualTo(10L * items);

      var taken = new ArrayList<StoredResource>();
      var done = new Pull(merged).each(taken::add, Runnable::run);
      give(late, random);

      assertThat(done).as("seed %d", seed).isCompleted();
      assertThat(taken)
          .as("seed %d", seed)
          .isEqualTo(sorted(IntStream.range(0, items).mapToObj(MergedCursorTest::resource)));
    }
  }

  /// What is missing must not look like the end.
  @Test
  void listOfWhichAPartIsLostFailsAndLetsAllOthersGo() {
    for (long seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      var late = new ArrayList<Runnable>();
      var parts = parts(60, late, random);
      var broken = parts.get(random.nextInt(parts.size()));
      broken.failsAfter = random.nextInt(broken.pieces.size());
      var merged = new MergedCursor(QUERY, List.<ListCursor>copyOf(parts), Runnable::run);

      var done = new Pull(merged).each(_ -> {}, Runnable::run).toCompletableFuture();
      give(late, random);

      assertThatThrownBy(done::join)
          .as("seed %d", seed)
          .hasCauseInstanceOf(UnavailableException.class);
      assertThat(parts).allSatisfy(part -> assertThat(part.closed).isTrue());
    }
  }

  /// However much is at hand.
  @Test
  void pieceIsOfABoundedSize() {
    var items =
        IntStream.range(0, 1_000)
            .mapToObj(number ->
                new StoredResource(
                    new ResourceKey(TYPE, "a", "%04d".formatted(number)),
                    "u",
                    number,
                    new byte[10_000],
                    Map.of(),
                    Map.of(),
                    List.of()))
            .toList();
    var whole = List.<ListCursor>of(ReadyPieces.one(7, items));
    var merged = new MergedCursor(QUERY, whole, Runnable::run);

    var first = merged.next().toCompletableFuture().join();

    assertThat(first.last()).isFalse();
    assertThat(first.items()).toIterable().hasSizeBetween(2, 20);
  }
}
