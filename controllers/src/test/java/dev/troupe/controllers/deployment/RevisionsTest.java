package dev.troupe.controllers.deployment;

import static dev.troupe.controllers.stage.Fixtures.deployment;
import static dev.troupe.controllers.stage.Fixtures.replicaSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.objects.Labels;
import dev.troupe.controllers.objects.Owners;
import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatusBuilder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevisionsTest {

  private final Stage stage = new Stage().with(new DeploymentController());

  @ParameterizedTest(name = "after sets of {0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # revisions of the sets it adopts | its own
          7                                 | 8
          7 9 8                             | 10
          2147483647                        | 2147483648
          3546343826724305832               | 3546343826724305833
          9223372036854775807               | 9223372036854775807
          none                              | 1
          many                              | 1
          9223372036854775808               | 1
          -5                                | 1
          """)
  void revisionFollowsThoseOfAdoptedSets(String revisions, String next) {
    for (var revision : revisions.split(" ")) {
      stage.put(orphan("old" + revision.replace("-", ""), revision));
    }
    stage.put(deployment("web", 1, "nginx:2")).settle();

    assertThat(sets()).allMatch(set -> Owners.controls(web(), set));
    assertThat(sets())
        .filteredOn(set -> set.getMetadata().getName().startsWith("web-"))
        .singleElement()
        .satisfies(set -> assertThat(revision(Labels.annotationsOf(set))).isEqualTo(next));
    assertThat(revision(Labels.annotationsOf(web()))).isEqualTo(next);
  }

  @ParameterizedTest(name = "revision {0}, history {1}, then {2}: {3}, history {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # revision  | history | then       | revision   | history
                      |         | 1          | 1          |
          1           |         | 3          | 3          | 1
          3           | 1       | 5          | 5          | 1,3
          5           | 1,3     | 5          | 5          | 1,3
          6           |         | 5          | 6          |
          3000000000  | 1       | 3000000002 | 3000000002 | 1,3000000000
          """)
  void setThatIsUsedAgainRemembersItsRevisions(
      @Nullable String before,
      @Nullable String history,
      long then,
      String after,
      @Nullable String remembered) {
    var present = new HashMap<String, String>();
    if (before != null) {
      present.put(Annotations.REVISION, before);
    }
    if (history != null) {
      present.put(Annotations.REVISION_HISTORY, history);
    }
    var annotations = new HashMap<>(present);
    annotations.putAll(Revisions.annotations(deployment("web", 1, "nginx:1"), present, then));

    assertThat(revision(annotations)).isEqualTo(after);
    assertThat(annotations.get(Annotations.REVISION_HISTORY)).isEqualTo(remembered);
  }

  @Test
  void oldestRevisionsAreForgottenWhereTheyAreTooMany() {
    var former =
        IntStream.range(1000, 1400).mapToObj(Integer::toString).collect(Collectors.joining(","));
    var present = Map.of(Annotations.REVISION, "1400", Annotations.REVISION_HISTORY, former);

    var history =
        Revisions.annotations(deployment("web", 1, "nginx:1"), present, 1401)
            .getOrDefault(Annotations.REVISION_HISTORY, "");

    assertThat(history).hasSize(1999).startsWith("1001,").endsWith(",1399,1400");
  }

  @ParameterizedTest(name = "of {0} with limit {1} go {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # sets: revision:wanted:there:observed    | limit      | go
          1:0:0:1 2:0:0:1 3:0:0:1                    | 1          | r1 r2
          1:0:0:1 2:0:0:1 3:0:0:1                    | 0          | r1 r2 r3
          1:0:0:1 2:0:0:1 3:0:0:1                    | 3          |
          1:0:0:1 2:0:0:1 3:0:0:1                    | 2147483647 |
          3:0:0:1 1:0:0:1 2:0:0:1                    | 2          | r1
          # what has pods, or whose status may be out of date, is not idle
          1:1:1:1 2:0:0:1                            | 0          | r2
          1:0:1:1 2:0:0:1                            | 0          | r2
          1:0:0:0 2:0:0:1                            | 0          | r2
          1:0:0:none 2:0:0:1                         | 0          | r2
          """)
  void setsOfTheLowestRevisionsGoIfTheyAreIdle(String old, int limit, @Nullable String go) {
    var deployment = deployment("web", 1, "nginx:1");
    deployment.getSpec().setRevisionHistoryLimit(limit);
    var sets = Arrays.stream(old.split(" ")).map(RevisionsTest::old).toList();

    assertThat(Revisions.expired(deployment, new Sets(null, sets)))
        .extracting(set -> set.getMetadata().getName())
        .isEqualTo(go == null ? List.of() : List.of(go.split(" ")));
  }

  private static ReplicaSet old(String words) {
    var parts = words.split(":");
    var set = orphan("r" + parts[0], parts[0]);
    set.getMetadata().setGeneration(1L);
    set.getSpec().setReplicas(Integer.valueOf(parts[1]));
    if (!parts[3].equals("none")) {
      set.setStatus(
          new ReplicaSetStatusBuilder()
              .withReplicas(Integer.valueOf(parts[2]))
              .withObservedGeneration(Long.valueOf(parts[3]))
              .build());
    }
    return set;
  }

  @Test
  void onlyWhatPeopleChangeCountsInTheGeneration() {
    stage.apply(deployment("web", 1, "nginx:1")).settle();
    assertThat(revision(Labels.annotationsOf(web()))).isEqualTo("1");
    assertThat(web().getMetadata().getGeneration()).isEqualTo(1);

    stage.apply(deployment("web", 1, "nginx:2")).settle();
    assertThat(revision(Labels.annotationsOf(web()))).isEqualTo("2");
    assertThat(web().getMetadata().getGeneration()).isEqualTo(2);
  }

  private static ReplicaSet orphan(String name, String revision) {
    var set = replicaSet("web", 0);
    set.getMetadata().setName(name);
    set.getMetadata().setLabels(new HashMap<>(set.getSpec().getSelector().getMatchLabels()));
    if (!revision.equals("none")) {
      set.getMetadata().setAnnotations(new HashMap<>());
      set.getMetadata().getAnnotations().put(Annotations.REVISION, revision);
    }
    return set;
  }

  private static @Nullable String revision(Map<String, String> annotations) {
    return annotations.get(Annotations.REVISION);
  }

  private List<ReplicaSet> sets() {
    return stage.all(ReplicaSet.class);
  }

  private Deployment web() {
    return stage.get(Deployment.class, "web");
  }
}
