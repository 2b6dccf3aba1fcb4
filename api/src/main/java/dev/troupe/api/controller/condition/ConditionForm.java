package dev.troupe.api.controller.condition;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How the conditions of a status are written: which class they have, and how one is made.
///
/// @param <C> their class, such as a record of the status
public interface ConditionForm<C> {

  /// That of `meta/v1`, as most types have it.
  ConditionForm<Condition> STANDARD =
      of(
          Condition::getType,
          Condition::getStatus,
          Condition::getLastTransitionTime,
          fact ->
              new ConditionBuilder()
                  .withType(fact.type())
                  .withStatus(fact.status())
                  .withReason(fact.reason())
                  .withMessage(fact.message())
                  .withLastTransitionTime(fact.lastTransitionTime())
                  .withObservedGeneration(fact.observedGeneration())
                  .build());

  String type(C condition);

  String status(C condition);

  /// Null if it has none.
  @Nullable String lastTransitionTime(C condition);

  C condition(Fact fact);

  /// What a condition says.
  ///
  /// @param status `True`, `False` or `Unknown`
  /// @param lastTransitionTime since when; null where the status changes: the runtime sets it
  /// @param observedGeneration for which generation of the object; null if its type counts none
  record Fact(
      String type,
      String status,
      String reason,
      String message,
      @Nullable String lastTransitionTime,
      @Nullable Long observedGeneration) {}

  /// A form that is made of these functions.
  static <C> ConditionForm<C> of(
      Function<C, String> type,
      Function<C, String> status,
      Function<C, @Nullable String> lastTransitionTime,
      Function<Fact, C> made) {
    return new ConditionForm<>() {
      @Override
      public String type(C condition) {
        return type.apply(condition);
      }

      @Override
      public String status(C condition) {
        return status.apply(condition);
      }

      @Override
      public @Nullable String lastTransitionTime(C condition) {
        return lastTransitionTime.apply(condition);
      }

      @Override
      public C condition(Fact fact) {
        return made.apply(fact);
      }
    };
  }
}
