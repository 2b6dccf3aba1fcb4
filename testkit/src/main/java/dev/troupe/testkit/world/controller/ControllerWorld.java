package dev.troupe.testkit.world.controller;

import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.controller.logic.CollectionHostLogic;
import dev.troupe.runtime.controller.logic.HostLogic;
import dev.troupe.runtime.controller.logic.ObjectHostLogic;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.view.Decoder;
import dev.troupe.runtime.controller.view.Types;
import dev.troupe.testkit.world.Disturbances;
import dev.troupe.testkit.world.Schedule;
import dev.troupe.testkit.world.WorldSteps;
import dev.troupe.testkit.world.replay.DecisionTape;
import dev.troupe.testkit.world.replay.WatchedDecoder;
import dev.troupe.testkit.world.story.Story;
import dev.troupe.testkit.world.story.Unexpected;
import dev.troupe.testkit.world.story.WorldFailure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a [dev.troupe.testkit.World] stands on: the machines of production for a few controllers,
/// carried on a seeded schedule, in virtual time, with no sockets and no threads.
public final class ControllerWorld {

  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
  private static final long MOST_MESSAGES = 2_000_000;
  private static final long RETRIES_MILLIS = 120_000;
  private static final Decoder.Limits DECODED =
      new Decoder.Limits(10_000, 64 << 20, Duration.ofDays(10_000));

  /// What a world is made of.
  public record Setup(
      List<Controller<?>> controllers,
      List<CollectionController<?>> collections,
      ResourceRegistry registry,
      Mutator mutator,
      long seed,
      HostFlaw flaw,
      Instant begins) {

    /// At the usual time.
    public Setup(
        List<Controller<?>> controllers,
        List<CollectionController<?>> collections,
        ResourceRegistry registry,
        Mutator mutator,
        long seed,
        HostFlaw flaw) {
      this(controllers, collections, registry, mutator, seed, flaw, BEGINNING);
    }
  }

  private final long seed;
  private final Schedule schedule;
  private final Types types;
  private final ClassKinds kinds;
  private final WorldStore store;
  private final WorldActivities activities;
  private final WorldUser user;
  private final WatchedDecoder decoder;
  private final Story story;
  private final Around around;
  private final HostFlaw flaw;
  private final List<ControllerSeat> seats = new ArrayList<>();
  private final List<DecisionTape<?>> tapes = new ArrayList<>();

  public ControllerWorld(Setup setup) {
    this.seed = setup.seed;
    this.flaw = setup.flaw;
    this.schedule = new Schedule(seed, setup.begins);
    this.decoder = new WatchedDecoder(DECODED, schedule);
    this.types = new Types(setup.registry);
    this.kinds = new ClassKinds(setup.registry);
    this.store = new WorldStore(setup.registry, setup.mutator, schedule);
    this.activities = new WorldActivities(store, setup.registry, schedule);
    this.story = new Story(schedule, this::name);
    this.around = new Around(schedule, store, activities, decoder, story);
    this.user = new WorldUser(types, store, schedule, seed);
    store.watch(event -> story.wrote(event.event(), event.before()));
    store.watch(event -> seats.forEach(seat -> seat.changed(event)));
    setup.controllers.forEach(this::seat);
    setup.collections.forEach(this::seat);
  }

  private <R extends HasMetadata> void seat(Controller<R> controller) {
    kinds.serve(controller.resource());
    kinds.serveObserved(controller);
    seat(() -> new ObjectHostLogic<>(controller, types, decoder, controller.settings()));
  }

  private <S> void seat(CollectionController<S> controller) {
    controller.follows().forEach(kinds::serve);
    seat(() -> {
      var tape = new DecisionTape<>(controller);
      tapes.add(tape);
      return new CollectionHostLogic<>(tape, types, decoder, controller.settings());
    });
  }

  private void seat(Supplier<HostLogic> logic) {
    seats.add(new ControllerSeat(logic, flaw, schedule, around));
  }

  /// How people call an object: `Deployment/web`, or `Deployment/shop/web` outside of the namespace
  /// `default`.
  public String name(ResourceKey key) {
    var kind =
        types
            .registry()
            .find(key.type())
            .map(type -> type.names().kind())
            .orElseGet(key.type()::toString);
    var namespace = key.namespace();
    return namespace.isEmpty() || namespace.equals("default")
        ? kind + "/" + key.name()
        : kind + "/" + namespace + "/" + key.name();
  }

  public long seed() {
    return seed;
  }

  public Schedule schedule() {
    return schedule;
  }

  /// The types that are served, those of classes that nobody has named yet included.
  public Types types(Class<? extends HasMetadata> asked) {
    kinds.serve(asked);
    return types;
  }

  public Types types() {
    return types;
  }

  public WorldStore store() {
    return store;
  }

  public WorldActivities activities() {
    return activities;
  }

  public WorldUser user() {
    return user;
  }

  public Decoder decoder() {
    return decoder;
  }

  public Story story() {
    return story;
  }

  public Disturbances disturbances() {
    return around.disturbances();
  }

  public WorldSteps steps() {
    return around.steps();
  }

  /// What controllers remember of an object.
  public Stream<ObjectState> states(ResourceKey key) {
    return seats.stream().map(seat -> seat.state(key)).filter(Objects::nonNull);
  }

  /// Everything that controllers remember.
  public Stream<ObjectState> states() {
    return seats.stream()
        .flatMap(seat -> List.copyOf(seat.remembered()).stream().map(seat::state))
        .filter(Objects::nonNull);
  }

  /// What one controller remembers of an object; null if nothing.
  public @Nullable ObjectState state(String controller, ResourceKey key) {
    return seat(controller).state(key);
  }

  /// The objects with which the controller has gone in circles.
  public Set<ResourceKey> circling(String controller) {
    return seat(controller).circling();
  }

  private ControllerSeat seat(String controller) {
    return seats.stream()
        .filter(seat -> seat.name().equals(controller))
        .findFirst()
        .orElseThrow(() ->
            failure(
                null,
                "there is no controller "
                    + controller
                    + ", but "
                    + seats.stream().map(ControllerSeat::name).toList()));
  }

  /// Lets everything happen that can, retries of what failed included, until nothing is left but
  /// timers.
  public void settle() {
    until(schedule.millis());
    long limit = schedule.millis() + RETRIES_MILLIS;
    for (long due = due(); due <= limit; due = due()) {
      until(Math.max(due, schedule.millis() + 1));
    }
  }

  private long due() {
    long retry = seats.stream().mapToLong(ControllerSeat::retryDue).min().orElse(Long.MAX_VALUE);
    return Math.min(retry, around.nextArrival());
  }

  /// Lets time pass, with everything that becomes due meanwhile.
  public void advance(Duration duration) {
    until(schedule.millis() + duration.toMillis());
  }

  /// Delivers a number of messages at most, to stop in the middle of something.
  public void deliver(int count) {
    guarded(() -> {
      for (int i = 0; i < count && schedule.stepUntil(schedule.millis()); i++) {
        steps().strike();
      }
    });
  }

  private void until(long end) {
    guarded(() -> {
      long messages = 0;
      while (schedule.stepUntil(end)) {
        steps().strike();
        if (++messages > MOST_MESSAGES) {
          throw new Unexpected(null, "it does not come to rest");
        }
      }
      schedule.advance(Duration.ofMillis(Math.max(0, end - schedule.millis())));
    });
  }

  /// Does something at some moment of what comes next, whatever else is going on.
  public void meanwhile(Runnable what) {
    schedule.mailbox().put(what);
  }

  /// Kills the hosts of the controllers that care for one of these objects, and starts them anew.
  ///
  /// @return how many there were
  public long crashOwners(List<ResourceKey> keys) {
    var dying = seats.stream().filter(seat -> keys.stream().anyMatch(seat::concerns)).toList();
    dying.forEach(seat -> {
      story.happened("crashes the host of " + seat.name());
      seat.crash();
    });
    return dying.size();
  }

  /// Kills all hosts and starts them anew.
  public void crash() {
    story.happened("crashes all hosts");
    seats.forEach(ControllerSeat::crash);
  }

  /// Starts other hosts elsewhere, while those that there are go on: nobody has told them yet.
  public void takeOver() {
    story.happened("starts hosts at a second member; those of before go on and do not know");
    seats.forEach(ControllerSeat::replace);
  }

  /// Checks what must hold of every world that has come to rest.
  public void verify() {
    guarded(() -> {
      var checks = new WorldChecks(this);
      checks.check(seats, decoder.modified());
      checks.replay(seats, tapes);
    });
  }

  private void guarded(Runnable what) {
    try {
      what.run();
    } catch (Unexpected found) {
      throw failure(found.about(), String.valueOf(found.getMessage()), found);
    } catch (WorldFailure told) {
      throw told;
    } catch (AssertionError | RuntimeException thrown) {
      throw failure(null, String.valueOf(thrown.getMessage()), thrown);
    }
  }

  /// @param about the object that the failure is about; null if it is about none
  public AssertionError failure(@Nullable ResourceKey about, String message) {
    return failure(about, message, null);
  }

  private AssertionError failure(
      @Nullable ResourceKey about, String message, @Nullable Throwable cause) {
    return new WorldFailure(message + " (seed " + seed + ")\n" + story.tell(about), cause);
  }
}
