package dev.troupe.testkit.world.controller;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.controller.logic.CollectionHostLogic;
import dev.troupe.runtime.controller.logic.HostLogic;
import dev.troupe.runtime.controller.logic.ObjectHostLogic;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.view.Decoder;
import dev.troupe.runtime.controller.view.Types;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.testkit.world.Schedule;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A small cluster of controllers for tests: the logic of production on a seeded scheduler, in
/// virtual time, with no sockets and no threads.
///
/// Every failure names the seed; the same seed gives the same run. While nothing is settled,
/// nothing has happened but what the test itself wrote.
public final class ControllerWorld implements AutoCloseable {

  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
  private static final long MOST_MESSAGES = 2_000_000;
  private static final long RETRIES_MILLIS = 120_000;
  private static final Decoder.Limits DECODED =
      new Decoder.Limits(10_000, 64 << 20, Duration.ofDays(10_000));

  private final long seed;
  private final Schedule schedule;
  private final Types types;
  private final WorldStore store;
  private final WorldActivities activities;
  private final WorldUser user;
  private final Around around;
  private final Decoder decoder;
  private final HostFlaw flaw;
  private final List<ControllerSeat> seats = new ArrayList<>();

  /// What a world is made of.
  public static final class Builder {
    private final List<Controller<?>> controllers = new ArrayList<>();
    private final List<CollectionController<?>> collections = new ArrayList<>();
    private ResourceRegistry registry = ResourceRegistry.standard();
    private Mutator mutator = StandardMutator.standard();
    private long seed = 1;
    private HostFlaw flaw = HostFlaw.NONE;

    public Builder with(Controller<?> controller) {
      controllers.add(controller);
      return this;
    }

    public Builder with(CollectionController<?> controller) {
      collections.add(controller);
      return this;
    }

    public Builder registry(ResourceRegistry other) {
      registry = other;
      return this;
    }

    public Builder mutator(Mutator other) {
      mutator = other;
      return this;
    }

    public Builder seed(long other) {
      seed = other;
      return this;
    }

    /// Lets hosts make a mistake that has to be found.
    Builder flaw(HostFlaw other) {
      flaw = other;
      return this;
    }

    public ControllerWorld start() {
      return new ControllerWorld(this);
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  public static ControllerWorld of(Controller<?>... controllers) {
    var builder = builder();
    Stream.of(controllers).forEach(builder::with);
    return builder.start();
  }

  private ControllerWorld(Builder builder) {
    this.seed = builder.seed;
    this.flaw = builder.flaw;
    this.schedule = new Schedule(seed, BEGINNING);
    this.decoder = new Decoder(DECODED, schedule);
    this.types = new Types(builder.registry);
    this.store = new WorldStore(builder.registry, builder.mutator, schedule);
    this.activities = new WorldActivities(store, builder.registry, schedule);
    this.around = new Around(store, activities, schedule);
    this.user = new WorldUser(types, store, schedule, seed);
    store.watch(event -> seats.forEach(seat -> seat.changed(event)));
    builder.controllers.forEach(this::seat);
    builder.collections.forEach(this::seat);
  }

  private <R extends HasMetadata> void seat(Controller<R> controller) {
    seat(() -> new ObjectHostLogic<>(controller, types, decoder, controller.settings()));
  }

  private <S> void seat(CollectionController<S> controller) {
    seat(() -> new CollectionHostLogic<>(controller, types, decoder, controller.settings()));
  }

  private void seat(Supplier<HostLogic> logic) {
    seats.add(new ControllerSeat(logic, flaw, schedule, around));
  }

  public Instant now() {
    return schedule.instant();
  }

  /// Creates the object, or merges the given fields into it, as a user.
  public ControllerWorld apply(HasMetadata object) {
    accepted(user.apply(object));
    return this;
  }

  /// Makes the object what it is said to be, status and all, whatever could be said against it: for
  /// what a test begins with.
  public ControllerWorld place(HasMetadata object) {
    user.place(object);
    return this;
  }

  /// Places the object with a JSON merge patch applied to it.
  public ControllerWorld place(
      Class<? extends HasMetadata> type, String namespace, String name, JsonNode patch) {
    user.place(new ResourceKey(types.of(type), namespace, name), patch);
    return this;
  }

  /// Creates the object and sets its status.
  public ControllerWorld applyWithStatus(HasMetadata object) {
    apply(object);
    accepted(user.status(object));
    return this;
  }

  /// Reads an object, changes it, and replaces it.
  public <T extends HasMetadata> ControllerWorld update(
      Class<T> type, String namespace, String name, UnaryOperator<T> change) {
    var before = get(type, namespace, name).orElseThrow(() -> failure(name + " does not exist"));
    accepted(user.replace(change.apply(before)));
    return this;
  }

  /// Deletes an object as a user does: in the background.
  public ControllerWorld delete(Class<? extends HasMetadata> type, String namespace, String name) {
    accepted(user.delete(new ResourceKey(types.of(type), namespace, name)));
    return this;
  }

  public ControllerWorld delete(HasMetadata object) {
    var key = types.key(object);
    return delete(object.getClass(), key.namespace(), key.name());
  }

  public <T extends HasMetadata> Optional<T> get(Class<T> type, String namespace, String name) {
    return store
        .get(new ResourceKey(types.of(type), namespace, name))
        .map(resource -> decoder.fresh(resource, type));
  }

  /// All objects of a type, ordered by namespace and name.
  public <T extends HasMetadata> List<T> list(Class<T> type) {
    var list = new ArrayList<T>();
    store
        .list(types.of(type))
        .forEachRemaining(resource -> list.add(decoder.fresh(resource, type)));
    return list;
  }

  /// What a controller remembers of an object: timers, calls, what it waits for, its failures.
  public Optional<ObjectState> remembered(String controller, ResourceKey key) {
    return seat(controller).map(seat -> seat.state(key));
  }

  /// The objects with which the controller has gone in circles.
  public Set<ResourceKey> circling(String controller) {
    return seat(controller).orElseThrow().circling();
  }

  private Optional<ControllerSeat> seat(String controller) {
    return seats.stream().filter(seat -> seat.name().equals(controller)).findFirst();
  }

  /// What controllers have said that the object waits for.
  public List<Plan.Wait> waits(HasMetadata object) {
    return states(object).flatMap(state -> state.waits().stream()).toList();
  }

  /// The timers that controllers have set for the object, and when they fire.
  public Map<String, Instant> timers(HasMetadata object) {
    return states(object)
        .flatMap(state -> state.timers().entrySet().stream())
        .collect(
            Collectors.toMap(Map.Entry::getKey, timer -> Instant.ofEpochMilli(timer.getValue())));
  }

  private Stream<ObjectState> states(HasMetadata object) {
    return seats.stream().map(seat -> seat.state(types.key(object))).filter(Objects::nonNull);
  }

  /// Says what the activities of a class come to. Without it they succeed with an empty result. An
  /// answer that throws is a failure of the activity.
  public <A extends Activity> ControllerWorld answer(Class<A> type, Function<A, String> answer) {
    activities.answer(type, answer);
    return this;
  }

  /// Lets everything happen that can, retries of what failed included, until nothing is left but
  /// timers.
  public ControllerWorld settle() {
    until(schedule.millis());
    long limit = schedule.millis() + RETRIES_MILLIS;
    for (long due = retryDue(); due <= limit; due = retryDue()) {
      until(Math.max(due, schedule.millis() + 1));
    }
    return this;
  }

  /// Lets time pass, with everything that becomes due meanwhile.
  public ControllerWorld advance(Duration duration) {
    until(schedule.millis() + duration.toMillis());
    return this;
  }

  /// Delivers a number of messages at most, to stop in the middle of something.
  public ControllerWorld steps(int count) {
    for (int i = 0; i < count && schedule.stepUntil(schedule.millis()); i++) {
      // Goes on.
    }
    return this;
  }

  /// Kills the controllers' hosts that reconcile the object, such as `Deployment/web` (in any
  /// namespace), and starts them anew.
  public ControllerWorld crashOwnerOf(String kindAndName) {
    var parts = kindAndName.split("/", 2);
    for (var seat : seats) {
      boolean owner =
          types.registry().all().stream()
              .filter(type -> type.names().kind().equals(parts[0]))
              .flatMap(type -> store.named(type.ref(), parts[1]).stream())
              .anyMatch(seat::concerns);
      if (owner) {
        seat.crash();
      }
    }
    return this;
  }

  /// Kills all controllers' hosts and starts them anew.
  public ControllerWorld crash() {
    seats.forEach(ControllerSeat::crash);
    return this;
  }

  /// Starts other hosts of all controllers elsewhere, while those that there are go on: nobody has
  /// told them yet.
  public ControllerWorld replaceHosts() {
    seats.forEach(ControllerSeat::replace);
    return this;
  }

  /// @throws AssertionError unless the activity was carried out that often; repetitions with the
  ///   same key count once
  public ControllerWorld expectCall(Activity activity, Times times) {
    long count = activities.count(activity);
    if (!times.includes(count)) {
      throw failure(activity + " was called " + count + " times, expected " + times);
    }
    return this;
  }

  /// Checks what must hold of every world: versions rise, each write has a cause, the objects are
  /// what the log adds up to, nobody modified a viewed object, nothing is failing or goes in
  /// circles, and nothing is remembered of what is gone. It must have come to rest.
  public void verify() {
    new WorldChecks(store, this::failure).check(seats, decoder.modified());
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  private long retryDue() {
    return seats.stream().mapToLong(ControllerSeat::retryDue).min().orElse(Long.MAX_VALUE);
  }

  private void until(long end) {
    long messages = 0;
    try {
      while (schedule.stepUntil(end)) {
        if (++messages > MOST_MESSAGES) {
          throw new AssertionError("it does not come to rest");
        }
      }
      schedule.advance(Duration.ofMillis(Math.max(0, end - schedule.millis())));
    } catch (AssertionError | RuntimeException thrown) {
      throw new AssertionError(thrown.getMessage() + " (seed " + seed + ")", thrown);
    }
  }

  private AssertionError failure(String message) {
    return new AssertionError(message + " (seed " + seed + ")");
  }

  private void accepted(WriteReply reply) {
    if (reply instanceof WriteReply.Refused(var refusal)) {
      throw failure("refused: " + refusal.code() + " " + refusal.message());
    }
  }
}
