package dev.troupe.controllers.scheduling.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.scheduling.node.NodeRoom;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// On which nodes a new pod `web` fits, beside those that are there. `near` and `far` are terms of
/// required affinity and anti-affinity, of the new pod or of those that are there.
class FitTest {

  @ParameterizedTest(name = "{0} | {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # there                | terms of the new one           | fits on
          ""                     | ""                             | a1 a2 b1 x
          # anti-affinity, by host and by zone; who is in no zone is nobody's neighbour
          web@a1                 | far web host                   | a2 b1 x
          web@a1                 | far web zone                   | b1 x
          web@x                  | far web zone                   | a1 a2 b1 x
          db@a1                  | far web zone                   | a1 a2 b1 x
          web@a1 db@b1           | far web zone, far db zone      | x
          web@a1 web@b1          | far web zone, far db host      | x
          # who goes is there until gone
          web!@a1                | far web host                   | a2 b1 x
          # affinity: all terms of one pod, in a place of each
          db@a1                  | near db zone                   | a1 a2
          db@a1                  | near db host                   | a1
          db@a1 db@b1            | near db zone                   | a1 a2 b1
          db@a1                  | near db zone, near db host     | a1
          db@a1 log@b1           | near db zone, near log zone    | ""
          ""                     | near db zone                   | ""
          db@x                   | near db zone                   | ""
          # the first of those that want to be together
          ""                     | near web zone                  | a1 a2 b1
          ""                     | near web zone, near db zone    | ""
          web@b1                 | near web zone                  | b1
          other/web@b1           | near web zone                  | a1 a2 b1
          # both
          db@a1                  | near db zone, far db host      | a2
          # namespaces
          other/web@a1           | far web host                   | a1 a2 b1 x
          other/web@a1           | far web host in other          | a2 b1 x
          web@b1 other/web@a1    | far web host in other          | a2 b1 x
          web@b1 other/web@a1    | far web host in team two       | a2 b1 x
          web@b1 other/web@a1    | far web host in all            | a2 x
          web@b1 other/web@a1    | far web host in default        | a1 a2 x
          """)
  void heedsItsOwnTerms(String there, String terms, String nodes) {
    var fleet = new Fleet().with(there, "");

    assertThat(fitting(fleet, fleet.fit("web", terms(terms)))).isEqualTo(nodes);
  }

  @ParameterizedTest(name = "{0} | {1} | {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # there       | its terms                      | new one   | fits on
          db@a1         | far web host                   | web       | a2 b1 x
          db@a1         | far web zone                   | web       | b1 x
          db@a1         | far web zone                   | log       | a1 a2 b1 x
          db@x          | far web zone                   | web       | a1 a2 b1 x
          db@a1 db@b1   | far web zone                   | web       | x
          db@a1         | near db zone                   | web       | a1 a2 b1 x
          db@a1         | far web host                   | other/web | a1 a2 b1 x
          db@a1         | far web host in all            | other/web | a2 b1 x
          other/db@a1   | far web host                   | web       | a1 a2 b1 x
          other/db@a1   | far web host in team one       | web       | a2 b1 x
          """)
  void heedsTheTermsOfOthers(String there, String terms, String pod, String nodes) {
    var fleet = new Fleet().with(there, terms(terms));

    assertThat(fitting(fleet, fleet.fit(pod, ""))).isEqualTo(nodes);
  }

  @ParameterizedTest(name = "{0} | {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # there              | rules of the new one                     | fits on
          ""                   | zone 1                                   | a1 a2 b1
          web@a1               | zone 1                                   | b1
          web@a1 web@b1        | zone 1                                   | a1 a2 b1
          web@a1 web@a1 web@b1 | zone 1                                   | b1
          web@a1 web@a1 web@b1 | zone 2                                   | a1 a2 b1
          web@a1 web@a1 web@a1 | zone 2147483647                          | a1 a2 b1
          web@a1               | host 1                                   | a2 b1 x
          # both rules
          web@a1               | zone 1, host 1                           | b1
          web@b1               | zone 1, host 1                           | a1 a2
          # those that do not count
          db@a1                | zone 1                                   | a1 a2 b1
          web!@a1              | zone 1                                   | a1 a2 b1
          other/web@a1         | zone 1                                   | a1 a2 b1
          web@x                | zone 1                                   | a1 a2 b1
          # too few places: the emptiest one is not there yet
          web@a1 web@b1        | zone 1 'minDomains':3                    | ""
          web@a1 web@b1        | zone 2 'minDomains':3                    | a1 a2 b1
          web@a1 web@b1        | zone 1 'minDomains':2147483647           | ""
          web@a1 web@b1        | zone 1 'minDomains':2                    | a1 a2 b1
          # nodes that the pod does not want do not count, unless it says so
          web@a1               | only a, zone 1                           | a1 a2
          web@a1               | only a, zone 1 'nodeAffinityPolicy':'Ignore' | ""
          # nodes with taints count, unless it says otherwise
          web@a1 web@a1        | tainted b1, zone 1                       | ""
          web@a1 web@a1        | tainted b1, zone 1 'nodeTaintsPolicy':'Honor' | a1 a2
          # a rule that means no pod is kept by every node that is in a place
          web@a1               | zone 1 'labelSelector':null              | a1 a2 b1
          # what would be better keeps nobody out
          web@a1               | zone 1 'whenUnsatisfiable':'ScheduleAnyway' | a1 a2 b1 x
          """)
  void spreads(String there, String rules, String nodes) {
    var fleet = new Fleet().with(there, "");
    if (rules.contains("tainted b1")) {
      var tainted = Fleet.node("b1");
      tainted
          .getSpec()
          .getTaints()
          .add(new TaintBuilder().withKey("mine").withEffect("NoSchedule").build());
      fleet.put(tainted);
    }

    assertThat(fitting(fleet, fleet.fit("web", rules(rules)))).isEqualTo(nodes);
  }

  /// Nodes have four CPUs and 110 pods.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # what the pod asks for                                                   | fits on
          'resources':{'requests':{'cpu':'4'}}                                      | a1 a2 b1 x
          'resources':{'requests':{'cpu':'5'}}                                      | ""
          'overhead':{'cpu':'4'}                                                    | a1 a2 b1 x
          'overhead':{'cpu':'4001m'}                                                | ""
          'resources':{'requests':{'cpu':'3'}},'overhead':{'cpu':'2'}               | ""
          'nodeSelector':{'zone':'a'}                                               | a1 a2
          'nodeSelector':{'zone':'c'}                                               | ""
          """)
  void countsAllThatAPodAsksFor(String spec, String nodes) {
    var fleet = new Fleet();

    assertThat(fitting(fleet, fleet.fit("web", spec))).isEqualTo(nodes);
  }

  @ParameterizedTest(name = "{0} beside {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # ports of the one on a1                     | ports of the new one                         | fits on a1
          'hostPort':80                                | 'hostPort':80                                | no
          'hostPort':80                                | 'hostPort':81                                | yes
          'hostPort':80                                | 'hostPort':80,'protocol':'UDP'               | yes
          'hostPort':80,'hostIP':'10.0.0.1'            | 'hostPort':80,'hostIP':'10.0.0.2'            | yes
          'hostPort':80,'hostIP':'10.0.0.1'            | 'hostPort':80                                | no
          'hostPort':80,'hostIP':'0.0.0.0'             | 'hostPort':80,'hostIP':'10.0.0.2'            | no
          'containerPort':80                           | 'containerPort':80                           | yes
          """)
  void aPortOfANodeIsHadOnce(String there, String wanted, String fits) {
    var ports = "'containers':[{'name':'c','ports':[{'containerPort':8080,%s}]}]";
    var fleet = new Fleet().with("db@a1", ports.formatted(there));
    var fit = fleet.fit("web", ports.formatted(wanted));

    assertThat(fitting(fleet, fit)).isEqualTo(fits.equals("yes") ? "a1 a2 b1 x" : "a2 b1 x");
    if (fits.equals("no")) {
      assertThat(fit.obstacle(fleet.node()).reasons())
          .containsExactly("node(s) didn't have free ports for the requested pod ports");
    }
  }

  @Test
  void saysWhyNot() {
    var fleet =
        new Fleet().with("web@a1", "").with("db@b1", terms("far web zone")).with("log@x", "");

    assertThat(message(fleet, terms("far web host, far log host, near log host")))
        .isEqualTo(
            "0/4 nodes are available: 1 node(s) didn't match pod anti-affinity rules, "
                + "3 node(s) didn't match pod affinity rules.");
    assertThat(message(fleet, terms("far web zone, far log host")))
        .isEqualTo(
            "0/4 nodes are available: "
                + "1 node(s) didn't satisfy existing pods anti-affinity rules, "
                + "3 node(s) didn't match pod anti-affinity rules.");
    assertThat(message(new Fleet().with("web@a1 web@b1", ""), rules("zone 1 'minDomains':3")))
        .isEqualTo(
            "0/4 nodes are available: "
                + "1 node(s) didn't match pod topology spread constraints "
                + "(missing required label), "
                + "3 node(s) didn't match pod topology spread constraints.");
  }

  private static String message(Fleet fleet, String spec) {
    return Unschedulable.of(fleet.fit("web", spec), fleet.occupancy()).message();
  }

  private static String fitting(Fleet fleet, Fit fit) {
    return fleet.occupancy().nodes().stream()
        .filter(fit::on)
        .map(NodeRoom::name)
        .collect(Collectors.joining(" "));
  }

  /// Reads `near db zone in other, far web host` as a pod's spec.
  static String terms(String words) {
    return "'affinity':{'podAffinity':{%s},'podAntiAffinity':{%s}}"
        .formatted(required(words, "near"), required(words, "far"));
  }

  private static String required(String words, String kind) {
    return Arrays.stream(words.split(", *"))
        .filter(term -> term.startsWith(kind + " "))
        .map(FitTest::term)
        .collect(
            Collectors.joining(",", "'requiredDuringSchedulingIgnoredDuringExecution':[", "]"));
  }

  private static String term(String words) {
    var at = words.split(" ");
    var in = words.contains(" in ") ? words.substring(words.indexOf(" in ") + 4) : "";
    var namespaces =
        switch (in) {
          case "" -> "";
          case "all" -> ",'namespaceSelector':{}";
          case "team one" -> ",'namespaceSelector':{'matchLabels':{'team':'one'}}";
          case "team two" -> ",'namespaceSelector':{'matchLabels':{'team':'two'}}";
          default -> ",'namespaces':['%s']".formatted(in);
        };
    return "{'topologyKey':'%s','labelSelector':{'matchLabels':{'app':'%s'}}%s}"
        .formatted(key(at[2]), at[1], namespaces);
  }

  /// Reads `zone 1 'minDomains':3, only a` as a pod's spec.
  private static String rules(String words) {
    var rules =
        Arrays.stream(words.split(", *"))
            .filter(rule -> rule.startsWith("zone ") || rule.startsWith("host "))
            .map(FitTest::rule)
            .collect(Collectors.joining(",", "'topologySpreadConstraints':[", "]"));
    return words.contains("only a") ? rules + ",'nodeSelector':{'zone':'a'}" : rules;
  }

  private static String rule(String words) {
    var at = words.split(" ");
    var more = at.length > 2 ? "," + at[2] : "";
    var when = more.contains("whenUnsatisfiable") ? "" : ",'whenUnsatisfiable':'DoNotSchedule'";
    var pods =
        more.contains("labelSelector") ? "" : ",'labelSelector':{'matchLabels':{'app':'web'}}";
    return "{'topologyKey':'%s','maxSkew':%s%s%s%s}".formatted(key(at[0]), at[1], when, pods, more);
  }

  static String key(String place) {
    return place.equals("host") ? "kubernetes.io/hostname" : place;
  }
}
