package dev.troupe.testkit;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.testkit.world.controller.ControllerWorld;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A small cluster for tests of controllers: the machines of production on a seeded schedule, in
/// virtual time, with no sockets and no threads.
///
/// While nothing is settled, nothing has happened but what the test itself wrote. Every failure
/// tells the seed and what has happened; the same seed gives the same run.
///
/// Objects are named as `Deployment/web`, or `Deployment/shop/web` outside of the namespace
/// `default`.
public final class World implements AutoCloseable {

  private static final String NAMESPACE = "default";

  private final ControllerWorld machines;

  World(ControllerWorld machines) {
    this.machines = machines;
  }

  public static WorldBuilder builder() {
    return new WorldBuilder();
  }

  public static World of(Controller<?>... controllers) {
    var builder = builder();
    Stream.of(controllers).forEach(builder::with);
    return builder.start();
  }

  /// Plays a scenario again and again, and kills all controllers after another step of it each
  /// time: a write sent, stored or answered, a decision kept, an activity carried out, a timer.
  ///
  /// @throws AssertionError unless it ends as if nothing had happened, and [#verify] holds
  public static void atEveryStep(Supplier<World> start, Consumer<World> scenario) {
    new EveryStep(start, scenario).crash();
  }

  /// Creates the object, or merges the given fields into it, as a user.
  public World apply(HasMetadata object) {
    serve(object);
    accepted(machines.user().apply(object));
    return this;
  }

  /// Makes the object what it is said to be, status and all, whatever could be said against it: for
  /// what a test begins with.
  public World place(HasMetadata object) {
    serve(object);
    machines.user().place(object);
    return this;
  }

  /// Places the object with a JSON merge patch applied to it.
  public World place(
      Class<? extends HasMetadata> type, String namespace, String name, JsonNode patch) {
    machines.user().place(key(type, namespace, name), patch);
    return this;
  }

  /// Creates the object and sets its status, as whoever is in charge of that would.
  public World applyWithStatus(HasMetadata object) {
    apply(object);
    accepted(machines.user().status(object));
    return this;
  }

  /// Reads an object, changes it, and replaces it.
  public <T extends HasMetadata> World update(
      Class<T> type, String namespace, String name, UnaryOperator<T> change) {
    var before = get(type, namespace, name).orElseThrow(() -> missing(key(type, namespace, name)));
    accepted(machines.user().replace(change.apply(before)));
    return this;
  }

  /// The same in the namespace `default`, as `kubectl edit` does.
  public <T extends HasMetadata> World edit(Class<T> type, String name, UnaryOperator<T> change) {
    return update(type, namespace(type), name, change);
  }

  /// Deletes an object as a user does: in the background.
  public World delete(Class<? extends HasMetadata> type, String namespace, String name) {
    accepted(machines.user().delete(key(type, namespace, name)));
    return this;
  }

  public World delete(HasMetadata object) {
    var key = machines.types(object.getClass()).key(object);
    return delete(object.getClass(), key.namespace(), key.name());
  }

  /// Deletes the object of that name.
  public World delete(String kindAndName) {
    accepted(machines.user().delete(existing(kindAndName)));
    return this;
  }

  /// Has a user do something while whatever comes next is going on.
  public World meanwhile(Consumer<World> user) {
    machines.meanwhile(() -> user.accept(this));
    return this;
  }

  public Instant now() {
    return machines.schedule().instant();
  }

  public <T extends HasMetadata> Optional<T> get(Class<T> type, String namespace, String name) {
    return machines
        .store()
        .get(key(type, namespace, name))
        .map(resource -> machines.decoder().fresh(resource, type));
  }

  /// The object of that name in the namespace `default`, or in none if it is of such a kind; it
  /// must be there.
  public <T extends HasMetadata> T the(Class<T> type, String name) {
    var namespace = namespace(type);
    return get(type, namespace, name).orElseThrow(() -> missing(key(type, namespace, name)));
  }

  /// All objects of a type, ordered by namespace and name.
  public <T extends HasMetadata> List<T> list(Class<T> type) {
    var list = new ArrayList<T>();
    machines
        .store()
        .list(machines.types(type).of(type))
        .forEachRemaining(resource -> list.add(machines.decoder().fresh(resource, type)));
    return list;
  }

  /// What a controller remembers of an object: timers, calls, what it waits for, its failures.
  public Optional<ObjectState> remembered(String controller, ResourceKey key) {
    return Optional.ofNullable(machines.state(controller, key));
  }

  /// The objects with which the controller has gone in circles.
  public Set<ResourceKey> circling(String controller) {
    return machines.circling(controller);
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
    return machines.states(machines.types(object.getClass()).key(object));
  }

  /// Says what the activities of a class come to. Without it they succeed with an empty result. An
  /// answer that throws is a failure of the activity.
  public <A extends Activity> World answer(Class<A> type, Function<A, String> answer) {
    machines.activities().answer(type, answer);
    return this;
  }

  /// Has the next attempts at activities of a class fail.
  public World fail(Class<? extends Activity> type, Times times) {
    machines.activities().fail(type, times.least());
    return this;
  }

  /// Lets everything happen that can, retries of what failed included, until nothing is left but
  /// timers.
  public World settle() {
    machines.settle();
    return this;
  }

  /// Lets time pass, with everything that becomes due meanwhile.
  public World advance(Duration duration) {
    machines.advance(duration);
    return this;
  }

  /// Delivers a number of messages at most, to stop in the middle of something.
  public World steps(int count) {
    machines.deliver(count);
    return this;
  }

  /// Kills the hosts of the controllers that care for the object, and starts them anew.
  public World crashOwnerOf(String kindAndName) {
    if (machines.crashOwners(named(kindAndName)) == 0) {
      throw machines.failure(null, "no controller cares for " + kindAndName);
    }
    return this;
  }

  /// Kills the hosts of all controllers and starts them anew.
  public World crash() {
    machines.crash();
    return this;
  }

  /// Has a second member take all controllers over, while the first one goes on: nobody has told it
  /// yet.
  public World secondMember() {
    machines.takeOver();
    return this;
  }

  /// From now on writes, activities and their answers take up to so long.
  public World delayed(Duration longest) {
    machines.disturbances().delay(longest);
    return this;
  }

  /// From now on changes take up to so long until controllers see them: they decide on a view that
  /// is stale, and see at once what has changed meanwhile.
  public World lagging(Duration longest) {
    machines.disturbances().lag(longest);
    return this;
  }

  /// From now on answers to writes and activities get lost, with this probability, though what was
  /// asked for has been done.
  public World losingAnswers(double probability) {
    machines.disturbances().lostAnswers(probability);
    return this;
  }

  /// From now on nobody writes down how far controllers have come: after a crash they are told
  /// again what they know.
  public World losingPositions() {
    machines.disturbances().keepsPositions(false);
    return this;
  }

  /// Nothing is delayed or lost any more.
  public World undisturbed() {
    var disturbances = machines.disturbances();
    disturbances.delay(Duration.ZERO);
    disturbances.lag(Duration.ZERO);
    disturbances.lostAnswers(0);
    disturbances.keepsPositions(true);
    return this;
  }

  /// Begins sentences about the object of that name.
  public ObjectExpectation expect(String kindAndName) {
    return new ObjectExpectation(machines, kindAndName, named(kindAndName));
  }

  /// @throws AssertionError unless the activity was called for that often; repetitions with the
  ///   same key count once
  public World expectCall(Activity activity, Times times) {
    long count = machines.activities().count(activity);
    if (!times.includes(count)) {
      throw machines.failure(null, activity + " was called " + count + " times, expected " + times);
    }
    return this;
  }

  /// Checks what must hold of every world: versions rise, each write has a cause and is stored
  /// once, the objects are what the log adds up to, one host decides at a time, a timer fires once,
  /// one key belongs to one activity, nobody has modified a viewed object, nothing is failing or
  /// goes in circles, nothing is remembered of what is gone, and every decision comes out the same
  /// when it is made again. It must have come to rest.
  ///
  /// @throws AssertionError with the first thing that does not hold
  public void verify() {
    machines.verify();
  }

  /// What has happened so far.
  public String history() {
    return machines.story().tell(null);
  }

  public long seed() {
    return machines.seed();
  }

  ControllerWorld machines() {
    return machines;
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  private void serve(HasMetadata object) {
    var _ = machines.types(object.getClass());
  }

  private ResourceKey key(Class<? extends HasMetadata> type, String namespace, String name) {
    return new ResourceKey(machines.types(type).of(type), namespace, name);
  }

  private String namespace(Class<? extends HasMetadata> type) {
    var types = machines.types(type);
    return types.of(types.of(type)).namespaced() ? NAMESPACE : "";
  }

  /// The objects that are meant: those that there are, in any namespace if none is given.
  private List<ResourceKey> named(String kindAndName) {
    return ObjectName.of(kindAndName).find(machines);
  }

  private ResourceKey existing(String kindAndName) {
    return named(kindAndName).stream()
        .findFirst()
        .orElseThrow(() -> machines.failure(null, kindAndName + " does not exist"));
  }

  private AssertionError missing(ResourceKey key) {
    return machines.failure(key, machines.name(key) + " does not exist");
  }

  private void accepted(WriteReply reply) {
    if (reply instanceof WriteReply.Refused(var refusal)) {
      throw machines.failure(null, "refused: " + refusal.code() + " " + refusal.message());
    }
  }
}
