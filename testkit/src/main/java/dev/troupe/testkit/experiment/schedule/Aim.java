package dev.troupe.testkit.experiment.schedule;

import java.util.List;
import java.util.stream.Collectors;

/// Whom a scheduled fault hits, as far as that is known before it comes. What was drawn stands for
/// the one at that place among those that there are then, counted on from the first behind the
/// last.
public sealed interface Aim {

  /// Whoever owns a partition.
  ///
  /// @param drawn its place among all partitions in order
  record PartitionOwner(int drawn) implements Aim {}

  /// Whoever has the coordinator of sharding.
  record Coordinator() implements Aim {}

  /// Whom the cluster has as its leader.
  record Leader() implements Aim {}

  /// Somebody else than whoever has the coordinator.
  ///
  /// @param drawn the place among the others, in the order of their numbers
  record NotTheCoordinator(int drawn) implements Aim {}

  /// @param numbers from 1
  record Members(List<Integer> numbers) implements Aim {
    public Members {
      numbers = List.copyOf(numbers);
    }
  }

  /// No member: the database, clients, or one more that joins.
  record NoMember() implements Aim {}

  /// For people; empty where it is no member.
  default String words() {
    return switch (this) {
      case PartitionOwner _ -> "the owner of a partition";
      case Coordinator _ -> "the coordinator";
      case Leader _ -> "the leader";
      case NotTheCoordinator _ -> "another member than the coordinator";
      case Members(var numbers) when numbers.size() == 1 -> "member " + numbers.getFirst();
      case Members(var numbers) ->
          "members " + numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
      case NoMember _ -> "";
    };
  }
}
