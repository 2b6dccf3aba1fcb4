package dev.troupe.testkit.world.forecast;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.testkit.world.controller.ControllerWorld;
import dev.troupe.testkit.world.forecast.Outlook.Difference;
import dev.troupe.testkit.world.forecast.Outlook.Failing;
import dev.troupe.testkit.world.forecast.Outlook.Fate;
import dev.troupe.testkit.world.forecast.Outlook.Waiting;
import dev.troupe.testkit.world.story.JsonDifferences;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Finds out what would come of changes. Two worlds begin with the same state and go on for the
/// same time, one with the changes and one without: what is different at the end comes of them.
/// What controllers remember is not copied: they look at everything anew, as after a failover.
/// Nothing outside of these worlds is touched, and activities are taken to succeed.
public final class Forecast {

  /// What happens in a world is told by its objects; and leases are renewed all the time.
  private static final Set<TypeRef> LEFT_OUT =
      Set.of(
          TypeRef.core("events"),
          new TypeRef("events.k8s.io", "events"),
          new TypeRef("coordination.k8s.io", "leases"));

  private static final Set<String> BOOKKEEPING =
      Set.of("resourceVersion", "managedFields", "uid", "generation", "creationTimestamp");

  private static final Comparator<ResourceKey> ORDER =
      Comparator.comparing(ResourceKey::type)
          .thenComparing(ResourceKey::namespace)
          .thenComparing(ResourceKey::name);

  private final Supplier<ControllerWorld> worlds;
  private final Map<ResourceKey, ObjectNode> state;

  /// @param worlds each is a new one of the same controllers, at the time of the state
  /// @param state all objects, with all that is known of them
  public Forecast(Supplier<ControllerWorld> worlds, Map<ResourceKey, ObjectNode> state) {
    this.worlds = worlds;
    this.state = new LinkedHashMap<>(state);
  }

  /// A wish that is not granted: what the API would answer.
  public static final class RefusedWishException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RefusedWishException(String message) {
      super(message);
    }
  }

  /// @param span how much time passes, unless everything comes to rest at once
  /// @throws RefusedWishException if a change would be refused
  public Outlook of(List<Wish> wishes, Duration span) {
    var without = begun();
    without.settle();
    without.advance(span);
    var with = begun();
    with.settle();
    wishes.forEach(wish -> fulfil(wish, with));
    with.settle();
    with.advance(span);
    return between(without, with);
  }

  /// What is different in two worlds that have come from one state.
  public static Outlook between(ControllerWorld without, ControllerWorld with) {
    return new Outlook(
        differences(objects(without), objects(with)),
        added(waits(without), waits(with)),
        added(failures(without), failures(with)));
  }

  private ControllerWorld begun() {
    var world = worlds.get();
    state.forEach((key, object) -> world.user().copy(key, object));
    return world;
  }

  private static void fulfil(Wish wish, ControllerWorld world) {
    var reply =
        switch (wish) {
          case Wish.Apply(var key, var object) -> world.user().apply(key, object);
          case Wish.Delete(var key) -> world.user().delete(key);
        };
    if (reply instanceof WriteReply.Refused(var refusal)) {
      throw new RefusedWishException(refusal.message());
    }
  }

  private static Map<ResourceKey, ObjectNode> objects(ControllerWorld world) {
    var objects = new TreeMap<ResourceKey, ObjectNode>(ORDER);
    for (var resource : world.store().all()) {
      if (!LEFT_OUT.contains(resource.key().type())) {
        objects.put(resource.key(), told(resource));
      }
    }
    return objects;
  }

  /// Without what is different each time.
  private static ObjectNode told(StoredResource resource) {
    var object = ControllerJson.object(resource.json());
    if (object.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(BOOKKEEPING);
    }
    forgetTimes(object);
    if (object.path("status").get("conditions") instanceof ArrayNode conditions) {
      var inOrder =
          conditions
              .valueStream()
              .sorted(Comparator.comparing(condition -> condition.path("type").asString("")))
              .toList();
      conditions.removeAll();
      conditions.addAll(inOrder);
    }
    return object;
  }

  private static void forgetTimes(JsonNode in) {
    if (in instanceof ObjectNode fields) {
      fields.propertyNames().stream()
          .filter(name -> name.endsWith("Time") || name.endsWith("Timestamp"))
          .toList()
          .forEach(fields::remove);
    }
    in.forEach(Forecast::forgetTimes);
  }

  private static List<Difference> differences(
      Map<ResourceKey, ObjectNode> without, Map<ResourceKey, ObjectNode> with) {
    var keys = new ArrayList<>(without.keySet());
    with.keySet().stream().filter(key -> !without.containsKey(key)).forEach(keys::add);
    keys.sort(ORDER);
    var differences = new ArrayList<Difference>();
    for (var key : keys) {
      var before = without.get(key);
      var after = with.get(key);
      if (before == null || after == null) {
        var fate = before == null ? Fate.CREATED : Fate.DELETED;
        differences.add(
            new Difference(fate, key, owner(before == null ? after : before), List.of()));
      } else if (!before.equals(after)) {
        var fields = JsonDifferences.of(before, after);
        differences.add(new Difference(Fate.CHANGED, key, owner(after), fields));
      }
    }
    return differences;
  }

  private static String owner(@Nullable ObjectNode object) {
    if (object != null) {
      for (var owner : object.path("metadata").path("ownerReferences")) {
        if (owner.path("controller").asBoolean(false)) {
          return owner.path("kind").asString("") + "/" + owner.path("name").asString("");
        }
      }
    }
    return "";
  }

  private static Stream<Waiting> waits(ControllerWorld world) {
    return world
        .states()
        .flatMap(state ->
            state.waits().stream()
                .map(wait ->
                    new Waiting(
                        state.controller(), state.key(), wait.subject(), wait.explanation())));
  }

  private static Stream<Failing> failures(ControllerWorld world) {
    return world.states().flatMap(Forecast::failure);
  }

  private static Stream<Failing> failure(ObjectState state) {
    var retry = state.retry();
    return retry == null
        ? Stream.of()
        : Stream.of(new Failing(state.controller(), state.key(), retry.message()));
  }

  private static <T> List<T> added(Stream<T> without, Stream<T> with) {
    var known = new HashSet<>(without.toList());
    return with.filter(one -> !known.contains(one))
        .sorted(Comparator.comparing((Function<T, String>) Object::toString))
        .toList();
  }
}
