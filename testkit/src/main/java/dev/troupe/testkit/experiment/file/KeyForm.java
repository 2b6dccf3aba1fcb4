package dev.troupe.testkit.experiment.file;

import dev.troupe.testkit.experiment.plan.DurationRange;
import java.time.Duration;

/// What may stand behind a key.
sealed interface KeyForm {

  /// For people.
  String words();

  record Words(int most) implements KeyForm {
    @Override
    public String words() {
      return "a text of at most " + most + " characters";
    }
  }

  record Count(int least, int most) implements KeyForm {
    @Override
    public String words() {
      return "a number from " + least + " to " + most;
    }
  }

  /// @param isRange whether two may be given, between which one is drawn
  record Length(Duration least, Duration most, boolean isRange) implements KeyForm {
    @Override
    public String words() {
      return "a duration from "
          + DurationRange.text(least)
          + " to "
          + DurationRange.text(most)
          + (isRange ? ", or two, as 5s..20s, of which the seed draws one between" : "");
    }
  }

  record Choice(String words) implements KeyForm {}

  record Several(String words) implements KeyForm {}
}
