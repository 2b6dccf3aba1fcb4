package dev.troupe.controllers.namespace;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.api.controller.PlatformActivity.CloseNamespace;
import dev.troupe.api.controller.PlatformActivity.SweepNamespace;
import dev.troupe.api.controller.View;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.ObjectTimes;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.api.model.NamespaceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The end of a namespace, one decision: first it is closed, then swept in rounds with a pause
/// between, and when nothing is left the finalizer goes.
final class NamespaceEnd {

  static final Duration PAUSE = Duration.ofMillis(500);

  private static final String FINALIZER = "kubernetes";
  private static final String TIMER = "sweep";

  private final Namespace namespace;
  private final String name;
  private final String uid;
  private final View view;
  private final Cause cause;

  NamespaceEnd(Namespace namespace, View view, Cause cause) {
    this.namespace = namespace;
    this.name = namespace.getMetadata().getName();
    this.uid = namespace.getMetadata().getUid();
    this.view = view;
    this.cause = cause;
  }

  Plan plan() {
    if (!finalizers().contains(FINALIZER)) {
      return Plan.nothing();
    }
    var close = new CloseNamespace(name, uid);
    if (view.result(close).isEmpty() && !isCompletedClose()) {
      return Plan.nothing().call(close).waitFor("close", "the namespace takes objects still");
    }
    var sweep = new SweepNamespace(name, uid, round());
    var swept = result(sweep);
    if (swept.isPresent()) {
      return after(Remainder.parse(swept.get()));
    }
    return view.timer(TIMER).isPresent()
        ? Plan.nothing().timer(TIMER, PAUSE)
        : Plan.nothing().call(sweep);
  }

  private Plan after(Remainder remainder) {
    var plan = Plan.nothing().status(status(remainder));
    if (remainder.isNothing()) {
      var left = finalizers().stream().filter(f -> !f.equals(FINALIZER)).toList();
      return plan.write(
          new Write.Patch(
              Keys.of(namespace),
              "finalize",
              Map.of("spec", Map.of("finalizers", left)),
              uid,
              null));
    }
    return plan.timer(TIMER, PAUSE)
        .waitFor(
            "content",
            remainder.failures().isEmpty()
                ? remainder.objectsInWords()
                : String.join("; ", remainder.failures()));
  }

  /// The rounds are numbered by time, so that they need not be remembered.
  private int round() {
    var since = ObjectTimes.parse(namespace.getMetadata().getDeletionTimestamp());
    return Math.toIntExact(
        Math.max(0, Duration.between(since, view.now()).dividedBy(PAUSE)) % Integer.MAX_VALUE);
  }

  private boolean isCompletedClose() {
    return cause instanceof Cause.Completed(CloseNamespace close, _) && close.uid().equals(uid);
  }

  private Optional<String> result(SweepNamespace sweep) {
    return cause instanceof Cause.Completed(SweepNamespace done, var result)
            && done.uid().equals(uid)
        ? Optional.ofNullable(result)
        : view.result(sweep);
  }

  private NamespaceStatus status(Remainder remainder) {
    var status = new NamespaceStatus();
    status.setPhase("Terminating");
    status.setConditions(
        withOthers(
            List.of(
                condition(
                    "NamespaceDeletionDiscoveryFailure",
                    false,
                    "ResourcesDiscovered",
                    "All resources successfully discovered"),
                condition(
                    "NamespaceDeletionGroupVersionParsingFailure",
                    false,
                    "ParsedGroupVersions",
                    "All legacy kube types successfully parsed"),
                deletionFailure(remainder),
                contentRemaining(remainder),
                finalizersRemaining(remainder))));
    return status;
  }

  private NamespaceCondition deletionFailure(Remainder remainder) {
    var type = "NamespaceDeletionContentFailure";
    return remainder.failures().isEmpty()
        ? condition(
            type,
            false,
            "ContentDeleted",
            "All content successfully deleted, may be waiting on finalization")
        : condition(
            type,
            true,
            "ContentDeletionFailed",
            "Failed to delete all resource types, "
                + remainder.failures().size()
                + " remaining: "
                + String.join(", ", remainder.failures()));
  }

  private NamespaceCondition contentRemaining(Remainder remainder) {
    var type = "NamespaceContentRemaining";
    return remainder.objects().isEmpty()
        ? condition(type, false, "ContentRemoved", "All content successfully removed")
        : condition(type, true, "SomeResourcesRemain", remainder.objectsInWords());
  }

  private NamespaceCondition finalizersRemaining(Remainder remainder) {
    var type = "NamespaceFinalizersRemaining";
    return remainder.finalizers().isEmpty()
        ? condition(
            type, false, "ContentHasNoFinalizers", "All content-preserving finalizers finished")
        : condition(type, true, "SomeFinalizersRemain", remainder.finalizersInWords());
  }

  private List<NamespaceCondition> withOthers(List<NamespaceCondition> own) {
    var types = own.stream().map(NamespaceCondition::getType).toList();
    var conditions = new ArrayList<>(own);
    present().stream().filter(c -> !types.contains(c.getType())).forEach(conditions::add);
    return conditions;
  }

  private NamespaceCondition condition(String type, boolean status, String reason, String message) {
    var condition = new NamespaceCondition();
    condition.setType(type);
    condition.setStatus(status ? "True" : "False");
    condition.setReason(reason);
    condition.setMessage(message);
    condition.setLastTransitionTime(
        present().stream()
            .filter(c -> c.getType().equals(type) && c.getStatus().equals(condition.getStatus()))
            .map(NamespaceCondition::getLastTransitionTime)
            .findFirst()
            .orElse(ObjectTimes.format(view.now())));
    return condition;
  }

  private List<NamespaceCondition> present() {
    var status = namespace.getStatus();
    return status == null || status.getConditions() == null ? List.of() : status.getConditions();
  }

  private List<String> finalizers() {
    return Objects.requireNonNullElse(
        namespace.getSpec() == null ? null : namespace.getSpec().getFinalizers(), List.of());
  }
}
