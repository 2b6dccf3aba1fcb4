package dev.troupe.controllers.definition;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.api.controller.PlatformActivity.SweepCollection;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.controllers.namespace.Remainder;
import dev.troupe.controllers.objects.ObjectTimes;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The end of a definition, one decision: its collection is closed and emptied, in rounds with a
/// pause between for as long as anything holds an object, and when nothing is left the finalizer
/// goes.
record DefinitionEnd(
    ResourceKey key, CustomResourceDefinition definition, Cause cause, Instant now) {

  static final Duration PAUSE = Duration.ofMillis(500);

  private static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";
  private static final String TIMER = "sweep";

  Plan plan() {
    if (!finalizers().contains(FINALIZER)) {
      return Plan.nothing();
    }
    return cause instanceof Cause.Completed(SweepCollection done, var result)
            && done.uid().equals(uid())
            && result != null
        ? after(Remainder.parse(result))
        : status("InstanceDeletionInProgress", "CustomResource deletion is in progress")
            .call(new SweepCollection(type(), uid(), round()));
  }

  private Plan after(Remainder remainder) {
    if (remainder.isNothing()) {
      var left = finalizers().stream().filter(each -> !each.equals(FINALIZER)).toList();
      return Plan.nothing()
          .write(
              new Write.Patch(
                  key,
                  "",
                  Map.of("metadata", Map.of("finalizers", left)),
                  uid(),
                  definition.getMetadata().getResourceVersion()));
    }
    var plan =
        remainder.failures().isEmpty()
            ? status("InstanceDeletionInProgress", "CustomResource deletion is in progress")
                .waitFor("content", remainder.objectsInWords())
            : status("InstanceDeletionFailed", String.join("; ", remainder.failures()))
                .waitFor("content", String.join("; ", remainder.failures()));
    return plan.timer(TIMER, PAUSE);
  }

  private Plan status(String reason, String message) {
    var present = definition.getStatus();
    var next = present == null ? new CustomResourceDefinitionStatus() : present.toBuilder().build();
    next.setConditions(
        DefinitionConditions.of(definition)
            .say(DefinitionConditions.TERMINATING, true, reason, message)
            .all());
    return Plan.nothing().status(next);
  }

  private TypeRef type() {
    var spec = definition.getSpec();
    return new TypeRef(spec.getGroup(), spec.getNames().getPlural());
  }

  private String uid() {
    return definition.getMetadata().getUid();
  }

  /// The rounds are numbered by time, so that they need not be remembered.
  private int round() {
    var since = ObjectTimes.parse(definition.getMetadata().getDeletionTimestamp());
    return Math.toIntExact(
        Math.max(0, Duration.between(since, now).dividedBy(PAUSE)) % Integer.MAX_VALUE);
  }

  private List<String> finalizers() {
    return Objects.requireNonNullElse(definition.getMetadata().getFinalizers(), List.of());
  }
}
