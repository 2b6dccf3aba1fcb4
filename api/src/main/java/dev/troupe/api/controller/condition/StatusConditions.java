package dev.troupe.api.controller.condition;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The conditions that an object is to have, made from those that it has. Immutable: every method
/// returns conditions with one thing changed. The others stay as they are, and in their order.
///
/// A condition keeps the time of its last transition as long as its status stays, and speaks for
/// the generation that the object has now.
public final class StatusConditions<C> {

  private final ConditionForm<C> form;
  private final @Nullable Long generation;
  private final List<C> conditions;

  private StatusConditions(ConditionForm<C> form, @Nullable Long generation, List<C> conditions) {
    this.form = form;
    this.generation = generation;
    this.conditions = List.copyOf(conditions);
  }

  /// @param present those of the object's status; null if it has none yet
  public static StatusConditions<Condition> of(
      HasMetadata object, @Nullable List<Condition> present) {
    return of(object, present, ConditionForm.STANDARD);
  }

  /// The same for conditions of another class.
  public static <C> StatusConditions<C> of(
      HasMetadata object, @Nullable List<C> present, ConditionForm<C> form) {
    return new StatusConditions<>(
        form, object.getMetadata().getGeneration(), present == null ? List.of() : present);
  }

  /// @param reason why, in one word such as `NoRoom`
  /// @param message why, for people
  public StatusConditions<C> with(String type, boolean holds, String reason, String message) {
    return with(type, holds ? "True" : "False", reason, message);
  }

  /// Whether it holds is not known.
  public StatusConditions<C> unknown(String type, String reason, String message) {
    return with(type, "Unknown", reason, message);
  }

  private StatusConditions<C> with(String type, String status, String reason, String message) {
    var next = new ArrayList<>(conditions);
    int index = indexOf(type);
    var before = index < 0 ? null : conditions.get(index);
    boolean stays = before != null && form.status(before).equals(status);
    var since = before != null && stays ? form.lastTransitionTime(before) : null;
    var condition =
        form.condition(new ConditionForm.Fact(type, status, reason, message, since, generation));
    if (index < 0) {
      next.add(condition);
    } else {
      next.set(index, condition);
    }
    return new StatusConditions<>(form, generation, next);
  }

  public StatusConditions<C> without(String type) {
    var next = new ArrayList<>(conditions);
    next.removeIf(condition -> form.type(condition).equals(type));
    return new StatusConditions<>(form, generation, next);
  }

  /// Whether there is such a condition, and it holds.
  public boolean holds(String type) {
    int index = indexOf(type);
    return index >= 0 && form.status(conditions.get(index)).equals("True");
  }

  /// For the status.
  public List<C> list() {
    return conditions;
  }

  private int indexOf(String type) {
    for (int i = 0; i < conditions.size(); i++) {
      if (form.type(conditions.get(i)).equals(type)) {
        return i;
      }
    }
    return -1;
  }
}
