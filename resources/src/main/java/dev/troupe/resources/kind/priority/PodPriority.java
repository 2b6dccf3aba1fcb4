package dev.troupe.resources.kind.priority;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Sponsor;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// How important a pod is: a pod names a class, or has the one that is for all others, and the
/// server knows the number.
public final class PodPriority implements Sponsor {

  static final TypeRef CLASSES = new TypeRef("scheduling.k8s.io", "priorityclasses");

  private static final String CLASS = "priorityClassName";
  private static final String POLICY = "preemptionPolicy";
  private static final String PREEMPTS = "PreemptLowerPriority";
  private static final String NOT_GIVEN =
      "must not be provided in pod spec; priority admission controller computed";
  private static final String FROM_CLASS = "from the given PriorityClass name";

  @Override
  public TypeRef type() {
    return CLASSES;
  }

  @Override
  public boolean namespaced() {
    return false;
  }

  @Override
  public Wanted wanted(ObjectNode pod) {
    var spec = Json.object(pod, "spec");
    if (spec == null) {
      return new Wanted.Nobody();
    }
    var name = Json.text(spec, CLASS);
    return name.isEmpty() ? new Wanted.Whoever() : new Wanted.Named(name);
  }

  @Override
  public Optional<ObjectNode> whoever(Stream<ObjectNode> all) {
    return OneDefault.among(all);
  }

  @Override
  public Optional<String> complete(ObjectNode pod, @Nullable ObjectNode found, String uid) {
    var spec = Json.child(pod, "spec");
    var name = Json.text(spec, CLASS);
    if (found == null && !name.isEmpty() && SystemPriority.of(name).isEmpty()) {
      return Optional.of("no PriorityClass with name " + name + " was found");
    }
    if (found != null && !Json.has(spec, CLASS)) {
      spec.put(CLASS, Json.text(Json.object(found, "metadata"), "name"));
    }
    long value = found == null ? ofSystem(name) : Json.number(found, "value", 0);
    return number(spec, value)
        .or(() -> policy(spec, found == null ? PREEMPTS : Json.text(found, POLICY)));
  }

  /// What is written past admission: there the classes of the system alone are known.
  public static int ofSystem(String name) {
    return SystemPriority.of(name).map(SystemPriority::value).orElse(0);
  }

  private static Optional<String> number(ObjectNode spec, long value) {
    var given = Json.number(spec, "priority");
    if (given != null && given != value) {
      return Optional.of(
          "the integer value of priority (%d) %s %d %s"
              .formatted(given, NOT_GIVEN, value, FROM_CLASS));
    }
    if (!Json.has(spec, "priority")) {
      spec.put("priority", (int) value);
    }
    return Optional.empty();
  }

  private static Optional<String> policy(ObjectNode spec, String value) {
    var given = Json.text(spec, POLICY);
    if (!given.isEmpty() && !given.equals(value)) {
      return Optional.of(
          "the string value of PreemptionPolicy (%s) %s %s %s"
              .formatted(given, NOT_GIVEN, value, FROM_CLASS));
    }
    if (!Json.has(spec, POLICY)) {
      spec.put(POLICY, value);
    }
    return Optional.empty();
  }
}
