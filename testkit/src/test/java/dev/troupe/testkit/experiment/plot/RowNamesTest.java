package dev.troupe.testkit.experiment.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowNamesTest {

  private static List<String> labels(String... partitions) {
    return new RowNames(List.of(partitions)).labels().stream().map(Label::text).toList();
  }

  @Test
  void whatAllHaveInCommonIsInTheHeading() {
    var names = new RowNames(List.of("", "configmaps#9", "configmaps#10"));

    assertThat(names.heading("Availability")).isEqualTo("Availability of configmaps");
    assertThat(names.labels()).extracting(Label::text).containsExactly("all lists", "#9", "#10");
  }

  @Test
  void whatTellsThemApartIsNeverCutOff() {
    assertThat(labels("configmaps#10", "deployments.apps#10", "pods#1"))
        .containsExactly("configm…#10", "deploym…#10", "pods#1");
    assertThat(new RowNames(List.of("a#1", "b#1")).heading("Rows")).isEqualTo("Rows");
  }

  @Test
  void nameWithoutANumberIsItself() {
    assertThat(labels("leases", "leases")).containsExactly("leases", "leases");
    assertThat(labels()).isEmpty();
  }
}
