package dev.troupe.runtime.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How important a pod is, as its class says, and which classes there may be.
class PodPriorityTest {

  private static final String CLASSES = "scheduling.k8s.io/v1";
  private static final ResourceKey POD = new ResourceKey(TypeRef.core("pods"), "default", "one");

  private final MapResources resources = new MapResources();
  private final Admission admission =
      Admission.standard(
          resources,
          ResourceRegistry.standard(),
          StandardMutator.standard(),
          new Random(1),
          () -> "fresh");

  @BeforeEach
  void begin() {
    write(Requests.namespace("default"));
    priority("high", "'value':1000");
    priority("low", "'value':-1000000000");
    priority("quiet", "'value':500,'preemptionPolicy':'Never'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # what the pod says                                       | what it has
          ``                                                        | , 0, PreemptLowerPriority
          'priorityClassName':'high'                                | high, 1000, PreemptLowerPriority
          'priorityClassName':'low'                                 | low, -1000000000, PreemptLowerPriority
          'priorityClassName':'quiet'                               | quiet, 500, Never
          'priorityClassName':'quiet','preemptionPolicy':'Never'    | quiet, 500, Never
          'priorityClassName':'high','priority':1000                | high, 1000, PreemptLowerPriority
          'priority':0                                              | , 0, PreemptLowerPriority
          'priorityClassName':'system-node-critical'                | system-node-critical, 2000001000, PreemptLowerPriority
          'priorityClassName':'none'                                | no PriorityClass with name none was found
          'priority':7                                              | the integer value of priority (7) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name
          'preemptionPolicy':'Never'                                | the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority admission controller computed PreemptLowerPriority from the given PriorityClass name
          """)
  void aPodIsAsImportantAsItsClass(String spec, String outcome) {
    assertThat(outcome(spec)).isEqualTo(outcome);
  }

  @Test
  void podsWithoutAClassHaveTheOneForAll() {
    priority("usual", "'value':10,'globalDefault':true");

    assertThat(outcome("")).isEqualTo("usual, 10, PreemptLowerPriority");
  }

  @Test
  void thereIsOneClassForAll() {
    priority("usual", "'value':10,'globalDefault':true");

    assertThat(message(priority("second", "'value':5,'globalDefault':true")))
        .isEqualTo(taken("second"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # class | change                              | refused
          high    | 'globalDefault':true                | true
          high    | 'description':'x'                   | false
          usual   | 'description':'x'                   | false
          usual   | 'globalDefault':false               | false
          """)
  void noOtherClassBecomesTheOneForAll(String name, String change, boolean refused) {
    priority("usual", "'value':10,'globalDefault':true");

    for (var reply : List.of(write(patch(name, change)), write(update(name, change)))) {
      if (refused) {
        assertThat(message(reply)).isEqualTo(taken(name));
      } else {
        assertThat(reply).isInstanceOf(WriteReply.Written.class);
      }
    }
  }

  @Test
  void anotherClassBecomesTheOneForAllWhenItIsNotTakenAnyMore() {
    priority("usual", "'value':10,'globalDefault':true");
    write(patch("usual", "'globalDefault':false"));
    write(patch("high", "'globalDefault':true"));

    assertThat(outcome("")).isEqualTo("high, 1000, PreemptLowerPriority");
  }

  private static WriteRequest patch(String name, String change) {
    return Requests.patch(key(name), CLASSES, "{" + change + "}");
  }

  private WriteRequest update(String name, String change) {
    var stored = Requests.json(resources.find(key(name)).orElseThrow().json());
    stored.setAll(Requests.json("{" + change + ",'metadata':{'name':'" + name + "'}}"));
    return Requests.of(key(name), CLASSES, new Mutation.Update(stored));
  }

  private static String taken(String name) {
    return "priorityclasses.scheduling.k8s.io \""
        + name
        + "\" is forbidden: PriorityClass usual is already marked as default. Only one default can"
        + " exist";
  }

  @Test
  void classesOfTheSystemStay() {
    var key = key("system-node-critical");
    write(
        Requests.create(
            key,
            CLASSES,
            "{'apiVersion':'scheduling.k8s.io/v1','kind':'PriorityClass',"
                + "'metadata':{'name':'system-node-critical'},'value':2000001000}"));

    assertThat(message(write(Requests.delete(key, CLASSES))))
        .isEqualTo(
            "priorityclasses.scheduling.k8s.io \"system-node-critical\" is forbidden:"
                + " this is a system priority class and cannot be deleted");
  }

  @Test
  void whatIsNoPodIsLeftToBeRefused() {
    for (var spec : new String[] {"5", "{'priority':'a'}", "{'priorityClassName':5}"}) {
      var body = "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'one'},'spec':" + spec + "}";
      var reply = write(Requests.create(POD, "v1", body));
      assertThat(((WriteReply.Refused) reply).refusal().code()).isIn(400, 422);
    }
  }

  private WriteReply priority(String name, String fields) {
    return write(
        Requests.create(
            key(name),
            CLASSES,
            "{'apiVersion':'scheduling.k8s.io/v1','kind':'PriorityClass','metadata':{'name':'"
                + name
                + "'},"
                + fields
                + "}"));
  }

  private static ResourceKey key(String name) {
    return new ResourceKey(new TypeRef("scheduling.k8s.io", "priorityclasses"), "", name);
  }

  private WriteReply write(WriteRequest request) {
    return admission.write(request).toCompletableFuture().join();
  }

  private static String message(WriteReply reply) {
    return ((WriteReply.Refused) reply).refusal().message();
  }

  private String outcome(String spec) {
    var fields = spec.isEmpty() ? "" : spec + ",";
    var reply =
        write(
            Requests.create(
                POD,
                "v1",
                "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'one'},'spec':{"
                    + fields
                    + "'containers':[{'name':'c','image':'i'}]}}"));
    if (reply instanceof WriteReply.Refused(var refusal)) {
      return refusal.message().replace("pods \"one\" is forbidden: ", "");
    }
    var stored = Requests.json(resources.find(POD).orElseThrow().json()).path("spec");
    return (stored.path("priorityClassName").asString("")
            + ", "
            + stored.path("priority").asInt()
            + ", "
            + stored.path("preemptionPolicy").asString())
        .trim();
  }
}
