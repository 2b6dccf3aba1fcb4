package dev.troupe.runtime.collection.whereabouts;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.store.PartitionId;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where each partition is, as far as this member knows. One that is here is not looked for
/// elsewhere.
public final class PartitionDirectory {

  /// @param found of where it is; of nothing else, ever
  private record Known(
      @Nullable Here here, @Nullable Elsewhere elsewhere, CompletableFuture<Whereabouts> found) {

    private static Known nothing() {
      return new Known(null, null, new CompletableFuture<>());
    }

    private @Nullable Whereabouts place() {
      return here == null ? elsewhere : here;
    }

    private Known at(@Nullable Here nextHere, @Nullable Elsewhere nextElsewhere) {
      var next = new Known(nextHere, nextElsewhere, found);
      return place() == null || Objects.equals(place(), next.place())
          ? next
          : new Known(nextHere, nextElsewhere, new CompletableFuture<>());
    }

    private void tell() {
      var place = place();
      if (place != null) {
        found.complete(place);
      }
    }
  }

  private final ConcurrentHashMap<PartitionId, Known> partitions = new ConcurrentHashMap<>();
  private volatile Announcer announcer = Announcer.NOBODY;
  private volatile FormerOwners formerOwners = FormerOwners.NOBODY;

  /// Whom partitions are told of that begin here from now on.
  public void announceTo(Announcer next) {
    announcer = next;
  }

  /// Through whom members are asked that had a partition before it came here.
  public void askThrough(FormerOwners next) {
    formerOwners = next;
  }

  /// Asks one of them, see [FormerOwners#ask].
  public void ask(MemberId former, PartitionId id, long epoch, Runnable gone) {
    formerOwners.ask(former, id, epoch, gone);
  }

  /// Completes when it is known where the partition is.
  public CompletionStage<Whereabouts> find(PartitionId id) {
    var known = partitions.get(id);
    return known == null
        ? partitions.computeIfAbsent(id, _ -> Known.nothing()).found()
        : known.found();
  }

  /// The partition, if it is here.
  public Optional<Here> here(PartitionId id) {
    return Optional.ofNullable(partitions.get(id)).map(Known::here);
  }

  /// Those that are here.
  public Collection<Here> all() {
    return partitions.values().stream().map(Known::here).flatMap(Stream::ofNullable).toList();
  }

  /// Those of which nobody knows where they are.
  public List<PartitionId> missing(Collection<PartitionId> wanted) {
    return wanted.stream()
        .filter(id -> {
          var known = partitions.get(id);
          return known == null || known.place() == null;
        })
        .toList();
  }

  /// A partition is here.
  public void arrived(Here here) {
    change(here.id(), known -> known.at(here, known.elsewhere()));
  }

  /// It serves in a new epoch, or somebody seems not to know that it does.
  public void began(Here here) {
    long epoch = here.epoch().getAsLong();
    if (epoch > 0) {
      announcer.began(here.id(), epoch);
    }
  }

  /// It is here no more, unless another one has come meanwhile.
  public void left(Here here) {
    change(
        here.id(), known -> here.equals(known.here()) ? known.at(null, known.elsewhere()) : known);
    announcer.left(here.id());
  }

  /// A partition is at another member.
  public void located(Elsewhere elsewhere) {
    change(elsewhere.id(), known -> known.at(known.here(), elsewhere));
  }

  /// No other member is known to have it.
  public void missed(PartitionId id) {
    change(id, known -> known.at(known.here(), null));
  }

  /// Tells those who look for it when nobody else can look at what is changed: they may go on from
  /// there, on this thread.
  private void change(PartitionId id, UnaryOperator<Known> change) {
    var next =
        partitions.compute(id, (_, known) -> change.apply(known == null ? Known.nothing() : known));
    next.tell();
  }
}
