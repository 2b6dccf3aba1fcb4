package dev.troupe.clusterconfig.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedFormsTest {

  private final List<String> asked = new ArrayList<>();
  private int stored = 6;

  private final SharedForms forms =
      new SharedForms() {
        @Override
        public int knownTables() {
          return 7;
        }

        @Override
        public int storedTables() {
          return stored;
        }

        @Override
        public int knownRecords() {
          return 1;
        }

        @Override
        public int storedRecords() {
          return 1;
        }

        @Override
        public long incarnation() {
          return 1;
        }

        @Override
        public void upgrade(int tables, long roll) {
          asked.add("tables " + tables + " in roll " + roll);
        }
      };

  @Test
  void storeIsAskedForNothingAsLongAsNoLaterTablesAreCommon() {
    forms.keepUp(0, 3);
    forms.keepUp(5, 3);
    forms.keepUp(6, 3);

    assertThat(asked).isEmpty();
  }

  @Test
  void storeIsAskedForLaterTablesUntilItHasThem() {
    forms.keepUp(7, 3);
    // There was another roll meanwhile.
    forms.keepUp(7, 4);
    stored = 7;
    forms.keepUp(7, 4);

    assertThat(asked).containsExactly("tables 7 in roll 3", "tables 7 in roll 4");
  }
}
