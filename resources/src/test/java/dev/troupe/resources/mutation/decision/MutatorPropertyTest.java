package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.DeleteOptions;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.patch.RandomJson;
import dev.troupe.resources.registry.ResourceRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Laws that hold for every type and any input.
class MutatorPropertyTest {

  private static final List<String> SUBRESOURCES =
      List.of("", "", "", "status", "scale", "binding", "eviction", "finalize", "nonsense");

  /// Of those that random objects can satisfy.
  private static final int STORED_TYPES = 9;

  private final List<Given.Request> requests = requests();

  private static List<Given.Request> requests() {
    var requests = new ArrayList<Given.Request>();
    for (var type : ResourceRegistry.standard().all()) {
      for (var served : type.served()) {
        requests.add(request(type.ref().toString(), served.apiVersion()));
      }
    }
    return requests;
  }

  @Test
  void noInputFails() {
    for (int seed = 0; seed < 5_000; seed++) {
      var random = new RandomJson(seed);
      var request =
          random
              .pick(requests)
              .at(random.pick(SUBRESOURCES))
              .validating(random.pick(List.of(FieldValidation.values())));
      var current = random.below(3) == 0 ? null : seeded(random, request);
      var before = current == null ? null : current.deepCopy();
      var result = request.apply(current, mutation(random));
      if (result instanceof MutationResult.Refused(var refusal)) {
        assertThat(refusal.code()).as("seed " + seed + ": " + refusal).isLessThan(500);
      }
      assertThat(current).as("seed " + seed).isEqualTo(before);
    }
  }

  /// Of every type: what was stored is stored no second time, and every change of it ends without
  /// failure.
  @Test
  void whatIsStoredIsAsItShallBe() {
    var stored = new TreeSet<String>();
    for (int seed = 0; seed < 8_000; seed++) {
      var random = new RandomJson(seed);
      var request = random.pick(requests);
      var body = typed(random, request);
      var result = request.apply(null, new Mutation.Create(body));
      if (result instanceof MutationResult.Stored(var object, _, _)) {
        stored.add(request.key().type() + " " + request.apiVersion());
        assertThat(request.patch(object, PatchType.MERGE, "{}"))
            .as("seed " + seed + ": " + object)
            .isInstanceOf(MutationResult.Unchanged.class);
        var next = request.apply(object, new Mutation.Update(typed(random, request)));
        assertThat(isFailure(next)).as("seed " + seed + ": " + next).isFalse();
        assertThat(isFailure(request.apply(object, mutation(random)))).as("seed " + seed).isFalse();
      } else {
        assertThat(isFailure(result)).as("seed " + seed + ": " + result).isFalse();
      }
    }
    assertThat(stored).hasSizeGreaterThanOrEqualTo(STORED_TYPES);
  }

  private static boolean isFailure(MutationResult result) {
    return result instanceof MutationResult.Refused(var refusal) && refusal.code() >= 500;
  }

  private static ObjectNode typed(RandomJson random, Given.Request request) {
    var type = ResourceRegistry.standard().find(request.key().type()).orElseThrow();
    var schema =
        type.served().stream()
            .filter(served -> served.apiVersion().equals(request.apiVersion()))
            .findFirst()
            .orElseThrow();
    var body = new RandomObject(random).of(schema.schemaType(), 1 + random.below(5));
    var metadata = body.putObject("metadata").put("name", "web");
    if (random.below(3) == 0) {
      metadata.putObject("labels").put("app", "web");
      metadata.putArray("finalizers").add("a/b");
    }
    return body;
  }

  @Test
  void unchangedMeansEqual() {
    int unchanged = 0;
    int stored = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      var random = new RandomJson(seed);
      var request = request("deployments.apps", "apps/v1");
      var current = request.stored(CreationRulesTest.WEB);
      var body = random.mutated(current);
      switch (request.apply(current, new Mutation.Update(body))) {
        case MutationResult.Unchanged(var object, _) -> {
          unchanged++;
          assertThat(object).isSameAs(current);
        }
        case MutationResult.Stored(var object, _, _) -> {
          stored++;
          assertThat(Json.same(object, current)).as("seed " + seed).isFalse();
          assertThat(request.apply(object, new Mutation.Update(object)))
              .as("seed " + seed)
              .isInstanceOf(MutationResult.Unchanged.class);
        }
        default -> {}
      }
    }
    assertThat(unchanged).isPositive();
    assertThat(stored).isPositive();
  }

  private static ObjectNode seeded(RandomJson random, Given.Request request) {
    return switch (random.below(3)) {
      case 0 -> request("deployments.apps", "apps/v1").stored(CreationRulesTest.WEB);
      case 1 ->
          request("pods", "v1")
              .stored(
                  "{'metadata':{'name':'web'},'spec':{'containers':[{'name':'a','image':'b'}]}}");
      default -> {
        var object = random.object(4);
        object.put("apiVersion", request.apiVersion());
        Json.child(object, "metadata").put("name", "web").put("uid", "u");
        yield object;
      }
    };
  }

  private static Mutation mutation(RandomJson random) {
    return switch (random.below(7)) {
      case 0 -> new Mutation.Create(body(random));
      case 1 -> new Mutation.Update(body(random));
      case 2 -> new Mutation.Patch(PatchType.JSON, random.value(4));
      case 3 -> new Mutation.Patch(PatchType.MERGE, random.value(4));
      case 4 -> new Mutation.Patch(PatchType.STRATEGIC, random.value(4));
      case 5 -> new Mutation.Merge(body(random));
      default ->
          new Mutation.Delete(
              new DeleteOptions(
                  (long) random.below(100) - 50,
                  random.pick(List.of("Foreground", "Background", "Orphan", "x")),
                  null,
                  random.below(2) == 0 ? null : "u",
                  null));
    };
  }

  private static ObjectNode body(RandomJson random) {
    var body =
        random.below(2) == 0
            ? random.mutated(Given.object(CreationRulesTest.WEB))
            : random.object(5);
    if (random.below(2) == 0) {
      body.remove("kind");
      body.remove("apiVersion");
      Json.child(body, "metadata").put("name", "web");
    }
    return body;
  }
}
