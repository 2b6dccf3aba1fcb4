package dev.troupe.testkit.experiment.witness;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What those have to say who looked on in a run.
///
/// @param released when somebody began to let each object go that he has held by a finalizer, by
///   key
/// @param pasts what came of questions for the past
/// @param settlement empty if nobody waited for the end of all work
/// @param sizes what members held, over time
public record Testimony(
    List<Informed> collections,
    Map<String, Long> released,
    List<AskedPast> pasts,
    Optional<Settlement> settlement,
    List<MemberSize> sizes) {

  /// What a member held at a moment.
  ///
  /// @param process its number: each life has its own
  /// @param nanos when, by the clock of clients
  /// @param kilobytes of memory
  /// @param files that it has open, and connections
  public record MemberSize(
      String member, long process, long nanos, long kilobytes, long threads, long files) {}

  public static final Testimony NONE =
      new Testimony(List.of(), Map.of(), List.of(), Optional.empty(), List.of());

  public Testimony {
    collections = List.copyOf(collections);
    released = Map.copyOf(released);
    pasts = List.copyOf(pasts);
    sizes = List.copyOf(sizes);
  }

  /// What an informer was shown of a collection.
  public Optional<Informed> of(String collection) {
    return collections.stream().filter(one -> one.collection().equals(collection)).findFirst();
  }
}
