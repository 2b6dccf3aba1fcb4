package dev.troupe.resources.mutation;

import static dev.troupe.resources.mutation.Given.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.Mutation.DeleteOptions;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.patch.RandomJson;
import dev.troupe.resources.registry.ResourceRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Laws that hold for every type and any input.
class MutatorPropertyTest {

  private static final List<String> SUBRESOURCES =
      List.of("", "", "", "status", "scale", "binding", "finalize", "nonsense");

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
    for (int seed = 0; seed < 20_000; seed++) {
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

  @Test
  void unchangedMeansEqual() {
    int unchanged = 0;
    int stored = 0;
    for (int seed = 0; seed < 5_000; seed++) {
      var random = new RandomJson(seed);
      var request = request("deployments.apps", "apps/v1");
      var current = request.stored(CreationTest.WEB);
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
      case 0 -> request("deployments.apps", "apps/v1").stored(CreationTest.WEB);
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
        random.below(2) == 0 ? random.mutated(Given.object(CreationTest.WEB)) : random.object(5);
    if (random.below(2) == 0) {
      body.remove("kind");
      body.remove("apiVersion");
      Json.child(body, "metadata").put("name", "web");
    }
    return body;
  }
}
