package dev.troupe.testkit.experiment.witness;

import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.ApiCalls;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Makes config maps that own others, lets them be deleted while it holds them by a finalizer, and
/// lets them go: what they own is then to be collected. Whatever is not answered is asked again.
final class FamilyMaker implements AutoCloseable {

  /// What all of them have.
  static final String LABEL = "experiment-family";

  /// What it holds owners by.
  static final String FINALIZER = "experiments.troupe.dev/hold";

  private static final int NAMESPACES = 4;
  private static final int CHILDREN = 2;
  private static final int MOST_OPEN = 12;
  private static final Duration END = Duration.ofSeconds(10);

  private final List<ApiCalls> servers;
  private final LongSupplier nanos;
  private final Duration every;
  private final Deque<Family> open = new ArrayDeque<>();
  private final Map<String, Long> released = new ConcurrentHashMap<>();
  private final Thread thread;
  private int asked;
  private int families;
  private int turns;
  private final Set<String> namespaces = new HashSet<>();
  private volatile boolean running = true;

  /// @param nanos the clock of clients
  /// @param every between two steps of each family
  FamilyMaker(List<ApiCalls> servers, LongSupplier nanos, Duration every) {
    this.servers = List.copyOf(servers);
    this.nanos = nanos;
    this.every = every;
    this.thread = Thread.ofVirtual().name("maker of families").start(this::run);
  }

  private enum Step {
    NAMESPACE,
    OWNER,
    CHILDREN,
    DELETION,
    REST,
    RELEASE,
    OVER;

    private Step next() {
      return switch (this) {
        case NAMESPACE -> OWNER;
        case OWNER -> CHILDREN;
        case CHILDREN -> DELETION;
        case DELETION -> REST;
        case REST -> RELEASE;
        case RELEASE, OVER -> OVER;
      };
    }
  }

  private static final class Family {
    private final String namespace;
    private final String name;
    private Step step = Step.NAMESPACE;
    private String uid = "";

    private Family(int number) {
      namespace = "families-" + number % NAMESPACES;
      name = "family-" + number;
    }

    private String path() {
      return objects() + "/" + name;
    }

    private String objects() {
      return "/api/v1/namespaces/" + namespace + "/configmaps";
    }
  }

  private void run() {
    while (running) {
      if (turns++ % 2 == 0 && open.size() < MOST_OPEN) {
        open.add(new Family(families++));
      }
      for (var family : open) {
        proceed(family);
      }
      open.removeIf(family -> family.step == Step.OVER);
      LockSupport.parkNanos(every.toNanos());
    }
  }

  private void proceed(Family family) {
    if (!running) {
      return;
    }
    try {
      if (carryOut(family)) {
        family.step = family.step.next();
      }
    } catch (UncheckedIOException | IllegalStateException unanswered) {
      asked++;
    }
  }

  private ApiCalls api() {
    return servers.get(asked % servers.size());
  }

  /// @return whether it is done
  private boolean carryOut(Family family) {
    return switch (family.step) {
      case NAMESPACE -> furnished(family);
      case OWNER -> owner(family);
      case CHILDREN -> children(family);
      case DELETION -> isDone(api().delete(family.path()), 200, 202, 404);
      case REST -> true;
      case RELEASE -> release(family);
      case OVER -> false;
    };
  }

  private boolean isDone(Api.Answer answer, int... codes) {
    for (int code : codes) {
      if (answer.code() == code) {
        return true;
      }
    }
    asked++;
    return false;
  }

  private boolean furnished(Family family) {
    if (!namespaces.contains(family.namespace)
        && isDone(api().post("/api/v1/namespaces", namespace(family)), 201, 409)) {
      namespaces.add(family.namespace);
    }
    return namespaces.contains(family.namespace);
  }

  private static String namespace(Family family) {
    var object = Api.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Namespace");
    object.putObject("metadata").put("name", family.namespace);
    return object.toString();
  }

  private boolean owner(Family family) {
    var object = Api.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
    var metadata = object.putObject("metadata").put("name", family.name);
    metadata.putObject("labels").put(LABEL, "true");
    metadata.putArray("finalizers").add(FINALIZER);
    var made = api().post(family.objects(), object.toString());
    var answer = made.code() == 409 ? api().get(family.path()) : made;
    if (isDone(answer, 200, 201)) {
      family.uid = answer.body().path("metadata").path("uid").asString("");
    }
    return !family.uid.isEmpty();
  }

  private boolean children(Family family) {
    boolean all = true;
    for (int i = 0; i < CHILDREN; i++) {
      var object = Api.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
      var metadata = object.putObject("metadata").put("name", family.name + "-" + i);
      metadata.putObject("labels").put(LABEL, "true");
      metadata
          .putArray("ownerReferences")
          .addObject()
          .put("apiVersion", "v1")
          .put("kind", "ConfigMap")
          .put("name", family.name)
          .put("uid", family.uid);
      all &= isDone(api().post(family.objects(), object.toString()), 201, 409);
    }
    return all;
  }

  private boolean release(Family family) {
    released.putIfAbsent(family.namespace + "/" + family.name, nanos.getAsLong());
    return isDone(api().patch(family.path(), "{\"metadata\":{\"finalizers\":null}}"), 200, 404);
  }

  /// When it began to let each of those go that it has held, by key.
  Map<String, Long> released() {
    return Map.copyOf(released);
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
    try {
      thread.join(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
