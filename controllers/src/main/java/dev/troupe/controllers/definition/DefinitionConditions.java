package dev.troupe.controllers.definition;

import dev.troupe.api.resource.GroupApproval;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionCondition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is said of a definition: one condition of each type.
final class DefinitionConditions {

  static final String NAMES_ACCEPTED = "NamesAccepted";
  static final String ESTABLISHED = "Established";
  static final String TERMINATING = "Terminating";
  static final String APPROVED = "KubernetesAPIApprovalPolicyConformant";

  private final List<CustomResourceDefinitionCondition> all;

  private DefinitionConditions(List<CustomResourceDefinitionCondition> all) {
    this.all = all;
  }

  static DefinitionConditions of(CustomResourceDefinition definition) {
    var status = definition.getStatus();
    return new DefinitionConditions(
        new ArrayList<>(
            status == null || status.getConditions() == null ? List.of() : status.getConditions()));
  }

  static boolean isTrue(CustomResourceDefinition definition, String type) {
    return of(definition).isTrue(type);
  }

  boolean isTrue(String type) {
    return all.stream()
        .anyMatch(each -> type.equals(each.getType()) && "True".equals(each.getStatus()));
  }

  List<CustomResourceDefinitionCondition> all() {
    return all;
  }

  /// Says it instead of what was said before. When it began to be so is filled in where it is
  /// written.
  DefinitionConditions say(String type, boolean isTrue, String reason, String message) {
    var before = find(type);
    var status = isTrue ? "True" : "False";
    var since =
        before != null && status.equals(before.getStatus()) ? before.getLastTransitionTime() : null;
    var next = new CustomResourceDefinitionCondition(since, message, null, reason, status, type);
    if (before == null) {
      all.add(next);
    } else {
      all.set(all.indexOf(before), next);
    }
    return this;
  }

  /// Says of a definition in one of Kubernetes' own groups whether it was approved of.
  DefinitionConditions sayApproved(CustomResourceDefinition definition) {
    if (!GroupApproval.concerns(definition.getSpec().getGroup())) {
      return this;
    }
    var annotations = definition.getMetadata().getAnnotations();
    var approval =
        GroupApproval.of(
            annotations == null ? "" : annotations.getOrDefault(GroupApproval.ANNOTATION, ""));
    var reason =
        switch (approval.state()) {
          case MISSING -> "MissingAnnotation";
          case BYPASSED -> "UnapprovedAnnotation";
          case APPROVED -> "ApprovedAnnotation";
          case INVALID -> "InvalidAnnotation";
        };
    boolean isApproved = approval.state() == GroupApproval.State.APPROVED;
    return say(APPROVED, isApproved, reason, approval.words());
  }

  private @Nullable CustomResourceDefinitionCondition find(String type) {
    return all.stream().filter(each -> type.equals(each.getType())).findFirst().orElse(null);
  }
}
