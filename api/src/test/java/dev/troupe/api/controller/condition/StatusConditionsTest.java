package dev.troupe.api.controller.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Conditions that are made from those that there are.
class StatusConditionsTest {

  private record Own(String type, String status, String reason, @Nullable String since) {}

  private static final ConditionForm<Own> FORM =
      ConditionForm.of(
          Own::type,
          Own::status,
          Own::since,
          fact -> new Own(fact.type(), fact.status(), fact.reason(), fact.lastTransitionTime()));

  @Test
  void timeStaysAsLongAsTheStatusDoes() {
    var conditions =
        StatusConditions.of(map(), List.of(condition("True")))
            .with("Up", true, "AllUp", "3 of 3")
            .list();

    assertThat(conditions)
        .singleElement()
        .satisfies(condition -> {
          assertThat(condition.getLastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
          assertThat(condition.getReason()).isEqualTo("AllUp");
          assertThat(condition.getMessage()).isEqualTo("3 of 3");
          assertThat(condition.getObservedGeneration()).isEqualTo(7);
        });
  }

  @Test
  void timeIsLeftToTheRuntimeWhereTheStatusChanges() {
    var conditions =
        StatusConditions.of(map(), List.of(condition("True"))).unknown("Up", "Why", "");

    assertThat(conditions.list())
        .singleElement()
        .satisfies(condition -> {
          assertThat(condition.getStatus()).isEqualTo("Unknown");
          assertThat(condition.getLastTransitionTime()).isNull();
        });
    assertThat(conditions.holds("Up")).isFalse();
  }

  @Test
  void othersStayWhereTheyAre() {
    var present = List.of(own("A", "True"), own("B", "False"), own("C", "True"));
    var conditions =
        StatusConditions.of(map(), present, FORM)
            .with("B", true, "Done", "")
            .with("D", false, "No", "");

    assertThat(conditions.list())
        .containsExactly(
            own("A", "True"),
            new Own("B", "True", "Done", null),
            own("C", "True"),
            new Own("D", "False", "No", null));
    assertThat(conditions.without("A").list()).hasSize(3);
    assertThat(conditions.holds("C")).isTrue();
    assertThat(conditions.holds("E")).isFalse();
  }

  @Test
  void objectWithoutStatusHasNone() {
    assertThat(StatusConditions.of(map(), null).list()).isEmpty();
  }

  private static Own own(String type, String status) {
    return new Own(type, status, "Before", "2026-01-01T00:00:00Z");
  }

  private static Condition condition(String status) {
    return new ConditionBuilder()
        .withType("Up")
        .withStatus(status)
        .withLastTransitionTime("2026-01-01T00:00:00Z")
        .build();
  }

  private static ConfigMap map() {
    return new ConfigMapBuilder().withNewMetadata().withGeneration(7L).endMetadata().build();
  }
}
