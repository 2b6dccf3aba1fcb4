package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.object;
import static dev.troupe.resources.mutation.decision.Given.refusal;
import static dev.troupe.resources.mutation.decision.Given.store;
import static dev.troupe.resources.mutation.decision.Given.storeOwned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.conversion.KnownConversions;
import dev.troupe.resources.definition.DefinedType;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.Effect;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationRequest.Facts;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.MutationRequest.Options;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.subresource.Subresources;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What is decided about objects that somebody else converts: where they are, without him, and
/// where he is asked, with what he has said so far.
class ConvertedElsewhereTest {

  private static final String OLD = "example.com/v1";
  private static final String NEW = "example.com/v2";
  private static final String OWNERS =
      "[{'manager':'a','operation':'Apply','apiVersion':'example.com/v1',"
          + "'time':'2026-01-01T00:00:00Z','fieldsType':'FieldsV1','fieldsV1':{'f:spec':{'f:a':{}}}}]";

  private static final StandardMutator MUTATOR =
      StandardMutator.of(
          ResourceRegistry.standard()
              .with(
                  DefinedType.of(
                      object(
                          """
                          {'metadata':{'generation':2},'spec':{'group':'example.com','scope':'Namespaced',
                           'conversion':{'strategy':'Webhook','webhook':{'conversionReviewVersions':['v1'],
                            'clientConfig':{'url':'https://example.com'}}},
                           'names':{'plural':'things','singular':'thing','kind':'Thing'},
                           'versions':[
                            {'name':'v1','served':true,'storage':false,'schema':{'openAPIV3Schema':{'type':'object',
                             'properties':{'spec':{'type':'object','properties':{'a':{'type':'string'}}}}}}},
                            {'name':'v2','served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object',
                             'properties':{'spec':{'type':'object','properties':{'b':{'type':'string'}}}}}}}]}}
                          """))));

  private static MutationRequest request(String apiVersion, Mutation mutation) {
    return new MutationRequest(
        new ResourceKey(new TypeRef("example.com", "things"), "default", "one"),
        apiVersion,
        Subresources.WHOLE,
        mutation,
        new Options(FieldValidation.IGNORE, false, "test", List.of()),
        new Facts(Given.NOW, "uid-new", null));
  }

  private static MutationResult apply(
      @Nullable ObjectNode current, String apiVersion, Mutation mutation) {
    return MUTATOR.apply(current, request(apiVersion, mutation));
  }

  private static ObjectNode thing(String apiVersion, String metadata, String spec) {
    return object(
        "{'apiVersion':'"
            + apiVersion
            + "','kind':'Thing','metadata':{'name':'one','namespace':'default','uid':'u',"
            + metadata
            + "'generation':1,'resourceVersion':'7','creationTimestamp':'2026-01-01T00:00:00Z'},"
            + "'spec':"
            + spec
            + "}");
  }

  private static Mutation merge(String patch) {
    return new Mutation.Patch(PatchType.MERGE, object(patch));
  }

  @Test
  void controllersWriteMetadataAndDeleteInWhateverVersionItIsStored() {
    var held = thing(OLD, "'finalizers':['example.com/x'],", "{'a':'x'}");
    var plan =
        object(
            "{'apiVersion':'"
                + NEW
                + "','kind':'Thing','metadata':{'name':'one','labels':{'l':'1'}}}");

    var labelled = store(apply(held, NEW, new Mutation.Merge(plan)));
    var released =
        apply(
            store(apply(held, NEW, new Mutation.Delete(Mutation.DeleteOptions.NONE))),
            NEW,
            merge("{'metadata':{'uid':'u','finalizers':[]}}"));
    var deleted = store(apply(held, NEW, new Mutation.Delete(Mutation.DeleteOptions.NONE)));

    assertThat(labelled.at("/metadata/labels/l").asString()).isEqualTo("1");
    assertThat(labelled.path("apiVersion").asString()).isEqualTo(OLD);
    assertThat(labelled.path("spec")).isEqualTo(object("{'a':'x'}"));
    assertThat(released).isInstanceOf(MutationResult.Removed.class);
    assertThat(deleted.at("/metadata/deletionTimestamp").asString()).isNotEmpty();
    assertThat(deleted.path("apiVersion").asString()).isEqualTo(OLD);
  }

  @Test
  void whatNeedsAConversionIsNotDecidedWhereObjectsAre() {
    var old = thing(OLD, "", "{'a':'x'}");

    assertThat(refusal(apply(old, NEW, merge("{'spec':{'b':'y'}}"))).code()).isEqualTo(503);
    assertThat(refusal(apply(thing(NEW, "", "{}"), OLD, merge("{'spec':{'a':'y'}}"))).code())
        .isEqualTo(503);
  }

  @Test
  void whereNobodyIsAskedOwnersOfOtherVersionsKeepWhatTheyHave() {
    var owned = thing(NEW, "'managedFields':" + OWNERS + ",", "{'b':'x'}");

    var written = storeOwned(apply(owned, NEW, merge("{'spec':{'b':'y'}}")));

    assertThat(written.at("/metadata/managedFields").findValuesAsString("manager"))
        .containsExactly("a", "test");
    assertThat(written.at("/metadata/managedFields/0/fieldsV1"))
        .isEqualTo(object("{'f:spec':{'f:a':{}}}"));
  }

  @Test
  void whoDecidesWithOthersAsksForWhatHeDoesNotKnow() {
    var owned = thing(NEW, "'managedFields':" + OWNERS + ",", "{'b':'x'}");
    var update = request(NEW, merge("{'spec':{'b':'y'}}"));
    var known = new KnownConversions();

    for (int i = 0; i < 2; i++) {
      var wanted =
          catchThrowableOfType(
              KnownConversions.Wanting.class, () -> MUTATOR.apply(owned, update, known));
      assertThat(wanted.apiVersion()).isEqualTo(OLD);
      var a = wanted.object().at("/spec/b").asString();
      known.learn(wanted, thing(OLD, "", "{'a':'" + a + "'}"));
    }
    var written = storeOwned(MUTATOR.apply(owned, update, known));

    assertThat(written.at("/metadata/managedFields").findValuesAsString("manager"))
        .containsExactly("test");
    assertThat(known.count()).isEqualTo(2);
  }

  @Test
  void whatIsDecidedIsStoredIfItWasDecidedOnWhatIsThere() {
    var current = thing(NEW, "", "{'b':'x'}");
    var next = thing(NEW, "", "{'b':'not held against anything','c':1}");
    var old = thing(NEW, "", "{}");
    old.withObject("metadata").put("resourceVersion", "6");

    assertThat(store(apply(current, NEW, new Mutation.Decided(next, Effect.CHANGED))))
        .isEqualTo(next);
    assertThat(apply(current, NEW, new Mutation.Decided(next, Effect.REMOVED)))
        .isInstanceOf(MutationResult.Removed.class);
    assertThat(apply(null, NEW, new Mutation.Decided(next, Effect.CREATED)))
        .isInstanceOfSatisfying(
            MutationResult.Stored.class, stored -> assertThat(stored.created()).isTrue());
    assertThat(refusal(apply(current, NEW, new Mutation.Decided(old, Effect.CHANGED))).message())
        .contains("the object has been modified");
    assertThat(refusal(apply(null, NEW, new Mutation.Decided(next, Effect.CHANGED))).code())
        .isEqualTo(404);
    assertThat(refusal(apply(current, NEW, new Mutation.Decided(next, Effect.CREATED))).code())
        .isEqualTo(409);
    var other = thing(OLD, "", "{}");
    assertThat(refusal(apply(current, NEW, new Mutation.Decided(other, Effect.CHANGED))).code())
        .isEqualTo(409);
  }
}
