package dev.troupe.samples.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.samples.webpage.WebPages;
import dev.troupe.testkit.experiment.junit.Experiment;
import dev.troupe.testkit.experiment.junit.ExperimentOutcome;
import dev.troupe.testkit.experiment.record.FaultSpan;
import org.junit.jupiter.api.Tag;

/// Members that run the controller of web pages are killed while pages change.
class PagesOutliveKillsIT {

  @Tag("thorough")
  @Experiment(value = "failover/two-kills.yaml", program = WebPages.class, work = PagesAtWork.class)
  void pagesGetTheirServers(ExperimentOutcome outcome) {
    var record = outcome.record();

    assertThat(record.faults()).extracting(FaultSpan::kind).containsOnly("kill");
    assertThat(record.verdicts()).anyMatch(one -> one.invariant().equals("own-controllers"));
    assertThat(record.takeovers()).isNotEmpty();
  }
}
