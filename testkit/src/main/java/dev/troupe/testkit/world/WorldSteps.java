package dev.troupe.testkit.world;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Counts the steps of a world after which something is different for whoever comes next: a write
/// is sent, stored or answered, a decision is durable, an activity is carried out, a timer rings.
/// At one of them something may strike.
public final class WorldSteps {

  private long passed;
  private long strikesAt = Long.MAX_VALUE;
  private boolean kills;
  private Runnable strike = () -> {};
  private @Nullable String struckAt;
  private boolean due;

  /// Has something happen right after a step.
  ///
  /// @param number of the step, counted from 1
  /// @param killing whether nothing that the controllers do is done any more before it has happened
  public void strikeAt(long number, boolean killing, Runnable what) {
    strikesAt = number;
    kills = killing;
    strike = what;
  }

  public void passed(Supplier<String> step) {
    passed++;
    if (passed == strikesAt) {
      struckAt = step.get();
      due = true;
    }
  }

  /// How many steps there have been.
  public long count() {
    return passed;
  }

  /// After which step it has struck; null if it has not.
  public @Nullable String struckAt() {
    return struckAt;
  }

  /// Whether those who do something are dead already, though nobody has been told.
  public boolean isOver() {
    return due && kills;
  }

  /// Lets happen what is due.
  public void strike() {
    if (due) {
      due = false;
      strike.run();
    }
  }
}
