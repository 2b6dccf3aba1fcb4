package dev.troupe.testkit;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.testkit.world.controller.ControllerWorld;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Sentences about one object of a [World], each of which fails with what there is instead, and
/// with what has happened to the object.
public final class ObjectExpectation {

  private static final TypeRef EVENTS = TypeRef.core("events");

  private final ControllerWorld world;
  private final String name;
  private final @Nullable ResourceKey key;

  /// @param found those with the name
  ObjectExpectation(ControllerWorld world, String name, List<ResourceKey> found) {
    this.world = world;
    this.name = name;
    this.key = found.isEmpty() ? null : found.getFirst();
  }

  public ObjectExpectation exists() {
    var _ = object();
    return this;
  }

  public ObjectExpectation isGone() {
    return holds(key == null, "is still there");
  }

  /// Whether a field has a value, which is compared as JSON.
  ///
  /// @param path such as `spec.replicas` or `status.conditions[0].type`
  /// @param value null for a field that is not there
  public ObjectExpectation has(String path, @Nullable Object value) {
    var found = at(object(), path);
    var there = found.isMissingNode() || found.isNull() ? null : found;
    var wanted = value == null ? null : ControllerJson.tree(value);
    boolean same = there == null ? wanted == null : there.equals(wanted) || isSame(there, wanted);
    return holds(same, "has " + path + ": " + there + ", expected " + wanted);
  }

  /// `4` and `4.0` are the same number, and `4` as an `int` is as `4` as a `long`.
  private static boolean isSame(JsonNode there, @Nullable JsonNode wanted) {
    return wanted != null
        && there.isNumber()
        && wanted.isNumber()
        && there.decimalValue().compareTo(wanted.decimalValue()) == 0;
  }

  private static JsonNode at(ObjectNode object, String path) {
    return object.at("/" + path.replace("[", ".").replace("]", "").replace('.', '/'));
  }

  public ObjectExpectation hasLabel(String label, @Nullable String value) {
    return hasMetadata("labels", label, value);
  }

  public ObjectExpectation hasAnnotation(String annotation, @Nullable String value) {
    return hasMetadata("annotations", annotation, value);
  }

  private ObjectExpectation hasMetadata(String map, String field, @Nullable String value) {
    var node = object().path("metadata").path(map).path(field);
    var found = node.isString() ? node.stringValue() : null;
    return holds(
        Objects.equals(found, value),
        "has " + map + " " + field + ": " + found + ", expected " + value);
  }

  /// Whether it has a condition of that type, with that status.
  public ObjectExpectation hasCondition(String type, String status) {
    var found =
        object()
            .path("status")
            .path("conditions")
            .valueStream()
            .filter(condition -> condition.path("type").asString("").equals(type))
            .map(condition -> condition.path("status").asString(""))
            .findFirst()
            .orElse(null);
    return holds(
        status.equals(found), "has condition " + type + ": " + found + ", expected " + status);
  }

  /// Whether the object of that name is the one that owns it.
  public ObjectExpectation isOwnedBy(String kindAndName) {
    var owners =
        object()
            .path("metadata")
            .path("ownerReferences")
            .valueStream()
            .map(owner -> owner.path("kind").asString("") + "/" + owner.path("name").asString(""))
            .toList();
    return holds(owners.contains(kindAndName), "is owned by " + owners);
  }

  /// Whether a condition of one's own holds.
  ///
  /// @param sentence what is expected of the object, such as `cools`
  public <T extends HasMetadata> ObjectExpectation satisfies(
      Class<T> type, String sentence, Predicate<T> condition) {
    var object = ControllerJson.read(ControllerJson.bytes(object()), type);
    return holds(condition.test(object), "is not so: " + sentence + "; it is " + object());
  }

  /// Whether a controller waits for the subject.
  public ObjectExpectation waitsFor(String subject) {
    var subjects =
        states().flatMap(state -> state.waits().stream()).map(wait -> wait.subject()).toList();
    return holds(subjects.contains(subject), "waits for " + subjects + ", expected " + subject);
  }

  public ObjectExpectation waitsForNothing() {
    var waits = states().flatMap(state -> state.waits().stream()).toList();
    return holds(waits.isEmpty(), "waits for " + waits);
  }

  /// Whether a timer is set that fires after so long.
  public ObjectExpectation hasTimer(String timer, Duration after) {
    long now = world.schedule().millis();
    var due = timer(timer).map(millis -> Duration.ofMillis(millis - now)).map(Duration::toString);
    return holds(
        due.equals(Optional.of(after.toString())),
        "has timer " + timer + " in " + due.orElse("no time") + ", expected in " + after);
  }

  public ObjectExpectation hasNoTimer(String timer) {
    return holds(timer(timer).isEmpty(), "has timer " + timer);
  }

  private Optional<Long> timer(String timer) {
    return states().flatMap(state -> Stream.ofNullable(state.timers().get(timer))).findFirst();
  }

  /// Whether controllers have said that about it so often, as `kubectl describe` shows it.
  public ObjectExpectation hasEvent(String reason, Times times) {
    var others = new TreeSet<String>();
    long count = 0;
    for (var event : (Iterable<JsonNode>) events()::iterator) {
      if (event.path("reason").asString("").equals(reason)) {
        count += event.path("count").asLong(1);
      } else {
        others.add(event.path("reason").asString(""));
      }
    }
    return holds(
        times.includes(count),
        "has " + count + " events " + reason + ", expected " + times + ", and others: " + others);
  }

  private Stream<JsonNode> events() {
    var wanted = ObjectName.of(name);
    return world.store().all().stream()
        .filter(resource -> resource.key().type().equals(EVENTS))
        .map(resource -> (JsonNode) ControllerJson.object(resource.json()))
        .filter(event -> {
          var about = event.path("involvedObject");
          return about.path("kind").asString("").equals(wanted.kind())
              && about.path("name").asString("").equals(wanted.name());
        });
  }

  /// Whether it fails, and so is tried again, with such words.
  public ObjectExpectation fails(String words) {
    var failures =
        states()
            .map(ObjectState::retry)
            .flatMap(Stream::ofNullable)
            .map(ObjectState.Retry::message)
            .toList();
    return holds(
        failures.stream().anyMatch(message -> message.contains(words)),
        "fails with " + failures + ", expected " + words);
  }

  private Stream<ObjectState> states() {
    return key == null ? Stream.of() : world.states(key);
  }

  private ObjectNode object() {
    if (key == null) {
      throw world.failure(null, name + " does not exist");
    }
    return world
        .store()
        .get(key)
        .map(resource -> ControllerJson.object(resource.json()))
        .orElseThrow(() -> world.failure(key, name + " does not exist any more"));
  }

  private ObjectExpectation holds(boolean condition, String otherwise) {
    if (!condition) {
      throw world.failure(key, name + " " + otherwise);
    }
    return this;
  }
}
