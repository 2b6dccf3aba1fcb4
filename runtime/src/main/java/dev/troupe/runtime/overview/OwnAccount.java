package dev.troupe.runtime.overview;

import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.collection.whereabouts.Elsewhere;
import dev.troupe.runtime.collection.whereabouts.Here;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.controller.HostReport;
import dev.troupe.runtime.measure.Figure;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import java.util.List;
import java.util.function.Supplier;

/// What a member knows of itself, and where others are, at the moment when somebody asks. Nothing
/// is sent for it. Used by any thread.
public final class OwnAccount {

  private final Supplier<String> address;
  private final Supplier<List<Overview.MemberReport>> members;
  private final Placement placement;
  private final PartitionDirectory directory;
  private final EventStore store;

  /// @param address of this member
  /// @param members that take part, of whom nothing is known but that
  public OwnAccount(
      Supplier<String> address,
      Supplier<List<Overview.MemberReport>> members,
      Placement placement,
      PartitionDirectory directory,
      EventStore store) {
    this.address = address;
    this.members = members;
    this.placement = placement;
    this.directory = directory;
    this.store = store;
  }

  /// What others are told.
  public SelfReport self() {
    var here = address.get();
    return new SelfReport(
        here,
        directory.all().stream().map(local -> local.report(here)).toList(),
        store.commits().orElse(null));
  }

  /// Of what others hold only the place is known.
  ///
  /// @param controllers how those are doing
  public Overview overview(List<HostReport> controllers) {
    var self = self();
    var places =
        placement.all().stream().map(id -> partitionReport(id, self.member())).toList();
    return new Overview(self.member(), members.get(), places, controllers).with(List.of(self));
  }

  private PartitionReport partitionReport(PartitionId id, String here) {
    var found = directory.find(id).toCompletableFuture();
    return found.isDone()
        ? switch (found.join()) {
          case Here local -> local.report(here);
          case Elsewhere elsewhere -> new PartitionReport(id, elsewhere.owner(), false, 0, 0, 0);
        }
        : PartitionReport.unknown(id);
  }

  /// What it holds, in numbers.
  public List<Figure> figures() {
    var owned = directory.all();
    return List.of(
        Figure.Level.of(
            "troupe_partitions_owned", "Partitions that this member holds", owned.size()),
        Figure.Level.of(
            "troupe_partitions_serving",
            "Those of them that serve",
            (double) owned.stream().filter(found -> found.report("").serving()).count()));
  }
}
