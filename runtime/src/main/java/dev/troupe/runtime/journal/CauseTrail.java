package dev.troupe.runtime.journal;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Most;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Follows a change back to whoever wanted it: from the object to the one whose reconcile decided
/// it, as that was when it was decided on, and so on, until somebody else than a controller wrote.
public final class CauseTrail {

  /// Every step goes to an older version, so that no trail turns in circles; longer ones than this
  /// tell nobody anything.
  private static final int MOST_STEPS = 64;

  /// The trail reads older states than the newest, which lie between the newest ones.
  private static final Most PAGE = new Most(200, 8L << 20);

  private final Journal journal;

  public CauseTrail(Journal journal) {
    this.journal = journal;
  }

  /// How a trail ends.
  public enum End {
    /// Somebody wrote who is no controller.
    PERSON,
    /// The platform wrote: there is nobody behind it.
    PLATFORM,
    /// What comes before is not kept any more, or never was there.
    FORGOTTEN,
    /// There is more, but nobody would read it.
    TOO_LONG
  }

  /// @param steps from the change that was asked about on
  public record FollowedTrail(List<EventRecord> steps, End end) {}

  /// @param version the newest change not above it is asked about
  /// @return no steps if nothing is kept of the object
  public CompletionStage<FollowedTrail> of(ResourceKey key, long version) {
    return follow(new ArrayList<>(), key, version);
  }

  private CompletionStage<FollowedTrail> follow(
      List<EventRecord> steps, ResourceKey key, long version) {
    return journal
        .history(key, PAGE)
        .thenCompose(events -> {
          var found = steps.isEmpty() ? notAbove(events, version) : wanted(events, key, version);
          if (found == null) {
            return ended(steps, End.FORGOTTEN);
          }
          steps.add(found);
          var cause = found.cause();
          var subject = cause.subject();
          return switch (cause.kind()) {
            case USER -> ended(steps, End.PERSON);
            case PLATFORM -> ended(steps, End.PLATFORM);
            case CONTROLLER ->
                subject == null
                    ? ended(steps, End.FORGOTTEN)
                    : steps.size() == MOST_STEPS
                        ? ended(steps, End.TOO_LONG)
                        : follow(steps, subject, decidedOn(found));
          };
        });
  }

  /// What a controller writes into the object that it looks at, such as its status, is passed over:
  /// it says how far things are, not what is wanted.
  private static @Nullable EventRecord wanted(
      List<EventRecord> events, ResourceKey key, long version) {
    var found = notAbove(events, version);
    while (found != null && key.equals(found.cause().subject())) {
      found = notAbove(events, found.version() - 1);
    }
    return found;
  }

  private static long decidedOn(EventRecord event) {
    return Math.min(event.cause().version(), event.version() - 1);
  }

  private static CompletionStage<FollowedTrail> ended(List<EventRecord> steps, End end) {
    return CompletableFuture.completedFuture(new FollowedTrail(List.copyOf(steps), end));
  }

  private static @Nullable EventRecord notAbove(List<EventRecord> events, long version) {
    return events.stream().filter(event -> event.version() <= version).findFirst().orElse(null);
  }
}
