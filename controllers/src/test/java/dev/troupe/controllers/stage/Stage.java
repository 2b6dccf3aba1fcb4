package dev.troupe.controllers.stage;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.Failure;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.Owners;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Objects, time and controllers. What a plan asks for is done at once, and wakes whom it concerns;
/// [#settle] runs until nobody has anything to do.
public final class Stage {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final int MOST_DECISIONS = 200_000;

  private record Call(Actor actor, ResourceKey key, Cause cause) {}

  private record TimerKey(String controller, ResourceKey key, String name) {}

  private record Done(String controller, ResourceKey key, Activity activity) {}

  private final List<Actor> actors = new ArrayList<>();
  private final Map<ResourceKey, HasMetadata> objects =
      new TreeMap<>(Comparator.comparing(ResourceKey::toString));
  private final Map<TimerKey, Instant> timers = new HashMap<>();
  private final Map<Done, String> results = new HashMap<>();
  private final Map<Class<? extends Activity>, Function<Activity, String>> executors =
      new HashMap<>();
  private final ArrayDeque<Call> calls = new ArrayDeque<>();
  private final List<String> events = new ArrayList<>();
  private final List<Plan> plans = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T12:00:00Z");
  private long version = 1;
  private int decisions;

  public Stage with(Controller<?> controller) {
    actors.add(new ObjectActor<>(this, controller));
    return this;
  }

  public Stage with(CollectionController<?> controller) {
    actors.add(new CollectionActor<>(this, controller));
    return this;
  }

  public <A extends Activity> Stage answering(Class<A> type, Function<A, String> executor) {
    executors.put(type, activity -> executor.apply(type.cast(activity)));
    return this;
  }

  public Instant now() {
    return now;
  }

  /// What the plans noted, as `Reason: message`.
  public List<String> events() {
    return events;
  }

  public int decisions() {
    return decisions;
  }

  /// Creates the object, or replaces all but its metadata's identity.
  public Stage put(HasMetadata object) {
    var node = (ObjectNode) tree(object);
    var present = objects.get(Keys.of(object));
    if (present != null) {
      var metadata = present.getMetadata();
      ((ObjectNode) node.get("metadata"))
          .put("uid", metadata.getUid())
          .put("creationTimestamp", metadata.getCreationTimestamp());
    }
    store(Keys.of(object), object.getClass(), node);
    return this;
  }

  /// Applies a JSON merge patch, as a user would.
  public Stage patch(Class<? extends HasMetadata> type, String name, String json) {
    var key = new ResourceKey(Keys.type(type), "default", name);
    var present = Objects.requireNonNull(objects.get(key), () -> "no " + key);
    var node = (ObjectNode) tree(present);
    merge(node, MAPPER.readTree(json.replace('\'', '"')));
    store(key, present.getClass(), node);
    return this;
  }

  public Stage settle() {
    while (!calls.isEmpty()) {
      var call = calls.poll();
      if (++decisions > MOST_DECISIONS) {
        throw new IllegalStateException("does not come to rest: " + call);
      }
      act(call);
    }
    return this;
  }

  /// Lets time pass, timer by timer.
  public Stage advance(Duration duration) {
    settle();
    var end = now.plus(duration);
    while (true) {
      var next = timers.entrySet().stream().min(Map.Entry.comparingByValue());
      if (next.isEmpty() || next.get().getValue().isAfter(end)) {
        now = end;
        return this;
      }
      var timer = next.get().getKey();
      now = next.get().getValue().isAfter(now) ? next.get().getValue() : now;
      timers.remove(timer);
      var actor =
          actors.stream()
              .filter(a -> a.name().equals(timer.controller()))
              .findFirst()
              .orElseThrow();
      calls.add(new Call(actor, timer.key(), new Cause.TimerFired(timer.name())));
      settle();
    }
  }

  public <T extends HasMetadata> List<T> all(Class<T> type) {
    return objects.values().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// A copy of the object.
  public <T extends HasMetadata> T get(Class<T> type, String name) {
    return all(type).stream()
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst()
        .map(object -> MAPPER.treeToValue(tree(object), type))
        .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
  }

  public void delete(HasMetadata object) {
    delete(Keys.of(object), null, null);
  }

  <T extends HasMetadata> Optional<T> find(Class<T> type, ResourceKey key) {
    return Optional.ofNullable(objects.get(key)).filter(type::isInstance).map(type::cast);
  }

  Optional<Instant> timer(String controller, ResourceKey key, String name) {
    return Optional.ofNullable(timers.get(new TimerKey(controller, key, name)));
  }

  Optional<String> result(String controller, ResourceKey key, Activity activity) {
    return Optional.ofNullable(results.get(new Done(controller, key, activity)));
  }

  private void act(Call call) {
    var plan = call.actor.decide(call.key, call.cause);
    plans.add(plan);
    for (var write : plan.writes()) {
      if (!carryOut(write, call)) {
        break;
      }
    }
    for (var note : plan.events()) {
      events.add(note.reason() + ": " + note.message());
    }
    var planned = plan.timers().stream().map(Plan.Timer::name).toList();
    timers
        .keySet()
        .removeIf(t ->
            t.controller().equals(call.actor.name())
                && t.key().equals(call.key)
                && !planned.contains(t.name()));
    for (var timer : plan.timers()) {
      timers.putIfAbsent(
          new TimerKey(call.actor.name(), call.key, timer.name()), now.plus(timer.after()));
    }
    for (var activity : plan.calls()) {
      var done = new Done(call.actor.name(), call.key, activity);
      if (!results.containsKey(done)) {
        var executor = Objects.requireNonNull(executors.get(activity.getClass()));
        var result = executor.apply(activity);
        results.put(done, result);
        calls.add(new Call(call.actor, call.key, new Cause.Completed(activity, result)));
      }
    }
  }

  /// Whether the plan goes on.
  private boolean carryOut(Write write, Call call) {
    switch (write) {
      case Write.Own(var object) -> {
        var owner = Objects.requireNonNull(objects.get(call.key));
        var owned = (ObjectNode) tree(object);
        ((ObjectNode) owned.get("metadata"))
            .set("ownerReferences", MAPPER.valueToTree(List.of(Owners.controllerReference(owner))));
        apply(Keys.of(object), object.getClass(), owned);
      }
      case Write.Apply(var object) ->
          apply(Keys.of(object), object.getClass(), (ObjectNode) tree(object));
      case Write.Status(var status) -> {
        var present = objects.get(call.key);
        if (present != null) {
          var node = (ObjectNode) tree(present);
          node.set("status", MAPPER.valueToTree(status));
          store(call.key, present.getClass(), node);
        }
      }
      case Write.Patch patch -> {
        return patch(patch, call);
      }
      case Write.Delete delete -> delete(delete.key(), delete.uid(), delete.gracePeriodSeconds());
      case Write.Bind bind -> {
        var node = (ObjectNode) tree(Objects.requireNonNull(objects.get(bind.pod())));
        ((ObjectNode) node.get("spec")).put("nodeName", bind.node());
        store(bind.pod(), Pod.class, node);
      }
    }
    return true;
  }

  private boolean patch(Write.Patch patch, Call call) {
    var present = objects.get(patch.key());
    var version = patch.resourceVersion();
    if (present == null
        || (version != null && !version.equals(present.getMetadata().getResourceVersion()))) {
      var failure =
          new Failure.Refused(StatusReason.CONFLICT, "conflict on " + patch.key(), List.of());
      calls.add(new Call(call.actor, call.key, new Cause.Failed(1, failure)));
      return false;
    }
    var node = (ObjectNode) tree(present);
    merge(node, MAPPER.valueToTree(patch.patch()));
    store(patch.key(), present.getClass(), node);
    return true;
  }

  private void apply(ResourceKey key, Class<?> type, ObjectNode planned) {
    var present = objects.get(key);
    if (present == null) {
      store(key, type, planned);
    } else {
      var node = (ObjectNode) tree(present);
      merge(node, planned);
      store(key, type, node);
    }
  }

  private void delete(ResourceKey key, @Nullable String uid, @Nullable Long grace) {
    var present = objects.get(key);
    if (present == null || (uid != null && !uid.equals(present.getMetadata().getUid()))) {
      return;
    }
    var finalizers = present.getMetadata().getFinalizers();
    boolean graceful =
        present instanceof Pod pod
            && pod.getSpec().getNodeName() != null
            && (grace == null || grace > 0);
    if (!graceful && (finalizers == null || finalizers.isEmpty())) {
      objects.remove(key);
      wake(present, null);
    } else if (present.getMetadata().getDeletionTimestamp() == null) {
      long seconds = graceful ? 30 : 0;
      var node = (ObjectNode) tree(present);
      ((ObjectNode) node.get("metadata"))
          .put("deletionTimestamp", now.plusSeconds(seconds).toString())
          .put("deletionGracePeriodSeconds", seconds);
      store(key, present.getClass(), node);
    }
  }

  private void store(ResourceKey key, Class<?> type, ObjectNode node) {
    var before = objects.get(key);
    var metadata = (ObjectNode) node.get("metadata");
    if (before == null) {
      if (metadata.path("uid").isMissingNode()) {
        metadata.put("uid", "uid-" + version);
      }
      metadata.put("creationTimestamp", now.toString()).put("generation", 1);
    } else if (tree(before).equals(node)) {
      return;
    } else if (!Objects.equals(tree(before).get("spec"), node.get("spec"))) {
      metadata.put("generation", before.getMetadata().getGeneration() + 1);
    }
    metadata.put("resourceVersion", Long.toString(++version));
    var after = (HasMetadata) MAPPER.treeToValue(node, type);
    var finalizers = after.getMetadata().getFinalizers();
    if (after.getMetadata().getDeletionTimestamp() != null
        && (finalizers == null || finalizers.isEmpty())
        && !(after instanceof Pod)) {
      objects.remove(key);
      wake(after, null);
    } else {
      objects.put(key, after);
      wake(before, after);
    }
  }

  private void wake(@Nullable HasMetadata before, @Nullable HasMetadata after) {
    var subject = Keys.of(Objects.requireNonNull(after == null ? before : after));
    for (var actor : actors) {
      for (var key : actor.wakes(before, after)) {
        var cause =
            !key.equals(subject)
                ? new Cause.RelatedChanged(subject)
                : before == null ? new Cause.Created() : new Cause.Changed();
        if (calls.stream()
            .noneMatch(c -> c.actor.name().equals(actor.name()) && c.key.equals(key))) {
          calls.add(new Call(actor, key, cause));
        }
      }
    }
  }

  private static JsonNode tree(Object object) {
    return MAPPER.valueToTree(object);
  }

  private static void merge(ObjectNode target, JsonNode patch) {
    for (var field : patch.properties()) {
      if (field.getValue().isNull()) {
        target.remove(field.getKey());
      } else if (field.getValue().isObject()) {
        var child = target.get(field.getKey());
        var merged = child instanceof ObjectNode object ? object : target.putObject(field.getKey());
        merge(merged, field.getValue());
      } else {
        target.set(field.getKey(), field.getValue());
      }
    }
  }
}
