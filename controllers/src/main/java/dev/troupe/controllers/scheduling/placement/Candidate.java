package dev.troupe.controllers.scheduling.placement;

import dev.troupe.api.resource.ResourceKey;
import java.util.Comparator;
import java.util.List;

/// A node with the pods that would have to leave it, of which there is at least one, the most
/// important first.
record Candidate(String node, List<Victim> victims) {

  /// The least harm first: to the important, to all together, to how many, and to those who have
  /// run for longest.
  static final Comparator<Candidate> ORDER =
      Comparator.comparingInt(Candidate::highest)
          .thenComparingLong(Candidate::sum)
          .thenComparingInt(candidate -> candidate.victims().size())
          .thenComparing(Candidate::started, Comparator.reverseOrder());

  List<ResourceKey> keys() {
    return victims.stream().map(Victim::key).toList();
  }

  private int highest() {
    return victims.getFirst().priority();
  }

  /// Of numbers none of which is negative, so that more victims are never less.
  private long sum() {
    return victims.stream().mapToLong(one -> (long) one.priority() - Integer.MIN_VALUE).sum();
  }

  /// When the first of the most important was started.
  private String started() {
    return victims.getFirst().started();
  }
}
