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

/// Objects of a type that a definition describes are written as Kubernetes writes them.
class DefinedRulesTest {

  private static final String V1 = "stable.example.com/v1";
  private static final ResourceType TYPE =
      DefinedType.of(
          object(
              """
              {'spec':{'group':'stable.example.com','scope':'Namespaced',
               'names':{'plural':'crontabs','singular':'crontab','kind':'CronTab','shortNames':['ct']},
               'versions':[
                {'name':'v1beta1','served':true,'storage':false,'schema':{'openAPIV3Schema':{'type':'object',
                 'properties':{'spec':{'type':'object','properties':{'cron':{'type':'string','default':'@daily'},
                  'replicas':{'type':'integer','minimum':2}}}}}}},
                {'name':'v1','served':true,'storage':true,
                 'additionalPrinterColumns':[{'name':'Cron','type':'string','jsonPath':'.spec.cron'},
                  {'name':'Replicas','type':'integer','jsonPath':'.spec.replicas','priority':1},
                  {'name':'Since','type':'date','jsonPath':'.metadata.creationTimestamp'}],
                 'selectableFields':[{'jsonPath':'.spec.cron'}],
                 'subresources':{'status':{},'scale':{'specReplicasPath':'.spec.replicas',
                  'statusReplicasPath':'.status.replicas','labelSelectorPath':'.status.selector'}},
                 'schema':{'openAPIV3Schema':{'type':'object',
                  'x-kubernetes-validations':[{'rule':'!has(self.limit) || self.spec.replicas <= self.limit','message':'too many'}],
                  'properties':{'limit':{'type':'integer'},
                  'spec':{'type':'object','required':['cron'],'properties':{'cron':{'type':'string'},
                   'replicas':{'type':'integer','minimum':0,'default':1}}},
                  'status':{'type':'object','properties':{'replicas':{'type':'integer'},'selector':{'type':'string'}}}}}}}]}}
              """));
  private static final StandardMutator MUTATOR =
      StandardMutator.of(ResourceRegistry.standard().with(TYPE));

  private static MutationResult apply(
      @Nullable ObjectNode current,
      String apiVersion,
      Subresource part,
      Mutation mutation,
      FieldValidation validation) {
    return MUTATOR.apply(
        current,
        new MutationRequest(
            new ResourceKey(new TypeRef("stable.example.com", "crontabs"), "default", "web"),
            apiVersion,
            part,
            mutation,
            new Options(validation, false, "test", List.of()),
            new Facts(Given.NOW, "uid-new", null)));
  }

  private static String body(String apiVersion, String rest) {
    return "{'apiVersion':'"
        + apiVersion
        + "','kind':'CronTab','metadata':{'name':'web'},"
        + rest
        + "}";
  }

  private static MutationResult create(String rest, FieldValidation validation) {
    return apply(
        null, V1, Subresources.WHOLE, new Mutation.Create(object(body(V1, rest))), validation);
  }

  private static ObjectNode stored(String rest) {
    return store(create(rest, FieldValidation.IGNORE));
  }

  private static MutationResult update(ObjectNode current, Subresource part, ObjectNode object) {
    return apply(current, V1, part, new Mutation.Update(object), FieldValidation.IGNORE);
  }

  @Test
  void aNewObjectIsPrunedCompletedAndHasNoStatus() {
    var object = stored("'spec':{'cron':'@hourly','other':1},'status':{'replicas':3}");

    assertThat(object.get("spec")).isEqualTo(object("{'cron':'@hourly','replicas':1}"));
    assertThat(object.has("status")).isFalse();
    assertThat(object.at("/metadata/generation").intValue()).isEqualTo(1);
  }

  @Test
  void unknownFieldsAreToldOrRefusedAsWanted() {
    assertThat(create("'spec':{'cron':'x','other':1}", FieldValidation.WARN))
        .isInstanceOfSatisfying(
            MutationResult.Stored.class,
            stored ->
                assertThat(stored.warnings()).containsExactly("unknown field \"spec.other\""));
    assertThat(refusal(create("'spec':{'cron':'x','other':1}", FieldValidation.STRICT)).message())
        .isEqualTo(
            "CronTab in version \"v1\" cannot be handled as a CronTab: strict decoding error:"
                + " unknown field \"spec.other\"");
  }

  @Test
  void whatTheSchemaForbidsIsRefusedInTheWordsOfKubernetes() {
    var refusal = refusal(create("'spec':{'replicas':-1}", FieldValidation.IGNORE));

    assertThat(refusal.code()).isEqualTo(422);
    assertThat(refusal.message())
        .startsWith(
            "CronTab.stable.example.com \"web\" is invalid: [spec.replicas: Invalid value: -1:"
                + " spec.replicas in body should be greater than or equal to 0, spec.cron:"
                + " Required value, .spec.replicas: Invalid value: -1: should be a non-negative"
                + " integer");
  }

  @Test
  void theStatusIsWrittenByItselfAndCountsNoGeneration() {
    var object = stored("'spec':{'cron':'x'}");
    var changed = object.deepCopy();
    changed.putObject("status").put("replicas", 5);
    ((ObjectNode) changed.get("spec")).put("cron", "y");
    changed.withObject("metadata").putObject("labels").put("a", "b");

    var withStatus = store(update(object, Subresources.STATUS, changed));
    var withSpec = store(update(object, Subresources.WHOLE, changed));

    assertThat(withStatus.at("/status/replicas").intValue()).isEqualTo(5);
    assertThat(withStatus.at("/spec/cron").asString()).isEqualTo("x");
    assertThat(withStatus.at("/metadata/labels").isMissingNode()).isTrue();
    assertThat(withStatus.at("/metadata/generation").intValue()).isEqualTo(1);
    assertThat(withSpec.has("status")).isFalse();
    assertThat(withSpec.at("/metadata/generation").intValue()).isEqualTo(2);
  }

  @Test
  void aWrongStatusIsRefused() {
    var object = stored("'spec':{'cron':'x'}");
    var changed = object.deepCopy();
    changed.putObject("status").put("replicas", "many");

    assertThat(refusal(update(object, Subresources.STATUS, changed)).message())
        .contains(
            "status.replicas: Invalid value: \"string\": replicas in body must be of type integer:"
                + " \"string\"");
  }

  @Test
  void scaleIsSeenAndWrittenWhereTheDefinitionSays() {
    var object = stored("'spec':{'cron':'x','replicas':3}");
    object.set("status", object("{'replicas':2,'selector':'a=b'}"));
    var view = (Subresource.View) TYPE.own(Subresources.SCALE);

    assertThat(view.of(object).path("spec")).isEqualTo(object("{'replicas':3}"));
    assertThat(view.of(object).path("status")).isEqualTo(object("{'replicas':2,'selector':'a=b'}"));

    var scaled =
        store(
            apply(
                object,
                V1,
                Subresources.SCALE,
                new Mutation.Patch(PatchType.MERGE, object("{'spec':{'replicas':7}}")),
                FieldValidation.IGNORE));
    assertThat(scaled.at("/spec/replicas").intValue()).isEqualTo(7);
    assertThat(scaled.at("/status/replicas").intValue()).isEqualTo(2);
  }

  @Test
  void anUpdateNeedsAVersion() {
    var object = stored("'spec':{'cron':'x'}");
    var changed = object.deepCopy();
    changed.withObject("metadata").remove("resourceVersion");
    ((ObjectNode) changed.get("spec")).put("cron", "y");

    assertThat(refusal(update(object, Subresources.WHOLE, changed)).message())
        .contains("metadata.resourceVersion: Invalid value: 0x0: must be specified for an update");
  }

  @Test
  void aStrategicPatchIsNothingForIt() {
    var refusal =
        refusal(
            apply(
                stored("'spec':{'cron':'x'}"),
                V1,
                Subresources.WHOLE,
                new Mutation.Patch(PatchType.STRATEGIC, object("{'spec':{}}")),
                FieldValidation.IGNORE));

    assertThat(refusal.code()).isEqualTo(415);
  }

  @Test
  void eachVersionHasItsOwnRulesAndOneIsStored() {
    var v1beta1 = "stable.example.com/v1beta1";

    var object =
        store(
            apply(
                null,
                v1beta1,
                Subresources.WHOLE,
                new Mutation.Create(object(body(v1beta1, "'spec':{}"))),
                FieldValidation.IGNORE));

    assertThat(object.path("apiVersion").asString()).isEqualTo(V1);
    assertThat(object.at("/spec/cron").asString()).isEqualTo("@daily");
    assertThat(
            refusal(
                    apply(
                        null,
                        v1beta1,
                        Subresources.WHOLE,
                        new Mutation.Create(object(body(v1beta1, "'spec':{'replicas':1}"))),
                        FieldValidation.IGNORE))
                .message())
        .contains("greater than or equal to 2");
    assertThat(TYPE.kind().shown(object, v1beta1).path("apiVersion").asString()).isEqualTo(v1beta1);
  }

  @Test
  void aNewDefaultIsSeenAndCountsNoGeneration() {
    var object = stored("'spec':{'cron':'x'}");
    object.withObject("spec").remove("replicas");

    var written = store(update(object, Subresources.WHOLE, labelled(object)));

    assertThat(TYPE.kind().shown(object, V1).at("/spec/replicas").intValue()).isEqualTo(1);
    assertThat(written.at("/spec/replicas").intValue()).isEqualTo(1);
    assertThat(written.at("/metadata/generation").intValue()).isEqualTo(1);
  }

  private static ObjectNode labelled(ObjectNode object) {
    var labelled = object.deepCopy();
    labelled.withObject("metadata").putObject("labels").put("a", "b");
    return labelled;
  }

  @Test
  void columnsAreThoseOfTheVersion() {
    var object = stored("'spec':{'cron':'x','replicas':3}");

    assertThat(TYPE.kind().table(V1).columns())
        .extracting(column -> column.name())
        .containsExactly("Name", "Cron", "Replicas", "Since");
    assertThat(TYPE.kind().table(V1).cells(object, Given.NOW.plusSeconds(60)).toString())
        .isEqualTo("[web, x, 3, 60s]");
    assertThat(TYPE.kind().table("stable.example.com/v1beta1").columns())
        .extracting(column -> column.name())
        .containsExactly("Name", "Age");
    assertThat(TYPE.selectableFields())
        .containsExactly(java.util.Map.entry("spec.cron", "spec.cron"));
  }

  @Test
  void rulesAreAskedOfWhatIsOtherwiseRight() {
    assertThat(create("'limit':5,'spec':{'cron':'x','replicas':5}", FieldValidation.IGNORE))
        .isInstanceOf(MutationResult.Stored.class);
    assertThat(
            refusal(create("'limit':5,'spec':{'cron':'x','replicas':6}", FieldValidation.IGNORE))
                .message())
        .endsWith(": too many");
    assertThat(refusal(create("'limit':5,'spec':{'replicas':6}", FieldValidation.IGNORE)).message())
        .contains("spec.cron: Required value")
        .contains(
            "<nil>: Invalid value: null: some validation rules were not checked because the"
                + " object was invalid; correct the existing errors to complete validation");
  }

  @Test
  void fieldsOfAppliersHaveOwnersByTheStructureOfTheSchema() {
    var object = stored("'spec':{'cron':'x'}");
    var other =
        apply(
            object,
            V1,
            Subresources.WHOLE,
            new Mutation.Apply(object(body(V1, "'spec':{'replicas':5}")), true),
            FieldValidation.IGNORE);
    var applied = ((MutationResult.Stored) other).object();
    applied.withObject("metadata").put("resourceVersion", "8");
    var without =
        apply(
            applied,
            V1,
            Subresources.WHOLE,
            new Mutation.Apply(
                object("{'apiVersion':'" + V1 + "','kind':'CronTab','metadata':{'name':'web'}}"),
                true),
            FieldValidation.IGNORE);

    assertThat(applied.at("/spec")).isEqualTo(object("{'cron':'x','replicas':5}"));
    assertThat(store(without).at("/spec")).isEqualTo(object("{'cron':'x','replicas':1}"));
    assertThat(
            refusal(
                    apply(
                        object,
                        V1,
                        Subresources.WHOLE,
                        new Mutation.Apply(object(body(V1, "'spec':{'other':5}")), true),
                        FieldValidation.IGNORE))
                .message())
        .contains(".spec.other: field not declared in schema");
  }
}
