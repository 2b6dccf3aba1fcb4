package dev.troupe.apiserver.read;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.encoding.ListMeta;
import dev.troupe.apiserver.options.Selection;
import dev.troupe.resources.codec.owners.JsonParts;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.Pull;
import dev.troupe.runtime.resource.StoredResource;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Picks a page out of a list.
///
/// What has a limit is gathered, as only then it is known where the next page begins. What has none
/// is taken while it is sent, if it is long: whole lists at once, selected ones as soon as they
/// turn out to be long and to come from elsewhere.
final class PageReader {

  /// How long whoever sends may wait for a piece.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// Of a list that comes in pieces so many bytes are gathered: enough to know how it is sent.
  private static final long GATHERED = 2L * Answer.LONG;

  private final ListCursor cursor;
  private final Pull pull;
  private final Selection selection;
  private final boolean everything;
  private final boolean whole;
  private final long limit;
  private final List<byte[]> items = new ArrayList<>();
  private long weight;
  private @Nullable StoredResource last;

  /// @param first whether the list begins at its start
  PageReader(ListCursor cursor, Selection selection, long limit, boolean first) {
    this.cursor = cursor;
    this.whole = first && limit == Long.MAX_VALUE && selection.everything();
    this.pull = new Pull(cursor);
    this.selection = selection;
    this.everything = selection.everything();
    this.limit = limit;
  }

  /// @param items the first is known; others may have to be waited for, unless the weight is small
  /// @param weight about the bytes of all items
  /// @param end ends the list before all items have been taken
  record Page(Iterator<byte[]> items, long weight, ListMeta meta, Runnable end) {}

  /// @param thread where it goes on after a piece that had to be waited for
  CompletionStage<Page> read(Executor thread) {
    BooleanSupplier more =
        whole && cursor.weight() > Answer.LONG ? () -> false : this::isMoreGathered;
    return pull.each(more, this::take, thread).thenApply(_ -> page());
  }

  private boolean isMoreGathered() {
    return items.size() < limit && (weight < GATHERED || limit < Long.MAX_VALUE || pull.isLast());
  }

  private void take(StoredResource found) {
    last = found;
    if (everything || selection.matches(found)) {
      items.add(found.json());
      weight += found.size();
    }
  }

  private Page page() {
    if (pull.state() == Pull.State.OVER) {
      return page(items.iterator(), weight, PageEnd.OF_THE_LIST);
    }
    if (last == null || items.size() < limit) {
      return page(rest(), Math.max(weight, cursor.weight()), PageEnd.OF_THE_LIST);
    }
    pull.close();
    return page(
        items.iterator(), weight, PageEnd.behind(cursor, last.key(), selection, items.size()));
  }

  private Iterator<byte[]> rest() {
    var rest = pull.rest(PATIENCE);
    return everything && items.isEmpty()
        ? new Contents(rest)
        : new Remaining(items.iterator(), rest, selection);
  }

  /// What resources contain.
  private record Contents(Iterator<StoredResource> resources) implements JsonParts {

    @Override
    public boolean hasNext() {
      return resources.hasNext();
    }

    @Override
    public byte[] next() {
      return resources.next().json();
    }

    @Override
    public void writeNext(OutputStream out) throws IOException {
      resources.next().content().writeTo(out);
    }
  }

  private Page page(Iterator<byte[]> contents, long bytes, PageEnd end) {
    return new Page(contents, bytes, end.meta(cursor.version()), pull::close);
  }
}
