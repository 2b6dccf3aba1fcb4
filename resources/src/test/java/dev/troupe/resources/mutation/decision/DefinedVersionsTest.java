package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.object;
import static dev.troupe.resources.mutation.decision.Given.refusal;
import static dev.troupe.resources.mutation.decision.Given.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.definition.DefinedType;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationRequest.Facts;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.MutationRequest.Options;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Subresources;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// The versions of a defined type have each their own schema, defaults, parts and fields to select
/// by.
class DefinedVersionsTest {

  private static final String OLD = "example.com/v1";
  private static final String NEW = "example.com/v2";
  private static final ResourceType TYPE =
      DefinedType.of(
          object(
              """
              {'metadata':{'generation':2},'spec':{'group':'example.com','scope':'Namespaced',
               'names':{'plural':'things','singular':'thing','kind':'Thing'},
               'versions':[
                {'name':'v1','served':true,'storage':false,'deprecated':true,
                 'selectableFields':[{'jsonPath':'.spec.a'}],
                 'schema':{'openAPIV3Schema':{'type':'object','properties':{
                  'spec':{'type':'object','properties':{'a':{'type':'string','default':'old'},
                   'only':{'type':'string'}}},
                  'status':{'type':'object','properties':{'a':{'type':'string'}}}}}}},
                {'name':'v2','served':true,'storage':true,
                 'selectableFields':[{'jsonPath':'.spec.b'}],
                 'subresources':{'status':{},'scale':{'specReplicasPath':'.spec.count',
                  'statusReplicasPath':'.status.count'}},
                 'schema':{'openAPIV3Schema':{'type':'object','properties':{
                  'spec':{'type':'object','properties':{'a':{'type':'string','default':'new'},
                   'b':{'type':'string'},'count':{'type':'integer'}}},
                  'status':{'type':'object','properties':{'a':{'type':'string'}}}}}}}]}}
              """));
  private static final StandardMutator MUTATOR =
      StandardMutator.of(ResourceRegistry.standard().with(TYPE));

  private static MutationResult apply(
      @Nullable ObjectNode current, String apiVersion, Subresource part, Mutation mutation) {
    return MUTATOR.apply(
        current,
        new MutationRequest(
            new ResourceKey(new TypeRef("example.com", "things"), "default", "one"),
            apiVersion,
            part,
            mutation,
            new Options(FieldValidation.IGNORE, false, "test", List.of()),
            new Facts(Given.NOW, "uid-new", null)));
  }

  private static ObjectNode thing(String apiVersion, String rest) {
    return object(
        "{'apiVersion':'"
            + apiVersion
            + "','kind':'Thing','metadata':{'name':'one','namespace':'default','uid':'u','generation':1,"
            + "'resourceVersion':'7','creationTimestamp':'2026-01-01T00:00:00Z'},"
            + rest
            + "}");
  }

  private static Mutation merge(String patch) {
    return new Mutation.Patch(PatchType.MERGE, object(patch));
  }

  @Test
  void eachHasItsOwnSubresources() {
    var object = thing(NEW, "'spec':{'a':'x','b':'y'}");

    assertThat(TYPE.at(OLD).subresources()).isEmpty();
    assertThat(TYPE.at(NEW).subresources()).hasSize(2);
    assertThat(
            refusal(apply(object, OLD, Subresources.STATUS, merge("{'status':{'a':'x'}}"))).code())
        .isEqualTo(404);
    assertThat(
            store(apply(object, NEW, Subresources.STATUS, merge("{'status':{'a':'x'}}")))
                .at("/status/a")
                .asString())
        .isEqualTo("x");
  }

  @Test
  void whereTheStatusIsNoPartOfItsOwnItIsWrittenWithTheRestAndCounts() {
    var object = thing(NEW, "'spec':{'a':'x','b':'y'}");

    var written = store(apply(object, OLD, Subresources.WHOLE, merge("{'status':{'a':'x'}}")));
    var kept = apply(object, NEW, Subresources.WHOLE, merge("{'status':{'a':'x'}}"));

    assertThat(written.at("/status/a").asString()).isEqualTo("x");
    assertThat(written.at("/metadata/generation").intValue()).isEqualTo(2);
    assertThat(kept).isInstanceOf(MutationResult.Unchanged.class);
  }

  @Test
  void eachHasItsOwnFieldsToSelectBy() {
    assertThat(TYPE.at(OLD).selectableFields()).containsOnlyKeys("spec.a");
    assertThat(TYPE.at(NEW).selectableFields()).containsOnlyKeys("spec.b");
    assertThat(TYPE.selectableFields()).containsOnlyKeys("spec.a", "spec.b");
  }

  @Test
  void aDefaultIsThatOfTheVersionInWhichTheObjectWasWritten() {
    var shown = TYPE.kind().shown(thing(OLD, "'spec':{'only':'x','gone':'y'}"), NEW);

    assertThat(shown.path("apiVersion").asString()).isEqualTo(NEW);
    assertThat(shown.path("spec")).isEqualTo(object("{'a':'old'}"));
    assertThat(TYPE.kind().shown(thing(OLD, "'spec':{'only':'x','gone':'y'}"), OLD).path("spec"))
        .isEqualTo(object("{'only':'x','a':'old'}"));
    assertThat(TYPE.kind().shown(thing(NEW, "'spec':{}"), OLD).path("spec"))
        .isEqualTo(object("{'a':'new'}"));
  }

  @Test
  void anObjectOfAnOlderStoredVersionThatIsWrittenAsItIsIsStoredInTheNewOne() {
    var old = thing(OLD, "'spec':{'a':'x'}");
    var asItIs = TYPE.kind().shown(old, NEW);

    var stored = store(apply(old, NEW, Subresources.WHOLE, new Mutation.Update(asItIs)));

    assertThat(stored.path("apiVersion").asString()).isEqualTo(NEW);
    assertThat(stored.at("/metadata/generation").intValue()).isEqualTo(1);
    assertThat(apply(stored, NEW, Subresources.WHOLE, new Mutation.Update(stored)))
        .isInstanceOf(MutationResult.Unchanged.class);
  }

  @Test
  void ofAVersionOnItsWayOutItIsSaidWhichOneIsToBeUsed() {
    assertThat(TYPE.kind().deprecation(OLD))
        .hasValue("example.com/v1 Thing is deprecated; use example.com/v2 Thing");
    assertThat(TYPE.kind().deprecation(NEW)).isEmpty();
  }
}
