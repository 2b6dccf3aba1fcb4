package dev.troupe.resources.mutation;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.pod.PodPriority;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Whether a pod may have the priority it asks for: it names a class, the server knows the number.
final class Priority {

  private Priority() {}

  static void check(Target target, ObjectNode pod) {
    var spec = Json.object(pod, "spec");
    var name = Json.text(spec, "priorityClassName");
    var value = PodPriority.of(name);
    if (value.isEmpty()) {
      throw forbidden(target, "no PriorityClass with name " + name + " was found");
    }
    var given = Json.number(spec, "priority");
    if (given != null && given != value.getAsInt()) {
      throw forbidden(
          target,
          "the integer value of priority ("
              + given
              + ") must not be provided in pod spec; priority admission controller computed "
              + value.getAsInt()
              + " from the given PriorityClass name");
    }
  }

  private static Refusing forbidden(Target target, String why) {
    return new Refusing(Refusal.forbidden(target.key(), why, List.of()));
  }
}
