package dev.troupe.runtime.placing.logic;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.PartitionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where partitions are, and where they would be spread more evenly: each collection first, as one
/// that is busy is to be carried by all members; then all partitions together.
///
/// Only members that take a type count for its partitions. What is as even as it can be stays where
/// it is.
public final class PartitionSpread {

  /// Collections in an order that is the same for all.
  private static final Comparator<PartitionId> ORDER =
      Comparator.comparing((PartitionId partition) -> partition.collection().toString())
          .thenComparingInt(PartitionId::number);

  private static final class Load {
    private final String member;
    private final List<PartitionId> partitions;
    private final Map<TypeRef, Integer> counts = new HashMap<>();

    private Load(String member, Collection<PartitionId> partitions) {
      this.member = member;
      this.partitions = new ArrayList<>(partitions);
      this.partitions.sort(ORDER);
      partitions.forEach(partition -> counts.merge(partition.collection(), 1, Integer::sum));
    }

    private int of(TypeRef type) {
      return counts.getOrDefault(type, 0);
    }

    private int total() {
      return partitions.size();
    }

    private void remove(PartitionId partition) {
      if (partitions.remove(partition)) {
        counts.merge(partition.collection(), -1, Integer::sum);
      }
    }

    private void add(PartitionId partition) {
      partitions.add(partition);
      counts.merge(partition.collection(), 1, Integer::sum);
    }
  }

  private final Map<String, Load> loads = new TreeMap<>();
  private final BiPredicate<String, TypeRef> takes;

  /// @param placed the partitions of every member, also of those that have none
  /// @param takes whether a member may be given partitions of a type
  public PartitionSpread(
      Map<String, ? extends Collection<PartitionId>> placed, BiPredicate<String, TypeRef> takes) {
    placed.forEach((member, partitions) -> loads.put(member, new Load(member, partitions)));
    this.takes = takes;
  }

  /// Who is to have a partition that nobody has; empty if no member takes its type.
  public Optional<String> home(PartitionId partition) {
    return place(partition.collection(), null).map(load -> load.member);
  }

  /// @param leaving where one of the partitions is taken from; null if it is counted nowhere
  private Optional<Load> place(TypeRef type, @Nullable Load leaving) {
    var fewest =
        Comparator.comparingInt((Load load) -> load.of(type) - (load == leaving ? 1 : 0))
            .thenComparingInt(load -> load.total() - (load == leaving ? 1 : 0));
    return loads.values().stream().filter(load -> takes.test(load.member, type)).min(fewest);
  }

  /// Which partitions should leave the member that they are at; each of them finds another by
  /// [#home]. May be asked once.
  ///
  /// @param moving are on their way already, be they still counted where they came from or nowhere
  /// @param most how many may be on their way at once
  public Set<PartitionId> moves(Set<PartitionId> moving, int most) {
    moving.stream().sorted(ORDER).forEach(this::move);
    var moves = new LinkedHashSet<PartitionId>();
    var busy = new LinkedHashSet<>(moving);
    while (busy.size() < most && (improve(2, busy) || improve(1, busy))) {
      moves.add(busy.getLast());
    }
    return moves;
  }

  /// Which partitions should leave members that are about to go; each of them finds another by
  /// [#home]. What nobody else takes stays for as long as the member does.
  ///
  /// @param departs whether a member is about to go; such a member takes nothing
  /// @param moving are on their way already
  /// @param most how many may be on their way at once
  public Set<PartitionId> departures(Predicate<String> departs, Set<PartitionId> moving, int most) {
    return loads.values().stream()
        .filter(load -> departs.test(load.member))
        .flatMap(load -> load.partitions.stream())
        .filter(partition -> !moving.contains(partition) && home(partition).isPresent())
        .limit(Math.max(0, most - moving.size()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private void move(PartitionId partition) {
    loads.values().forEach(load -> load.remove(partition));
    place(partition.collection(), null).ifPresent(load -> load.add(partition));
  }

  /// Moves one partition more, if that makes something better.
  ///
  /// @param difference by how much more partitions of its collection must be where it is; a
  ///   difference of 1 just changes sides, and is worth it if the totals gain by that
  /// @param busy takes the partition
  private boolean improve(int difference, Set<PartitionId> busy) {
    var heaviest =
        loads.values().stream().sorted(Comparator.comparingInt(Load::total).reversed()).toList();
    for (var from : heaviest) {
      for (var partition : from.partitions.reversed()) {
        if (!busy.contains(partition) && isBetter(from, partition.collection(), difference)) {
          move(partition);
          return busy.add(partition);
        }
      }
    }
    return false;
  }

  private boolean isBetter(Load from, TypeRef type, int difference) {
    if (!takes.test(from.member, type)) {
      return false;
    }
    var to = place(type, from).orElse(from);
    int more = from.of(type) - to.of(type);
    return more >= difference && (more > 1 || from.total() - to.total() > 1);
  }
}
