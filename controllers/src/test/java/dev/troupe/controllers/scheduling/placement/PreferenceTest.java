package dev.troupe.controllers.scheduling.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.TaintBuilder;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which of the nodes that it fits on a new pod `web` goes to. Without a wish it is the emptiest.
class PreferenceTest {

  @ParameterizedTest(name = "{0} | {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # there                | wishes of the new one                 | goes to
          log@a1                 | ""                                    | a2
          log@a1 log@a2 log@b1   | ""                                    | x
          # nodes
          ""                     | on b 1                                | b1
          log@b1                 | on b 100                              | b1
          ""                     | on a 1, on b 100                      | b1
          ""                     | on a 100, on b 1                      | a1
          # beside pods, and not beside pods
          db@b1                  | near db zone 100                      | b1
          db@b1                  | near db zone 1                        | b1
          db@a1 db@a2            | far db zone 100                       | b1
          db@a1 db@a2 db@b1      | far db host 100                       | x
          db@a1 log@b1           | near db zone 1, near log zone 100     | b1
          db@a2 db@b1 db@b1      | near db zone 100                      | b1
          other/db@b1            | near db zone 100                      | a1
          # rather evenly
          web@a1 web@a2          | zone 1                                | b1
          web@a1 web@x           | zone 1                                | b1
          web@a1 web@a2 web@b1   | host 1                                | x
          web@a1 web@a1 web@b1   | zone 2147483647                       | a2
          """)
  void goesWhereItWouldRatherBe(String there, String wishes, String node) {
    var fleet = new Fleet().with(there, "");

    assertThat(choice(fleet, "web", wishes(wishes))).isEqualTo(node);
  }

  @ParameterizedTest(name = "{0} | {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # there | its wish          | goes to
          db@b1   | near web zone 100 | b1
          db@a1   | far web zone 100  | b1
          """)
  void goesWhereOthersWouldRatherHaveIt(String there, String wishes, String node) {
    var fleet = new Fleet().with(there, wishes(wishes));

    assertThat(choice(fleet, "web", "")).isEqualTo(node);
  }

  /// What others must have beside them they like to have more of.
  @Test
  void goesWhereOthersNeedIt() {
    var fleet = new Fleet().with("db@b1", FitTest.terms("near web zone"));

    assertThat(choice(fleet, "web", "")).isEqualTo("b1");
  }

  @Test
  void avoidsNodesThatPreferToBeFree() {
    var fleet = new Fleet().with("log@a2 log@b1 log@b1 log@x", "");
    var tainted = Fleet.node("a1");
    tainted
        .getSpec()
        .getTaints()
        .add(new TaintBuilder().withKey("mine").withEffect("PreferNoSchedule").build());
    fleet.put(tainted);

    assertThat(choice(fleet, "web", "")).isEqualTo("a2");
    assertThat(choice(fleet, "web", "'tolerations':[{'operator':'Exists'}]")).isEqualTo("a1");
  }

  private static String choice(Fleet fleet, String pod, String spec) {
    return Preference.choose(fleet.fit(pod, spec), fleet.occupancy(), "").orElseThrow().name();
  }

  /// Reads `near db zone 100, zone 1, on b 10` as a pod's spec.
  private static String wishes(String words) {
    return "'affinity':{'nodeAffinity':{%s},'podAffinity':{%s},'podAntiAffinity':{%s}},%s"
        .formatted(
            preferred(words, "on"),
            preferred(words, "near"),
            preferred(words, "far"),
            Arrays.stream(words.split(", *"))
                .filter(wish -> wish.startsWith("zone ") || wish.startsWith("host "))
                .map(PreferenceTest::rule)
                .collect(Collectors.joining(",", "'topologySpreadConstraints':[", "]")));
  }

  private static String preferred(String words, String kind) {
    return Arrays.stream(words.split(", *"))
        .filter(wish -> wish.startsWith(kind + " "))
        .map(wish -> kind.equals("on") ? nodes(wish) : pods(wish))
        .collect(
            Collectors.joining(",", "'preferredDuringSchedulingIgnoredDuringExecution':[", "]"));
  }

  private static String nodes(String words) {
    var at = words.split(" ");
    return ("{'weight':%s,'preference':"
            + "{'matchExpressions':[{'key':'zone','operator':'In','values':['%s']}]}}")
        .formatted(at[2], at[1]);
  }

  private static String pods(String words) {
    var at = words.split(" ");
    return ("{'weight':%s,'podAffinityTerm':"
            + "{'topologyKey':'%s','labelSelector':{'matchLabels':{'app':'%s'}}}}")
        .formatted(at[3], FitTest.key(at[2]), at[1]);
  }

  private static String rule(String words) {
    var at = words.split(" ");
    return ("{'topologyKey':'%s','maxSkew':%s,'whenUnsatisfiable':'ScheduleAnyway',"
            + "'labelSelector':{'matchLabels':{'app':'web'}}}")
        .formatted(FitTest.key(at[0]), at[1]);
  }
}
