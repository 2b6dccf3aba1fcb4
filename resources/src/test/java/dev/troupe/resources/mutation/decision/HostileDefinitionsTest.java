package dev.troupe.resources.mutation.decision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.codec.Decoding;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationResult;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// Definitions that are written to do harm cost no more than a second of one processor.
class HostileDefinitionsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String ACCEPTED = "accepted";

  private static final Given.Request REQUEST =
      Given.request("customresourcedefinitions.apiextensions.k8s.io", "apiextensions.k8s.io/v1")
          .named("things.example.com");

  private static String definition(String... versions) {
    return ("{'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition',"
            + "'metadata':{'name':'things.example.com'},'spec':{'group':'example.com',"
            + "'scope':'Namespaced','names':{'plural':'things','kind':'Thing'},'versions':["
            + String.join(",", versions)
            + "]}}")
        .replace('\'', '"');
  }

  private static String version(int number, String schema) {
    return "{'name':'v%d','served':true,'storage':%b,'schema':{'openAPIV3Schema':%s}}"
        .formatted(number, number == 1, schema);
  }

  private static String one(String schema) {
    return definition(version(1, schema));
  }

  private static String repeated(int count, String separator, String format) {
    return IntStream.range(0, count)
        .mapToObj(format::formatted)
        .collect(Collectors.joining(separator));
  }

  private static String withProperties(String properties) {
    return "{'type':'object','properties':{" + properties + "}}";
  }

  private static String nested(int levels) {
    return "{'type':'object','properties':{'a':".repeat(levels)
        + "{'type':'object'}"
        + "}}".repeat(levels);
  }

  private static String ruled(String properties, String rules) {
    return "{'type':'object','properties':{'spec':{'type':'object','properties':{"
        + properties
        + "},'x-kubernetes-validations':["
        + rules
        + "]}}}";
  }

  static Stream<Arguments> definitions() {
    return Stream.of(
        Arguments.of("10,000 levels", one(nested(10_000)), "exceeded max depth"),
        Arguments.of("200 levels", one(nested(200)), "exceeded max depth of 300"),
        Arguments.of(
            "a pattern that explodes",
            one(withProperties("'a':{'type':'string','pattern':'(((a{900}){900}){900}){900}'}")),
            "must be a valid regular expression"),
        Arguments.of(
            "a long pattern",
            one(
                withProperties(
                    "'a':{'type':'string','pattern':'" + "(a|b)*".repeat(100_000) + "'}")),
            ""),
        Arguments.of(
            "a reference to itself",
            one(withProperties("'a':{'$ref':'#/properties/a'}")),
            "$ref is not supported"),
        Arguments.of(
            "10,000 properties",
            one(withProperties(repeated(10_000, ",", "'p%d':{'type':'string'}"))),
            ACCEPTED),
        Arguments.of(
            "100 versions of 200 properties",
            definition(
                IntStream.rangeClosed(1, 100)
                    .mapToObj(number ->
                        version(
                            number,
                            withProperties(
                                repeated(200, ",", "'p%d':{'type':'string','maxLength':9}"))))
                    .toArray(String[]::new)),
            ACCEPTED),
        Arguments.of(
            "3 MB of properties",
            one(withProperties(repeated(100_000, ",", "'p%d':{'type':'string'}"))),
            ""),
        Arguments.of(
            "a rule that costs too much",
            one(
                ruled(
                    "'l':{'type':'array','items':{'type':'string'}}",
                    "{'rule':'self.l.all(a, self.l.all(b, self.l.all(c, a + b != c)))'}")),
            "exceeds budget by factor of more than 100x"),
        Arguments.of(
            "500 rules at one place",
            one(ruled("'x':{'type':'integer'}", repeated(500, ",", "{'rule':'self.x > %d'}"))),
            ""),
        Arguments.of(
            "500 rules at as many places",
            one(
                withProperties(
                    repeated(
                        500,
                        ",",
                        "'p%d':{'type':'integer','x-kubernetes-validations':[{'rule':'self >"
                            + " 1'}]}"))),
            ""),
        Arguments.of(
            "a long rule",
            one(
                ruled(
                    "'x':{'type':'integer'}",
                    "{'rule':'self.x > 0" + " && self.x > 1".repeat(5_000) + "'}")),
            ""),
        Arguments.of(
            "a large default",
            one(
                withProperties(
                    "'a':{'type':'array','items':{'type':'integer'},'default':["
                        + repeated(200_000, ",", "%d")
                        + "]}")),
            ""),
        Arguments.of(
            "a large enum",
            one(
                withProperties(
                    "'a':{'type':'integer','enum':[" + repeated(100_000, ",", "%d") + "]}")),
            ""));
  }

  /// What every first definition of a process pays.
  @BeforeAll
  static void beginWithAHarmlessOne() {
    for (int i = 0; i < 20; i++) {
      assertThat(outcome(one(ruled("'x':{'type':'integer'}", "{'rule':'self.x > " + i + "'}"))))
          .isEqualTo(ACCEPTED);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("definitions")
  void costALittleAndAreRefusedInKubernetesWords(String name, String definition, String words) {
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    var outcome = outcome(definition);
    var spent = Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
    assertThat(outcome).contains(words);
    assertThat(spent).as(name).isLessThan(SECOND);
  }

  private static String outcome(String definition) {
    return switch (new JsonDecoder().decode(definition.getBytes(UTF_8))) {
      case Decoding.Refused(var message) -> message;
      case Decoding.Decoded(var value, _) ->
          switch (REQUEST.apply(null, new Mutation.Create((ObjectNode) value))) {
            case MutationResult.Refused(var refusal) -> refusal.message();
            default -> ACCEPTED;
          };
    };
  }
}
