package dev.troupe.runtime.gateway.bulk;

import dev.troupe.runtime.collection.Resources.AheadException;
import dev.troupe.runtime.collection.Resources.ExpiredException;
import dev.troupe.runtime.collection.Resources.OverloadedException;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.SeenVersions;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.Snapshot.Position;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.reading.LocalCursor;
import dev.troupe.runtime.collection.reading.PartitionReader;
import dev.troupe.runtime.collection.whereabouts.Freshness;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListAsked;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListBegun;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListPart;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListPulled;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListRefused;
import dev.troupe.runtime.gateway.message.GatewayMessage.OfAPartition;
import dev.troupe.runtime.gateway.message.GatewayMessage.PromiseAhead;
import dev.troupe.runtime.gateway.message.ListRefusal;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.resource.StoredResource;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/// Lists that other members take from partitions of this one. Each keeps the state that it is of,
/// and where it is; what has been sent is not kept, as it is made again if it is lost. So a list
/// goes on when its partition has gone.
public final class ServedLists {

  /// How much a part has, beside its last item.
  private static final int PART = 96 * 1024;

  /// What an item takes beside its content.
  private static final int BESIDE = 200;

  /// Who takes nothing for so long has forgotten it.
  private static final long IDLE_MILLIS = 60_000;

  /// Who leaves waits so long at most until lists have been taken, and not for those of which
  /// nobody has taken anything for some time.
  private static final long LEAVING_MILLIS = 10_000;

  private static final long RESTING_MILLIS = 2_000;

  private static final int MOST = 1_024;
  private static final int MOST_OF_ONE = 512;

  /// How an answer goes to whoever has asked.
  @FunctionalInterface
  public interface Asker {

    /// @return false if it cannot be sent now
    boolean answer(OfAPartition answer);
  }

  private static final class Served {

    private final MemberId taker;
    private final Snapshot state;
    private final ListQuery query;

    /// Behind which the present part begins, and the next.
    private @Nullable Position start;

    private @Nullable Position end;
    private int number;
    private volatile long askedMillis;

    private Served(MemberId taker, Snapshot state, ListQuery query, long now) {
      this.taker = taker;
      this.state = state;
      this.query = query;
      this.start = query.after();
      this.askedMillis = now;
    }

    private record Part(List<StoredResource> items, boolean last) {}

    private synchronized Part begin() {
      return take();
    }

    /// @return null if it is neither the present part nor the next
    private synchronized @Nullable Part take(int wanted) {
      if (wanted == number + 1) {
        start = end;
        number = wanted;
      }
      return wanted == number ? take() : null;
    }

    private Part take() {
      var items = new ArrayList<StoredResource>();
      long bytes = 0;
      var rest = rest();
      while (rest.hasNext() && bytes < PART) {
        var next = rest.next();
        items.add(next);
        bytes += next.size() + BESIDE;
      }
      if (!items.isEmpty()) {
        var last = items.getLast().key();
        end = new Position(last.namespace(), last.name());
      }
      return new Part(items, !rest.hasNext());
    }

    private Iterator<StoredResource> rest() {
      return new LocalCursor(state, query.behind(start)).items();
    }
  }

  private final PartitionReader reader;
  private final Freshness freshness;
  private final SeenVersions seen;
  private final InstantSource time;
  private final Executor executor;
  private final AtomicLong numbers;
  private final Map<Long, Served> lists = new ConcurrentHashMap<>();
  private final Set<Leaving> leaving = ConcurrentHashMap.newKeySet();

  /// @param executor where parts are made
  /// @param first where the numbers of lists begin; differs from life to life of this member
  public ServedLists(
      PartitionReader reader,
      Freshness freshness,
      SeenVersions seen,
      InstantSource time,
      Executor executor,
      long first) {
    this.reader = reader;
    this.freshness = freshness;
    this.seen = seen;
    this.time = time;
    this.executor = executor;
    this.numbers = new AtomicLong(first);
  }

  /// Begins a list of a partition that is here.
  public void begin(MemberId taker, ListAsked asked, Asker asker) {
    if (lists.size() >= MOST || of(taker) >= MOST_OF_ONE) {
      asker.answer(
          new ListRefused(
              ListRefusal.OVERLOADED, "too many lists are taken from other members at once"));
      return;
    }
    var query = asked.query();
    var state =
        query.version() == ListQuery.NEWEST
            ? reader.newest(asked.partition(), 0)
            : reader.at(asked.partition(), query.version(), asked.fromStore());
    var _ =
        state
            .thenAcceptAsync(read -> begin(taker, query, read, asker), executor)
            .exceptionally(failure -> {
              asker.answer(refused(failure, query.version()));
              return null;
            });
  }

  private long of(MemberId taker) {
    return lists.values().stream().filter(list -> list.taker.equals(taker)).count();
  }

  /// Nobody may have written behind this member's back before the state was read.
  private void begin(MemberId taker, ListQuery query, Snapshot state, Asker asker) {
    freshness.require();
    seen.show(query.collection(), state.version());
    var whole = new LocalCursor(state, query);
    var list = new Served(taker, state, query, time.millis());
    var first = list.begin();
    long number = first.last() ? 0 : numbers.incrementAndGet();
    if (!first.last()) {
      lists.put(number, list);
    }
    var begun =
        new ListBegun(number, state.version(), whole.count(), whole.weight(), first.items());
    if (!asker.answer(begun)) {
      lists.remove(number);
    }
  }

  private static OfAPartition refused(Throwable failure, long version) {
    var cause = Failures.cause(failure);
    var why = String.valueOf(cause.getMessage());
    return switch (cause) {
      case AheadException _ -> new PromiseAhead(version);
      case ExpiredException _ -> new ListRefused(ListRefusal.EXPIRED, why);
      case OverloadedException _ -> new ListRefused(ListRefusal.OVERLOADED, why);
      case UnavailableException unavailable when unavailable.isMoving() ->
          new ListRefused(ListRefusal.MOVING, why);
      default -> new ListRefused(ListRefusal.UNAVAILABLE, why);
    };
  }

  /// Whoever hears nothing asks again.
  public void pull(MemberId taker, ListPulled pulled, Asker asker) {
    var list = lists.get(pulled.list());
    if (list == null || !list.taker.equals(taker)) {
      asker.answer(
          new ListRefused(
              ListRefusal.UNAVAILABLE,
              "the rest of a list of " + pulled.partition() + " is not kept any more"));
      return;
    }
    list.askedMillis = time.millis();
    executor.execute(() -> {
      var part = list.take(pulled.number());
      if (part != null) {
        asker.answer(new ListPart(pulled.list(), pulled.number(), part.items(), part.last()));
      }
    });
  }

  /// Nobody asks for more of it.
  public void end(MemberId taker, long number) {
    lists.computeIfPresent(number, (_, list) -> list.taker.equals(taker) ? null : list);
  }

  /// A member takes nothing any more.
  public void gone(MemberId member) {
    forget(list -> list.taker.equals(member));
  }

  /// Lets go of what nobody takes. To be called now and then.
  public void look() {
    long now = time.millis();
    forget(list -> list.askedMillis < now - IDLE_MILLIS);
    leaving.removeIf(whoLeaves -> whoLeaves.look(now));
  }

  /// Completes when nobody is just taking something, or after a while: whoever leaves lets lists
  /// end before he goes.
  public CompletionStage<Done> whenTaken() {
    var whoLeaves = new Leaving(time.millis() + LEAVING_MILLIS, new CompletableFuture<>());
    leaving.add(whoLeaves);
    return whoLeaves.taken;
  }

  private final class Leaving {

    private final long until;
    private final CompletableFuture<Done> taken;

    private Leaving(long until, CompletableFuture<Done> taken) {
      this.until = until;
      this.taken = taken;
    }

    private boolean look(long now) {
      return (now > until
              || lists.values().stream().allMatch(list -> list.askedMillis < now - RESTING_MILLIS))
          && taken.complete(Done.getInstance());
    }
  }

  private void forget(Predicate<Served> whom) {
    lists.values().removeIf(whom);
  }

  /// How many there are.
  public int size() {
    return lists.size();
  }
}
