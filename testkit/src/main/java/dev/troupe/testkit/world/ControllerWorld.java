package dev.troupe.testkit.world;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.controller.logic.BackOff;
import dev.troupe.runtime.controller.logic.CollectionHostLogic;
import dev.troupe.runtime.controller.logic.Effect;
import dev.troupe.runtime.controller.logic.ObjectHostLogic;
import dev.troupe.runtime.controller.logic.ObjectState;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.plan.WriteOutcome;
import dev.troupe.runtime.controller.view.Decoder;
import dev.troupe.runtime.controller.view.Json;
import dev.troupe.runtime.controller.view.Types;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.WriteCause;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A small cluster of controllers for tests: the logic of production on a seeded scheduler, in
/// virtual time, with no sockets and no threads.
///
/// Every failure names the seed; the same seed gives the same run. While nothing is settled,
/// nothing has happened but what the test itself wrote.
public final class ControllerWorld implements AutoCloseable {

  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
  private static final long MOST_MESSAGES = 2_000_000;
  private static final long RETRIES_MILLIS = 120_000;
  private static final int DECODED = 10_000;
  private static final TypeRef NAMESPACES = TypeRef.core("namespaces");

  private final long seed;
  private final Random random;
  private final MessageSchedule schedule;
  private final Types types;
  private final WorldStore store;
  private final WorldActivities activities;
  private final Decoder decoder = new Decoder(DECODED);
  private final List<ControllerSeat> seats = new ArrayList<>();
  private final Map<TypeRef, MessageSchedule.Mailbox> partitions = new HashMap<>();
  private final MessageSchedule.Mailbox outside = new MessageSchedule.Mailbox();
  private long now = BEGINNING.toEpochMilli();
  private long uids;

  /// What a world is made of.
  public static final class Builder {
    private final List<Controller<?>> controllers = new ArrayList<>();
    private final List<CollectionController<?>> collections = new ArrayList<>();
    private ResourceRegistry registry = ResourceRegistry.standard();
    private Mutator mutator = StandardMutator.standard();
    private long seed = 1;

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

    public ControllerWorld start() {
      return new ControllerWorld(this);
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  public static ControllerWorld of(Controller<?>... controllers) {
    var builder = builder();
    for (var controller : controllers) {
      builder.with(controller);
    }
    return builder.start();
  }

  private ControllerWorld(Builder builder) {
    this.seed = builder.seed;
    this.random = new Random(seed);
    this.schedule = new MessageSchedule(random);
    this.types = new Types(builder.registry);
    this.store = new WorldStore(builder.registry, builder.mutator, this::now);
    this.activities = new WorldActivities(store, builder.registry, this::now);
    store.watch(event -> seats.forEach(seat -> seat.changed(event)));
    builder.controllers.forEach(this::seat);
    builder.collections.forEach(this::seat);
  }

  private <R extends HasMetadata> void seat(Controller<R> controller) {
    add(
        new ControllerSeat(
            () -> new ObjectHostLogic<>(controller, types, decoder, BackOff.STANDARD),
            schedule,
            random,
            new Around()));
  }

  private <S> void seat(CollectionController<S> controller) {
    add(
        new ControllerSeat(
            () -> new CollectionHostLogic<>(controller, types, decoder, BackOff.STANDARD),
            schedule,
            random,
            new Around()));
  }

  private void add(ControllerSeat seat) {
    seats.add(seat);
    seat.start();
  }

  public Instant now() {
    return Instant.ofEpochMilli(now);
  }

  /// Creates the object, or merges the given fields into it, as a user.
  public ControllerWorld apply(HasMetadata object) {
    var planned = (ObjectNode) Json.tree(object);
    accepted(
        user(
            types.key(object),
            object.getApiVersion(),
            Subresources.WHOLE,
            new Mutation.Merge(planned)));
    return this;
  }

  /// Creates the object and sets its status.
  public ControllerWorld applyWithStatus(HasMetadata object) {
    apply(object);
    var patch = Json.empty();
    patch.set("status", Json.tree(object).path("status"));
    accepted(
        user(
            types.key(object),
            object.getApiVersion(),
            Subresources.STATUS,
            new Mutation.Patch(Mutation.PatchType.MERGE, patch)));
    return this;
  }

  /// Reads an object, changes it, and replaces it.
  public <T extends HasMetadata> ControllerWorld update(
      Class<T> type, String namespace, String name, UnaryOperator<T> change) {
    var before = get(type, namespace, name).orElseThrow(() -> failure(name + " does not exist"));
    var after = change.apply(before);
    var body = (ObjectNode) Json.tree(after);
    accepted(
        user(
            types.key(after),
            after.getApiVersion(),
            Subresources.WHOLE,
            new Mutation.Update(body)));
    return this;
  }

  /// Deletes an object as a user does: in the background.
  public ControllerWorld delete(Class<? extends HasMetadata> type, String namespace, String name) {
    var ref = types.of(type);
    var options = new Mutation.DeleteOptions(null, "Background", null, null, null);
    accepted(
        user(
            new ResourceKey(ref, namespace, name),
            types.of(ref).storage().apiVersion(),
            Subresources.WHOLE,
            new Mutation.Delete(options)));
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
    return seats.stream()
        .filter(seat -> seat.name().equals(controller))
        .findFirst()
        .map(seat -> seat.state(key));
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
    quiet();
    long limit = now + RETRIES_MILLIS;
    for (long due = retryDue(); due <= limit; due = retryDue()) {
      now = Math.max(now, due);
      seats.forEach(ControllerSeat::tick);
      quiet();
    }
    return this;
  }

  /// Lets time pass, with everything that becomes due meanwhile.
  public ControllerWorld advance(Duration duration) {
    long target = now + duration.toMillis();
    quiet();
    for (long due = due(); due <= target; due = due()) {
      now = Math.max(now, due);
      seats.forEach(ControllerSeat::tick);
      quiet();
    }
    now = target;
    return this;
  }

  /// Delivers a number of messages at most, to stop in the middle of something.
  public ControllerWorld steps(int count) {
    for (int i = 0; i < count; i++) {
      if (!schedule.step()) {
        break;
      }
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
              .flatMap(type -> named(type.ref(), parts[1]).stream())
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

  private List<ResourceKey> named(TypeRef type, String name) {
    var keys = new ArrayList<ResourceKey>();
    store
        .list(type)
        .forEachRemaining(resource -> {
          if (resource.key().name().equals(name)) {
            keys.add(resource.key());
          }
        });
    return keys;
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
  /// what the log adds up to, nobody modified a viewed object, nothing is failing.
  public void verify() {
    var last = new HashMap<TypeRef, Long>();
    var folded = new HashMap<ResourceKey, StoredResource>();
    for (var one : store.log()) {
      var event = one.event();
      if (event.version() <= last.getOrDefault(event.key().type(), 0L)) {
        throw failure("version of " + event + " is not above the one before");
      }
      last.put(event.key().type(), event.version());
      if (event.cause().name().isEmpty() || event.cause().reason().isEmpty()) {
        throw failure(event + " has no cause");
      }
      if (event.type() == EventRecord.Type.DELETED) {
        folded.remove(event.key());
      } else {
        folded.put(event.key(), one.resource());
      }
    }
    folded.forEach((key, resource) -> {
      if (!store.get(key).filter(resource::equals).isPresent()) {
        throw failure(key + " is not what the log adds up to");
      }
    });
    var modified = decoder.modified();
    if (!modified.isEmpty()) {
      throw failure("viewed objects were modified: " + modified);
    }
    seats.forEach(this::verify);
  }

  private void verify(ControllerSeat seat) {
    for (var key : seat.remembered()) {
      var state = seat.state(key);
      if (state != null && state.retry() != null) {
        throw failure(seat.name() + " fails on " + key + ": " + state.retry().message());
      }
    }
    long before = 0;
    for (var decision : seat.decisions()) {
      if (decision.version() <= before) {
        throw failure("decisions of " + seat.name() + " are out of order");
      }
      before = decision.version();
    }
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  private long due() {
    return seats.stream().mapToLong(ControllerSeat::due).min().orElse(Long.MAX_VALUE);
  }

  private long retryDue() {
    return seats.stream().mapToLong(ControllerSeat::retryDue).min().orElse(Long.MAX_VALUE);
  }

  private void quiet() {
    long limit = schedule.delivered() + MOST_MESSAGES;
    try {
      while (schedule.step()) {
        if (schedule.delivered() > limit) {
          throw new AssertionError("it does not come to rest");
        }
      }
    } catch (AssertionError | RuntimeException thrown) {
      throw new AssertionError(thrown.getMessage() + " (seed " + seed + ")", thrown);
    }
  }

  private AssertionError failure(String message) {
    return new AssertionError(message + " (seed " + seed + ")");
  }

  private WriteReply user(
      ResourceKey key, String apiVersion, Subresource subresource, Mutation mutation) {
    var uid = new UUID(seed, ++uids).toString();
    var facts = new MutationRequest.Facts(now(), uid, namespaceUid(key));
    var request =
        new MutationRequest(
            key, apiVersion, subresource, mutation, MutationRequest.Options.DEFAULT, facts);
    return store.write(
        new WriteRequest(
            request,
            WriteCause.user("test", "", mutation.getClass().getSimpleName()),
            "",
            0,
            now().plusSeconds(60)));
  }

  private void accepted(WriteReply reply) {
    if (reply instanceof WriteReply.Refused(var refusal)) {
      throw failure("refused: " + refusal.code() + " " + refusal.message());
    }
  }

  private @Nullable String namespaceUid(ResourceKey key) {
    if (key.namespace().isEmpty()) {
      return null;
    }
    return namespace(key).map(StoredResource::uid).orElse("");
  }

  private Optional<StoredResource> namespace(ResourceKey key) {
    return store.get(new ResourceKey(NAMESPACES, "", key.namespace()));
  }

  /// A namespace that a test did not create admits everything.
  private @Nullable Refusal notAdmitted(PlannedWrite write) {
    boolean terminating =
        write.creates()
            && namespace(write.key())
                .map(found -> Json.object(found.json()).path("metadata"))
                .filter(metadata -> metadata.has("deletionTimestamp"))
                .isPresent();
    return terminating && store.get(write.key()).isEmpty()
        ? Refusal.forbidden(write.key(), "the namespace is being terminated", List.of())
        : null;
  }

  /// The world as a seat sees it.
  private final class Around implements ControllerSeat.Surroundings {

    @Override
    public long now() {
      return now;
    }

    @Override
    public WorldStore store() {
      return store;
    }

    @Override
    public void write(PlannedWrite write, Consumer<ControllerSeat.Answer> answer) {
      var partition =
          partitions.computeIfAbsent(write.key().type(), _ -> new MessageSchedule.Mailbox());
      schedule.tell(
          partition,
          () -> {
            var refusal = notAdmitted(write);
            var reply =
                refusal != null
                    ? new WriteReply.Refused(refusal)
                    : store.write(
                        write.request(
                            ControllerWorld.this.now(),
                            namespaceUid(write.key()),
                            0,
                            Duration.ofSeconds(60)));
            answer.accept(new ControllerSeat.Answer(WriteOutcome.of(write, reply)));
          });
    }

    @Override
    public void call(Effect.Call call, Consumer<ControllerSeat.CallAnswer> answer) {
      schedule.tell(
          outside,
          () -> {
            ControllerSeat.CallAnswer answered;
            try {
              answered =
                  new ControllerSeat.CallAnswer(
                      activities.carryOut(call.activity(), call.key()), null);
            } catch (RuntimeException thrown) {
              answered = new ControllerSeat.CallAnswer(null, String.valueOf(thrown.getMessage()));
            }
            answer.accept(answered);
          });
    }
  }
}
