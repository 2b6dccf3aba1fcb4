package dev.troupe.testkit.experiment.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestLogTest {

  private final RequestLog log = new RequestLog();

  @Test
  void requestsAreInTheOrderInWhichTheyWereDue() {
    log.add("b", "get", "p#0", 1, 30, 40, 70, "no answer");
    log.add("a", "get", "p#0", 0, 10, 10, 90, "");
    log.add("c", "get", "p#0", 0, 30, 30, 35, "");

    var table = log.table();

    assertThat(IntStream.range(0, 3).mapToObj(i -> table.askers().get(table.asker(i)).client()))
        .containsExactly("a", "b", "c");
    assertThat(table.due(1)).isEqualTo(30);
    assertThat(table.start(1)).isEqualTo(40);
    assertThat(table.end(1)).isEqualTo(70);
    assertThat(table.waited(1)).isEqualTo(40);
    assertThat(table.fault(1)).isEqualTo("no answer");
    assertThat(table.succeeded(1)).isFalse();
    assertThat(table.succeeded(2)).isTrue();
  }

  @Test
  void timesNeverRunBackwards() {
    log.add("a", "get", "p#0", 0, -5, -7, -9, "");

    var table = log.table();

    assertThat(table.due(0)).isZero();
    assertThat(table.end(0)).isZero();
  }

  @Test
  void differentFaultsAreBounded() {
    for (int i = 0; i < 2 * RequestLog.MOST_FAULTS; i++) {
      log.add("a", "get", "p#0", 0, i, i, i, "fault " + i);
    }

    var table = log.table();

    assertThat(table.faults()).hasSize(RequestLog.MOST_FAULTS);
    assertThat(table.fault(0)).isEqualTo("fault 0");
    assertThat(table.succeeded(table.size() - 1)).isFalse();
    assertThat(table.fault(table.size() - 1)).isEqualTo("one of too many different faults");
    assertThat(log.dropped()).isZero();
  }

  @Test
  void whatIsTooMuchIsCounted() {
    for (int i = 0; i < RequestLog.MOST_ASKERS; i++) {
      log.add("a" + i, "get", "p#0", 0, i, i, i, "");
    }

    log.add("one more", "get", "p#0", 0, 0, 0, 0, "");
    log.add("a0", "get", "p#0", 0, 0, 0, 0, "");

    assertThat(log.dropped()).isEqualTo(1);
    assertThat(log.table().size()).isEqualTo(RequestLog.MOST_ASKERS + 1);
  }
}
