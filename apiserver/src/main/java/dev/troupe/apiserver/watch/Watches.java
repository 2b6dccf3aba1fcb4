package dev.troupe.apiserver.watch;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.encoding.ObjectForm;
import dev.troupe.apiserver.options.Selection;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.Pull;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Begins watches.
public final class Watches {

  private static final int SHORTEST = 1_800;

  private final RandomGenerator random;

  /// @param random spreads the ends of watches that name no time themselves
  public Watches(RandomGenerator random) {
    this.random = random;
  }

  /// What is watched, and how the client wants it.
  ///
  /// @param resources as the client sees them
  /// @param namespace empty for all
  public record What(
      Resources resources,
      TypeRef type,
      String namespace,
      Selection selection,
      ObjectForm form,
      boolean bookmarks,
      @Nullable Long timeoutSeconds) {}

  /// Changes after a version.
  public Answer.Source after(What what, long version) {
    return stream(what, Pull.nothing(), false, version);
  }

  /// A state, and the changes after it.
  public Answer.Source from(What what, ListCursor state) {
    return stream(what, new Pull(state), what.bookmarks, state.version());
  }

  private Answer.Source stream(What what, Pull initial, boolean initialEnd, long after) {
    return new WatchStream(
        what.resources,
        new WatchPlan(
            what.type,
            new EventFilter(what.namespace, what.selection),
            what.form,
            initial,
            initialEnd,
            after,
            what.bookmarks,
            lifetime(what.timeoutSeconds)));
  }

  /// A time that is over already ends a watch at once.
  private Duration lifetime(@Nullable Long seconds) {
    return seconds == null || seconds == 0
        ? Duration.ofSeconds(SHORTEST + random.nextInt(SHORTEST))
        : Duration.ofSeconds(Math.clamp(seconds, 0, Integer.MAX_VALUE));
  }
}
