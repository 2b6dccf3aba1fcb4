package dev.troupe.testkit.world.replay;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.object.ObjectEffect;
import dev.troupe.runtime.controller.logic.state.PendingCauses;
import dev.troupe.testkit.world.story.PlanText;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What one controller has decided about objects, and on what.
public final class DecisionLog {

  private static final int MOST_KEPT = 20_000;

  private record Decision(ResourceKey key, ObjectEffect.Reconcile asked, Plan plan) {}

  private final ArrayDeque<Decision> decisions = new ArrayDeque<>();

  public void add(ResourceKey key, ObjectEffect.Reconcile asked, Plan plan) {
    if (decisions.size() == MOST_KEPT) {
      decisions.removeFirst();
    }
    decisions.addLast(new Decision(key, asked, plan));
  }

  /// A decision that came out otherwise when it was made again.
  public record OtherDecision(ResourceKey key, String words) {}

  /// Makes every decision again, on the same input.
  public Optional<OtherDecision> replay(Function<ObjectEffect.Reconcile, Plan> controller) {
    for (var decision : decisions) {
      var differences = differences(decision, controller);
      if (!differences.isEmpty()) {
        return Optional.of(new OtherDecision(decision.key, words(decision, differences)));
      }
    }
    return Optional.empty();
  }

  private static List<String> differences(
      Decision decision, Function<ObjectEffect.Reconcile, Plan> controller) {
    Plan again;
    try {
      again = controller.apply(decision.asked);
    } catch (RuntimeException thrown) {
      return List.of("it throws " + thrown + " now");
    }
    return PlanText.differences(decision.plan, again);
  }

  private static String words(Decision decision, List<String> differences) {
    return "because of ("
        + PendingCauses.words(decision.asked.cause())
        + ") at "
        + decision.asked.now()
        + " it decided otherwise when it was asked again with the same input: "
        + String.join(", ", differences);
  }
}
