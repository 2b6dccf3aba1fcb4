package dev.troupe.resources.mutation.decision;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.definition.DefinedType;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationRequest.Facts;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.MutationRequest.Options;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.subresource.Subresources;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Several appliers and writers of an object with any schema see what a simple model says: who is
/// in conflict with whom, and what is left.
class ApplyFuzzTest {

  private static final List<String> NAMES = List.of("p", "q", "r", "s", "t");
  private static final String BASE = "base";
  private static final int STEPS = 12;

  @FuzzTest
  void anySequenceIsAsInTheModel(long seed) {
    run(seed);
  }

  @Test
  void randomSequencesAreAsInTheModel() {
    for (int seed = 0; seed < 40; seed++) {
      run(seed);
    }
  }

  private static void run(long seed) {
    var random = new Random(seed);
    var spec = schema(random, 2);
    var mutator = mutator(withBase(spec));
    var model = new OwnedLeaves(spec);
    @Nullable ObjectNode live = null;
    for (int step = 0; step < STEPS; step++) {
      var said = "seed " + seed + ", step " + step;
      if (live != null && random.nextInt(3) == 0) {
        var who = "writer" + random.nextInt(2);
        var object = live.deepCopy();
        change(random, object, spec);
        live = kept(write(mutator, who, live, new Mutation.Update(object.deepCopy())), live);
        model.update(who, object);
      } else {
        var who = "applier" + random.nextInt(3);
        var wanted = wanted(random, spec);
        boolean force = live == null || random.nextBoolean();
        var conflicts = model.conflicts(who, wanted);
        var result = write(mutator, who, live, new Mutation.Apply(wanted.deepCopy(), force));
        if (!force && !conflicts.isEmpty()) {
          assertThat(result).as(said).isInstanceOf(MutationResult.Refused.class);
          var causes =
              requireNonNull(((MutationResult.Refused) result).refusal().details()).causes();
          assertThat(
                  causes.stream()
                      .map(
                          cause -> cause.message().replaceAll("conflict with \"([^\"]*)\".*", "$1"))
                      .collect(Collectors.toSet()))
              .as(said)
              .isEqualTo(conflicts);
          continue;
        }
        live = kept(result, live);
        model.apply(who, wanted);
      }
      assertThat(model.leaves(live)).as(said).isEqualTo(model.live());
    }
  }

  private static ObjectNode kept(MutationResult result, @Nullable ObjectNode live) {
    return result instanceof MutationResult.Unchanged
        ? requireNonNull(live)
        : Given.storeOwned(result);
  }

  private static MutationResult write(
      Mutator mutator, String who, @Nullable ObjectNode live, Mutation mutation) {
    return mutator.apply(
        live,
        new MutationRequest(
            new ResourceKey(new TypeRef("example.com", "things"), "default", "web"),
            "example.com/v1",
            Subresources.WHOLE,
            mutation,
            new Options(FieldValidation.STRICT, false, who, List.of()),
            new Facts(Given.NOW, "uid", null)));
  }

  private static Mutator mutator(ObjectNode spec) {
    var definition =
        Given.object(
            """
            {'spec':{'group':'example.com','scope':'Namespaced','names':{'plural':'things','kind':'Thing'},
             'versions':[{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':
              {'type':'object','properties':{}}}}]}}\
            """);
    ((ObjectNode) definition.at("/spec/versions/0/schema/openAPIV3Schema/properties"))
        .set("spec", spec);
    return StandardMutator.of(ResourceRegistry.standard().with(DefinedType.of(definition)));
  }

  /// A field that every applier says the same of: owners of nothing at all are forgotten.
  private static ObjectNode withBase(ObjectNode spec) {
    var all = spec.deepCopy();
    all.withObjectProperty("properties").putObject(BASE).put("type", "string");
    return all;
  }

  private static ObjectNode schema(Random random, int depth) {
    var schema = Json.object().put("type", "object");
    var properties = schema.putObject("properties");
    for (var name : NAMES) {
      properties.set(name, property(random, depth));
    }
    return schema;
  }

  private static ObjectNode property(Random random, int depth) {
    var text = Json.object().put("type", "string");
    return switch (random.nextInt(depth == 0 ? 3 : 6)) {
      case 0 -> list("atomic", text);
      case 1 -> list("set", text);
      case 2 -> text;
      case 3 -> schema(random, depth - 1);
      case 4 -> schema(random, depth - 1).put("x-kubernetes-map-type", "atomic");
      default -> {
        var items = schema(random, depth - 1);
        items.withObjectProperty("properties").set("k", text);
        items.putArray("required").add("k");
        var list = list("map", items);
        list.putArray("x-kubernetes-list-map-keys").add("k");
        yield list;
      }
    };
  }

  private static ObjectNode list(String type, ObjectNode items) {
    return Json.object()
        .put("type", "array")
        .put("x-kubernetes-list-type", type)
        .set("items", items);
  }

  private static ObjectNode wanted(Random random, ObjectNode spec) {
    var object =
        Given.object("{'apiVersion':'example.com/v1','kind':'Thing','metadata':{'name':'web'}}");
    var value = object.putObject("spec").put(BASE, "");
    fill(random, value, spec);
    return object;
  }

  /// Gives some fields other values, and takes some away.
  private static void change(Random random, ObjectNode object, ObjectNode schema) {
    var spec = object.withObjectProperty("spec");
    for (var property : schema.path("properties").properties()) {
      int what = random.nextInt(4);
      if (what == 0) {
        spec.remove(property.getKey());
      } else if (what == 1) {
        set(random, spec, property.getKey(), (ObjectNode) property.getValue());
      }
    }
  }

  private static void fill(Random random, ObjectNode into, ObjectNode schema) {
    for (var property : schema.path("properties").properties()) {
      if (random.nextBoolean()) {
        set(random, into, property.getKey(), (ObjectNode) property.getValue());
      }
    }
  }

  /// What is empty is left out: that nothing is there is no leaf.
  private static void set(Random random, ObjectNode into, String name, ObjectNode schema) {
    switch (Json.text(schema, "type")) {
      case "object" -> {
        var object = Json.object();
        fill(random, object, schema);
        if (!object.isEmpty()) {
          into.set(name, object);
        }
      }
      case "array" -> into.set(name, items(random, schema));
      default -> into.put(name, "v" + random.nextInt(2));
    }
  }

  private static ArrayNode items(Random random, ObjectNode schema) {
    var keys = new ArrayList<>(List.of("a", "b", "c"));
    Collections.shuffle(keys, random);
    var list = Json.array();
    for (var key : keys.subList(0, 1 + random.nextInt(3))) {
      if (schema.path("items").path("type").asString().equals("object")) {
        var item = Json.object();
        fill(random, item, (ObjectNode) schema.get("items"));
        list.add(item.put("k", key));
      } else {
        list.add(key);
      }
    }
    return list;
  }
}
