package dev.troupe.runtime.overview;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.collection.whereabouts.Elsewhere;
import dev.troupe.runtime.collection.whereabouts.Here;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.controller.HostReport;
import dev.troupe.runtime.measure.Figure;
import dev.troupe.runtime.relay.Relays;
import dev.troupe.runtime.relay.logic.MergeBoard;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// What a member knows of itself, and where others are, at the moment when somebody asks. Nothing
/// is sent for it, and nobody who is busy is waited for. Used by any thread.
public final class OwnAccount {

  /// Of a second.
  private static final double MILLIS = 1_000;

  private final LookedAt around;

  /// What of its member an account looks at.
  ///
  /// @param address of this member
  /// @param members that take part, of whom nothing is known but that
  /// @param followers the address of the member at which a follower is, where this one is at the
  ///   address that is given; empty if it is gone
  /// @param time what versions go by
  public record LookedAt(
      Supplier<String> address,
      Supplier<List<Overview.MemberReport>> members,
      Placement placement,
      PartitionDirectory directory,
      EventStore store,
      Relays relays,
      BiFunction<Long, String, Optional<String>> followers,
      InstantSource time) {}

  public OwnAccount(LookedAt around) {
    this.around = around;
  }

  /// What others are told.
  public SelfReport self() {
    var here = around.address().get();
    return new SelfReport(
        here,
        around.directory().all().stream().map(local -> local.report(here)).toList(),
        around.store().recentCommits().orElse(null),
        held(),
        streams(here));
  }

  private List<HeldReport> held() {
    long now = now();
    return around.relays().merging().entrySet().stream()
        .map(each -> {
          var behind = each.getValue().behind();
          return new HeldReport(
              each.getKey(),
              each.getValue().slowest(),
              behind.changes(),
              Duration.ofMillis(behind.millis(now)));
        })
        .toList();
  }

  private List<StreamReport> streams(String here) {
    long now = now();
    var byReceiver = new TreeMap<String, StreamReport>();
    for (var local : around.directory().all()) {
      for (var delivery : local.deliveries().all()) {
        around
            .followers()
            .apply(delivery.follower(), here)
            .ifPresent(to ->
                byReceiver.compute(
                    to,
                    (_, known) ->
                        (known == null ? StreamReport.none(here, to) : known)
                            .with(local.id(), delivery.behind(), now)));
      }
    }
    return List.copyOf(byReceiver.values());
  }

  private long now() {
    return around.time().millis();
  }

  /// @param controllers how those are doing
  /// @param others what other members have told; of what the rest hold only the place is known
  public Overview overview(List<HostReport> controllers, List<SelfReport> others) {
    var self = self();
    return Overview.of(
        around.members().get(),
        around.placement().all().stream().map(id -> place(id, self.member())).toList(),
        controllers,
        Stream.concat(Stream.of(self), others.stream()).toList(),
        now());
  }

  private PartitionReport place(PartitionId id, String here) {
    var found = around.directory().find(id).toCompletableFuture();
    return found.isDone()
        ? switch (found.join()) {
          case Here local -> local.report(here);
          case Elsewhere elsewhere -> new PartitionReport(id, elsewhere.owner(), false, 0, 0, 0);
        }
        : PartitionReport.unknown(id);
  }

  /// What it holds, and who is behind, in numbers.
  public List<Figure> figures() {
    var owned = around.directory().all();
    return Stream.of(
            Stream.of(
                Figure.Level.of(
                    "troupe_partitions_owned", "Partitions that this member holds", owned.size()),
                Figure.Level.of(
                    "troupe_partitions_serving",
                    "Those of them that serve",
                    (double) owned.stream().filter(found -> found.report("").serving()).count())),
            ofPromises(),
            ofStreams())
        .flatMap(figures -> figures)
        .map(Figure.class::cast)
        .toList();
  }

  private Stream<Figure.Level> ofPromises() {
    long now = now();
    var merging = around.relays().merging();
    return Stream.of(
        ofPromises(
            "troupe_promise_age_seconds",
            "How old the least promise is of the partitions of a collection that is watched here as"
                + " a whole; it grows while nobody writes",
            merging,
            each -> age(each.promised(), now) / MILLIS),
        ofPromises(
            "troupe_promise_held_changes",
            "Changes that its watches lack, until the slowest partition promises that nothing comes"
                + " before them",
            merging,
            MergeBoard.Merging::held),
        ofPromises(
            "troupe_promise_held_seconds",
            "How long the first of them has been there",
            merging,
            each -> each.behind().millis(now) / MILLIS));
  }

  /// In milliseconds; infinite if there is no promise.
  private static double age(long promised, long now) {
    return promised == Version.NONE
        ? Double.POSITIVE_INFINITY
        : Math.max(0, now - Version.millis(promised));
  }

  private static Figure.Level ofPromises(
      String name,
      String help,
      Map<TypeRef, MergeBoard.Merging> merging,
      ToDoubleFunction<MergeBoard.Merging> value) {
    var samples =
        merging.entrySet().stream()
            .map(each ->
                new Figure.Sample(
                    Map.of("collection", each.getKey().toString()),
                    value.applyAsDouble(each.getValue())))
            .toList();
    return new Figure.Level(name, help, samples);
  }

  private Stream<Figure.Level> ofStreams() {
    var streams = streams(around.address().get());
    return Stream.of(
        new Figure.Level(
            "troupe_stream_unacknowledged_changes",
            "Changes of partitions here that a member which follows them has not acknowledged",
            streams.stream().map(each -> sample(each, each.changes())).toList()),
        new Figure.Level(
            "troupe_stream_unacknowledged_seconds",
            "How long the first of them has been there",
            streams.stream()
                .map(each -> sample(each, each.oldest().toMillis() / MILLIS))
                .toList()));
  }

  private static Figure.Sample sample(StreamReport stream, double value) {
    return new Figure.Sample(Map.of("peer", stream.to()), value);
  }
}
