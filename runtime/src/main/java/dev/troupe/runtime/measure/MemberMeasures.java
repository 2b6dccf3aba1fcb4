package dev.troupe.runtime.measure;

import java.util.List;
import java.util.function.LongSupplier;

/// What one member measures of its work with others. Used by any thread.
public final class MemberMeasures {

  private final LongSupplier nanos;
  private final Tally letters =
      new Tally(
          "troupe_letters",
          "Letters of other members and to them; dropped are those of members that this one does"
              + " not work with",
          "direction",
          "kind");
  private final Durations forwarded =
      new Durations(
          "troupe_forwarded_request_duration_seconds",
          "How long other members took for what was asked of their partitions, by member, kind and"
              + " whether it was answered",
          "peer",
          "kind",
          "outcome");
  private final Durations openings =
      new Durations(
          "troupe_partition_opening_duration_seconds",
          "How long partitions of this member did not serve: from when they were placed here, or"
              + " lost their epoch, until the next had begun");
  private final Tally votes =
      new Tally("troupe_votes_sent", "Votes of this member, to others, that one is down", "victim");
  private final Tally removals =
      new Tally("troupe_removals", "Members that this one has had removed", "victim");

  /// @param nanos a clock that never goes back
  public MemberMeasures(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// A moment, to be given back later.
  public long now() {
    return nanos.getAsLong();
  }

  /// @param message of which only the kind counts
  public void sent(Object message) {
    letters.add("sent", kind(message));
  }

  public void received(Object message) {
    letters.add("received", kind(message));
  }

  public void dropped(Object message) {
    letters.add("dropped", kind(message));
  }

  /// Somebody else's partition was asked something.
  ///
  /// @param began a moment of [#now]
  public void forwarded(String peer, Class<?> question, long began, boolean answered) {
    forwarded.add(now() - began, peer, question.getSimpleName(), answered ? "answered" : "lost");
  }

  /// @param began a moment of [#now]
  public void opened(long began) {
    openings.add(now() - began);
  }

  /// @param victim the address of who is voted down
  public void voted(String victim) {
    votes.add(victim);
  }

  public void removed(String victim) {
    removals.add(victim);
  }

  private static String kind(Object message) {
    return message.getClass().getSimpleName();
  }

  public List<Figure> figures() {
    return List.of(
        letters.figure(), forwarded.figure(), openings.figure(), votes.figure(), removals.figure());
  }
}
