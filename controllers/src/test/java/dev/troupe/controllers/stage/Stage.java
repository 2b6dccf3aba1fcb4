package dev.troupe.controllers.stage;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.testkit.World;
import dev.troupe.testkit.WorldBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A world with the words of the controllers' tests.
public final class Stage {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final WorldBuilder builder = World.builder();
  private final List<Consumer<World>> answers = new ArrayList<>();
  private final AtomicInteger decisions = new AtomicInteger();
  private @Nullable World world;

  public Stage with(Controller<?> controller) {
    builder.with(controller);
    return this;
  }

  public <S> Stage with(CollectionController<S> controller) {
    builder.with(new Counted<>(controller, decisions));
    return this;
  }

  /// How often controllers of collections have decided.
  public int decisions() {
    return decisions.get();
  }

  public <A extends Activity> Stage answering(Class<A> type, Function<A, String> executor) {
    answers.add(started -> started.answer(type, executor));
    return this;
  }

  private World world() {
    var started = world;
    if (started == null) {
      started = builder.start();
      world = started;
      for (var answer : answers) {
        answer.accept(started);
      }
    }
    return started;
  }

  public Instant now() {
    return world().now();
  }

  /// What the controllers said, as `Reason: message`, in the order in which they did.
  public List<String> events() {
    return world().list(Event.class).stream()
        .sorted(
            Comparator.comparingLong(
                (Event event) -> Long.parseLong(event.getMetadata().getResourceVersion())))
        .map(event -> event.getReason() + ": " + event.getMessage())
        .toList();
  }

  /// Creates the object as a user.
  public Stage apply(HasMetadata object) {
    world().apply(object);
    return this;
  }

  /// Creates the object, or replaces it, with its status, whatever could be said against it.
  public Stage put(HasMetadata object) {
    world().place(object);
    return this;
  }

  public Stage patch(Class<? extends HasMetadata> type, String name, String json) {
    world().place(type, "default", name, MAPPER.readTree(json.replace('\'', '"')));
    return this;
  }

  public Stage settle() {
    world().settle();
    return this;
  }

  /// Checks what must hold whenever it has come to rest.
  public Stage verify() {
    world().verify();
    return this;
  }

  public Stage advance(Duration duration) {
    world().settle().advance(duration);
    return this;
  }

  /// The timers that controllers have set for the object, and when they fire.
  public Map<String, Instant> timers(HasMetadata object) {
    return world().timers(object);
  }

  public <T extends HasMetadata> List<T> all(Class<T> type) {
    return world().list(type);
  }

  public <T extends HasMetadata> T get(Class<T> type, String name) {
    return all(type).stream()
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
  }

  public void delete(HasMetadata object) {
    world().delete(object);
  }
}
