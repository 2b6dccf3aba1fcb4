package dev.troupe.runtime.collection.logic;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.Version;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.index.Entry;
import dev.troupe.runtime.collection.index.Index;
import dev.troupe.runtime.collection.index.Root;
import dev.troupe.runtime.collection.index.Roots;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.resource.logic.Flight;
import dev.troupe.runtime.resource.logic.Order;
import dev.troupe.runtime.resource.logic.ResourceLogic;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.version.VersionClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A partition: it runs epoch after epoch, passes writes to its children, and releases what they
/// store in the order of versions: to the index, to those who follow, to the writer.
///
/// - The index holds exactly the acknowledged writes.
/// - A version in flight ends by being released; should that become impossible, the epoch ends. The
///   next one looks up what was in flight, and runs again what cannot have been stored.
/// - Every write is answered exactly once, and none as successful that is not stored.
///
/// Not thread-safe, but for the [Roots] that it publishes and the clock that its children share.
public final class PartitionLogic {

  private static final String CEILING = "ceiling";
  private static final Duration FIRST_DELAY = Duration.ofMillis(50);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);
  private static final int ATTEMPTS = 3;
  private static final int MOST_WAITING = 10_000;

  private enum Phase {
    /// No epoch is open, one is being opened.
    OPENING,
    SERVING,
    /// The last epoch is being closed, or has been.
    GONE
  }

  /// A write that has not been answered.
  private static final class Command {

    private final long id;
    private final WriteRequest request;
    private final Consumer<WriteReply> client;
    private final Lane lane;
    private int failures;

    private Command(long id, WriteRequest request, Consumer<WriteReply> client, Lane lane) {
      this.id = id;
      this.request = request;
      this.client = client;
      this.lane = lane;
    }
  }

  /// An event that is stored and not yet released.
  private record Persisted(EventRecord event, StoredResource resource) {}

  /// An answer that is true once the version it was decided on is released.
  private record Gated(long command, WriteReply reply) {}

  /// A version that was in flight when its epoch ended.
  private record Lost(long epoch, long version, Flight flight) {

    private boolean isStoredAccordingTo(@Nullable EventRecord newest) {
      return newest != null && newest.epoch() == epoch && newest.version() >= version;
    }
  }

  private record Waiting(long version, Consumer<Promise> asker) {}

  private final PartitionId id;
  private final PartitionSettings settings;
  private final Roots roots;
  private final PartitionEffects effects;
  private final InstantSource time;
  private final DoubleSupplier random;

  private final Lanes lanes;
  private final Closings closings = new Closings();
  private final Followers followers;
  private final LinkedHashMap<Long, Command> commands = new LinkedHashMap<>();
  private final Map<Long, Persisted> persisted = new HashMap<>();
  private final Map<Long, List<Gated>> gated = new HashMap<>();
  private final Map<Long, Lost> lost = new LinkedHashMap<>();
  private final Keepings keepings = new Keepings();

  /// Children that are about to end because the store refused what they had.
  private final Set<Long> ending = new HashSet<>();

  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Waiting::version));
  private final ArrayDeque<Entry> tombstones = new ArrayDeque<>();

  private Phase phase = Phase.OPENING;
  private boolean leaving;
  private boolean raising;
  private boolean foreignEpoch;
  private int failures;
  private long epoch;
  private long lastCommand;
  private long released;
  private long ignoredReported;
  private Index index = Index.EMPTY;
  private EventStore.@Nullable Opened opened;
  private VersionClock<Flight> clock;

  /// @param roots where to publish
  /// @param time tells the time of the member
  /// @param random between 0 and 1, for delays
  public PartitionLogic(
      PartitionId id,
      PartitionSettings settings,
      Roots roots,
      PartitionEffects effects,
      InstantSource time,
      DoubleSupplier random) {
    this.id = id;
    this.settings = settings;
    this.roots = roots;
    this.effects = effects;
    this.time = time;
    this.random = random;
    this.lanes = new Lanes(settings.awake());
    this.followers = new Followers(id);
    this.clock = new VersionClock<>(id.number(), 0, 0, time);
    clock.close();
  }

  /// Begins; called once.
  public void start() {
    effects.open();
  }

  // Writes

  /// @param client is called once, possibly at once
  public void write(WriteRequest request, Consumer<WriteReply> client) {
    var key = request.mutation().key();
    if (leaving || phase == Phase.GONE) {
      refuse(client, moving());
    } else if (commands.size() >= settings.unanswered()) {
      refuse(client, Refusal.tooManyRequests(id + " has too many writes to do", 1));
    } else if (lanes.unanswered(key) >= settings.unansweredPerResource()) {
      refuse(client, Refusal.tooManyRequests(key + " has too many writes to do", 1));
    } else {
      var command = new Command(++lastCommand, request, client, lanes.enter(key));
      commands.put(command.id, command);
      if (isServing()) {
        dispatch(command);
      }
    }
  }

  private void dispatch(Command command) {
    var lane = command.lane;
    if (!lane.isAwake()) {
      effects.wake(lanes.wake(lane), lane.key());
    }
    var uid = command.request.mutation().facts().namespaceUid();
    effects.decide(
        lane.child(), new Order(epoch, command.id, command.request, closings.isClosed(uid)));
  }

  /// A child has answered without storing anything.
  public void decided(long ofEpoch, long command, WriteReply reply, long decidedOn) {
    if (!isCurrent(ofEpoch)) {
      return;
    }
    if (decidedOn <= released) {
      answer(command, reply);
    } else {
      gated.computeIfAbsent(decidedOn, _ -> new ArrayList<>()).add(new Gated(command, reply));
    }
  }

  /// A child's event is durable.
  public void persisted(long ofEpoch, EventRecord event, StoredResource resource) {
    if (isCurrent(ofEpoch)) {
      persisted.put(event.version(), new Persisted(event, resource));
      releaseAll();
    }
  }

  /// An event is definitely not stored, although the epoch goes on. Its child is about to end.
  public void notStored(long ofEpoch, long version, EventStore.Outcome why) {
    if (!isCurrent(ofEpoch)) {
      return;
    }
    long id = clock.withdraw(version).command();
    var command = commands.get(id);
    if (command != null) {
      ending.add(command.lane.child());
      answer(id, refused(refusal(why)));
    }
    releaseAll();
  }

  private static Refusal refusal(EventStore.Outcome why) {
    return why == EventStore.Outcome.NO_ROOM
        ? Refusal.noRoom("the write was not stored: the event store has no room")
        : Refusal.tooManyRequests("the write was not stored: the event store is overloaded", 1);
  }

  private void releaseAll() {
    var next = persisted.remove(clock.lowestInFlight());
    while (next != null) {
      release(next);
      next = persisted.remove(clock.lowestInFlight());
    }
    settlePromises();
  }

  private void release(Persisted next) {
    var event = next.event();
    long version = event.version();
    var flight = clock.release(version);
    var entry = Entry.of(event, next.resource());
    if (entry.isTombstone()) {
      tombstones.addLast(entry);
    }
    index = index.with(entry);
    released = version;
    failures = 0;
    publish();
    followers.send(epoch, change(event, next.resource()));
    answer(flight.command(), flight.draft().reply(version, event.body()));
    var ready = gated.remove(version);
    if (ready != null) {
      ready.forEach(answer -> answer(answer.command(), answer.reply()));
    }
  }

  /// What a watch shows of an event.
  public static WatchItem.Changed change(EventRecord event, StoredResource resource) {
    return switch (event.type()) {
      case CREATED -> new WatchItem.Changed(WatchItem.Type.ADDED, resource, null);
      case UPDATED -> new WatchItem.Changed(WatchItem.Type.MODIFIED, resource, previous(event));
      case DELETED -> new WatchItem.Changed(WatchItem.Type.DELETED, resource, previous(event));
    };
  }

  private static WatchItem.Previous previous(EventRecord event) {
    return new WatchItem.Previous(event.previousLabels(), event.previousFields());
  }

  private void publish() {
    roots.add(new Root(index, released, time.millis()));
  }

  private void answer(long id, WriteReply reply) {
    var command = commands.remove(id);
    if (command == null) {
      throw new IllegalStateException("command " + id + " of " + this.id + " is answered twice");
    }
    lanes.leave(command.lane, effects::stop);
    command.client.accept(reply);
    closings.answer(oldestCommand());
    finishLeaving();
  }

  private long oldestCommand() {
    return commands.isEmpty() ? Long.MAX_VALUE : commands.firstEntry().getKey();
  }

  private boolean isServing() {
    return roots.newest() != null;
  }

  private boolean isCurrent(long ofEpoch) {
    return phase == Phase.SERVING && ofEpoch == epoch;
  }

  // Epochs

  public void opened(EventStore.Opened result) {
    if (phase != Phase.OPENING) {
      return;
    }
    foreignEpoch |= result.epoch() != epoch + 1;
    epoch = result.epoch();
    opened = result;
    effects.load(
        epoch,
        lost.values().stream()
            .map(flight -> flight.flight().draft().key())
            .collect(Collectors.toSet()));
  }

  public void openFailed(String why) {
    if (phase == Phase.OPENING) {
      effects.report("could not be opened: " + why);
      retryLater();
    }
  }

  private void retryLater() {
    long longest = FIRST_DELAY.toMillis() << Math.min(failures, 7);
    long delay = Math.min(longest, LONGEST_DELAY.toMillis());
    failures++;
    effects.retryAfter(Duration.ofMillis((long) (delay * (0.5 + random.getAsDouble() / 2))));
  }

  public void retry() {
    if (phase == Phase.OPENING) {
      effects.open();
    }
  }

  /// @param wanted the newest events that were asked for; a resource without one is not in it
  public void loaded(long ofEpoch, Index loaded, Map<ResourceKey, EventRecord> wanted) {
    var result = opened;
    if (phase != Phase.OPENING || ofEpoch != epoch || result == null) {
      return;
    }
    long ceiling = longOf(result.facts().get(CEILING));
    released = Math.max(ceiling, result.highestVersion());
    index = loaded;
    clock = new VersionClock<>(id.number(), released, ceiling, time);
    ignoredReported = 0;
    closings.load(result.facts());
    loadTombstones();
    phase = Phase.SERVING;
    answerLost(wanted);
    if (released == Version.NONE) {
      raiseCeiling();
    } else {
      serve();
    }
  }

  private void loadTombstones() {
    var known = new ArrayList<Entry>();
    index.tombstones().forEachRemaining(known::add);
    known.sort(Comparator.comparingLong(Entry::timeMillis));
    tombstones.clear();
    tombstones.addAll(known);
  }

  /// Answers what was in flight when its epoch ended. What was not stored then never will be.
  private void answerLost(Map<ResourceKey, EventRecord> wanted) {
    var flights = List.copyOf(lost.values());
    lost.clear();
    for (var flight : flights) {
      var draft = flight.flight().draft();
      long command = flight.flight().command();
      if (!commands.containsKey(command)) {
        continue;
      }
      if (flight.isStoredAccordingTo(wanted.get(draft.key()))) {
        var event = draft.event(id, flight.epoch(), flight.version());
        answer(command, draft.reply(event.version(), event.body()));
      } else if (foreignEpoch) {
        answer(command, new WriteReply.Refused(unknown()));
      } else {
        attemptFailed(command);
      }
    }
    foreignEpoch = false;
  }

  /// Counts a failure of a command that is known not to have stored anything.
  private void attemptFailed(long id) {
    var command = commands.get(id);
    if (command != null && ++command.failures >= ATTEMPTS) {
      answer(
          id,
          new WriteReply.Refused(
              Refusal.unavailable("the write could not be stored after several attempts")));
    }
  }

  private void serve() {
    publish();
    effects.begin(epoch, clock);
    followers.start(epoch, released);
    closings.unstored().forEach(this::store);
    List.copyOf(commands.values()).forEach(this::dispatch);
    settlePromises();
    finishLeaving();
  }

  /// The outcome of an append is unknown, or the epoch is over already.
  public void failed(long ofEpoch, String why) {
    if (isCurrent(ofEpoch)) {
      endEpoch(why);
    }
  }

  /// A child is gone. If it had a version in flight, nobody will resolve that any more.
  public void terminated(long child) {
    boolean failed = !ending.remove(child);
    var lane = lanes.lost(child);
    if (lane.isEmpty() || phase != Phase.SERVING) {
      return;
    }
    if (clock.isInFlight(flight -> flight.draft().key().equals(lane.get().key()))) {
      endEpoch("the actor of " + lane.get().key() + " failed with a version in flight");
      return;
    }
    for (var command : List.copyOf(commands.values())) {
      if (command.lane == lane.get()) {
        if (failed) {
          attemptFailed(command.id);
        }
        if (commands.containsKey(command.id)) {
          dispatch(command);
        }
      }
    }
  }

  private void endEpoch(String why) {
    effects.report("epoch " + epoch + " ends: " + why);
    stopServing();
    phase = Phase.OPENING;
    if (leaving) {
      abandon();
    } else {
      retryLater();
    }
  }

  private void stopServing() {
    for (var flight : clock.close()) {
      lost.put(flight.version(), new Lost(epoch, flight.version(), flight.ticket()));
    }
    roots.withdraw();
    lanes.allLost();
    persisted.clear();
    gated.clear();
    keepings.clear();
    ending.clear();
    raising = false;
    effects.end(epoch);
  }

  // Leaving

  /// Takes no more writes, finishes those it has, and closes the epoch.
  public void leave() {
    leaving = true;
    if (phase == Phase.OPENING) {
      abandon();
    } else {
      finishLeaving();
    }
  }

  private void finishLeaving() {
    if (leaving && isServing() && commands.isEmpty()) {
      stopServing();
      phase = Phase.GONE;
      denyAll();
      effects.close(epoch);
    }
  }

  /// Answers everybody, because nothing more will be done: what may be stored as unknown, the rest
  /// as not done.
  public void abandon() {
    if (phase == Phase.SERVING) {
      stopServing();
    }
    phase = Phase.GONE;
    leaving = true;
    for (var flight : lost.values()) {
      if (commands.containsKey(flight.flight().command())) {
        answer(flight.flight().command(), new WriteReply.Refused(unknown()));
      }
    }
    lost.clear();
    List.copyOf(commands.keySet()).forEach(command -> answer(command, refused(moving())));
    denyAll();
    effects.close(epoch);
  }

  private void denyAll() {
    waiting.forEach(asker -> asker.asker().accept(new Promise.Denied(id + " is moving")));
    waiting.clear();
  }

  // Promises

  /// Asks for a state that contains everything up to `version`, for good.
  public void promise(long version, Consumer<Promise> asker) {
    var newest = roots.newest();
    if (phase == Phase.GONE) {
      asker.accept(new Promise.Denied(id + " is moving"));
    } else if (newest != null && version <= newest.version()) {
      asker.accept(new Promise.Given(newest));
    } else if (waiting.size() >= MOST_WAITING) {
      asker.accept(new Promise.Denied(id + " has too many readers waiting"));
    } else {
      waiting.add(new Waiting(version, asker));
      settlePromises();
    }
  }

  private void settlePromises() {
    while (isServing() && !waiting.isEmpty()) {
      var first = waiting.element();
      if (first.version() > released && !settle(first.version())) {
        return;
      }
      waiting.remove();
      var newest = roots.newest();
      if (first.version() > released || newest == null) {
        first
            .asker()
            .accept(new Promise.Denied("version " + first.version() + " is ahead of time"));
      } else {
        first.asker().accept(new Promise.Given(newest));
      }
    }
  }

  /// Tries to make everything up to `version` known.
  ///
  /// @return whether nothing is to be waited for
  private boolean settle(long version) {
    if (!clock.mayPromise(version)) {
      return true;
    }
    if (clock.promise(version) < version) {
      raiseCeiling();
      return false;
    }
    if (clock.lowestInFlight() <= version) {
      return false;
    }
    released = version;
    publish();
    followers.beat(epoch, released);
    return true;
  }

  private void raiseCeiling() {
    if (!raising) {
      raising = true;
      long ceiling = clock.nextCeiling();
      keep(Map.of(CEILING, bytesOf(ceiling)), () -> raised(ceiling));
    }
  }

  private void raised(long ceiling) {
    raising = false;
    clock.raise(ceiling);
    if (released == Version.NONE) {
      released = clock.promise(Version.atMillis(time.millis()));
      serve();
    } else {
      settlePromises();
    }
  }

  // Facts

  /// Refuses, from now on and durably, creates that carry this namespace uid.
  ///
  /// @param asker is called when it is stored, and every create from before is done
  public void closeNamespace(String uid, Duration keep, Runnable asker) {
    if (phase == Phase.GONE) {
      return;
    }
    long untilMillis = time.millis() + keep.toMillis();
    var closing = closings.close(uid, untilMillis, lastCommand, asker);
    if (isServing()) {
      store(closing);
    }
  }

  private void store(Closings.Pending closing) {
    keep(
        closing.fact(),
        () -> {
          closing.stored();
          closings.answer(oldestCommand());
        });
  }

  private void keep(Map<String, byte[]> facts, Runnable then) {
    effects.keep(epoch, keepings.add(facts, then), facts);
  }

  public void kept(long ofEpoch, long keeping) {
    var then = isCurrent(ofEpoch) ? keepings.stored(keeping) : null;
    if (then != null) {
      then.run();
    }
  }

  /// Facts are definitely not stored, although the epoch goes on: they are stored later.
  public void keepRefused(long ofEpoch, long keeping) {
    if (isCurrent(ofEpoch)) {
      keepings.refused(keeping);
    }
  }

  public void keepFailed(long ofEpoch, String why) {
    failed(ofEpoch, "facts could not be stored: " + why);
  }

  // Followers

  /// Streams every change from now on, as far as the follower has given credit.
  public void follow(long follower, int credit, Consumer<StreamItem> stream) {
    followers.add(follower, credit, stream);
    if (isServing()) {
      followers.start(follower, epoch, released);
    }
  }

  public void credit(long follower, int more) {
    followers.credit(follower, more);
  }

  public void unfollow(long follower) {
    followers.remove(follower);
  }

  // Time

  /// Does what is due; called about once a second.
  public void tick() {
    long now = time.millis();
    roots.trim(now);
    if (phase == Phase.SERVING) {
      keepings.again((keeping, facts) -> effects.keep(epoch, keeping, facts));
    }
    if (isServing()) {
      followers.beat(epoch, released);
      forgetTombstones(now);
      var over = closings.expire(now);
      if (!over.isEmpty()) {
        keep(over, () -> {});
      }
      reportIgnored();
    } else {
      refuseLate();
    }
  }

  private void forgetTombstones(long now) {
    var before = index;
    long oldest = now - settings.tombstones().toMillis();
    while (!tombstones.isEmpty() && tombstones.getFirst().timeMillis() < oldest) {
      var tombstone = tombstones.removeFirst().resource();
      index = index.forget(tombstone.key(), tombstone.version());
    }
    if (index != before) {
      publish();
    }
  }

  private void reportIgnored() {
    long ignored = clock.ignored();
    if (ignored > ignoredReported) {
      effects.report((ignored - ignoredReported) + " writers claim to have seen the future");
      ignoredReported = ignored;
    }
  }

  /// While nothing can be stored, answers those that would not be decided any more.
  private void refuseLate() {
    var now = time.instant();
    var inFlight =
        lost.values().stream().map(flight -> flight.flight().command()).collect(Collectors.toSet());
    for (var command : List.copyOf(commands.values())) {
      if (now.isAfter(command.request.deadline())) {
        answer(
            command.id,
            refused(inFlight.contains(command.id) ? unknown() : ResourceLogic.tooLate()));
      }
    }
  }

  private static Refusal unknown() {
    return Refusal.timeout("the outcome of the write is unknown: it may have been stored");
  }

  private Refusal moving() {
    return Refusal.unavailable(id + " is moving to another member; the write was not stored");
  }

  private static WriteReply refused(Refusal refusal) {
    return new WriteReply.Refused(refusal);
  }

  private static void refuse(Consumer<WriteReply> client, Refusal refusal) {
    client.accept(refused(refusal));
  }

  private static byte[] bytesOf(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static long longOf(byte @Nullable [] bytes) {
    return bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
  }
}
