package dev.troupe.persistence.postgresql;

import static dev.troupe.persistence.contract.Events.OTHER;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.created;
import static dev.troupe.persistence.contract.Events.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.persistence.postgresql.append.EncodedGroup;
import dev.troupe.persistence.postgresql.lane.BatchRules;
import dev.troupe.persistence.postgresql.lane.LaneTask.Append;
import dev.troupe.runtime.store.EventStore.Group;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whatever depends on another group waits for its statement.
class BatchRulesTest {

  private final BatchRules rules = new BatchRules(3, 1 << 20);

  @Test
  void groupsOfDifferentResourcesShareAStatement() {
    assertThat(
            together(
                group(created(PARTITION, 1, 1, "a")),
                group(created(OTHER, 1, 1, "a")),
                group(created(PARTITION, 1, 2, "b"))))
        .isEqualTo(3);
  }

  @Test
  void statementIsBounded() {
    assertThat(
            together(
                group(created(PARTITION, 1, 1, "a")),
                group(created(PARTITION, 1, 2, "b")),
                group(created(PARTITION, 1, 3, "c")),
                group(created(PARTITION, 1, 4, "d"))))
        .isEqualTo(3);
  }

  @Test
  void secondGroupOfAResourceWaits() {
    assertThat(together(group(created(PARTITION, 1, 1, "a")), group(created(PARTITION, 1, 2, "a"))))
        .isEqualTo(1);
  }

  @Test
  void secondGroupOfAVersionWaits() {
    assertThat(together(group(created(PARTITION, 1, 1, "a")), group(created(PARTITION, 1, 1, "b"))))
        .isEqualTo(1);
  }

  private int together(Group... groups) {
    var waiting =
        Stream.of(groups)
            .map(group -> new Append(EncodedGroup.of(group), new CompletableFuture<>()))
            .toList();
    return rules.next(List.copyOf(waiting)).size();
  }
}
