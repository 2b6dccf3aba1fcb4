package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.object;
import static dev.troupe.resources.mutation.decision.Given.refusal;
import static dev.troupe.resources.mutation.decision.Given.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.definition.DefinedType;
import dev.troupe.resources.mutation.Mutation;
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

/// Rules that a definition has as expressions hold for the objects of its type.
class DefinedExpressionsTest {

  private static ObjectNode definition(String rule) {
    return object(
        """
        {'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition','metadata':{'name':'webs.a.example.com'},
         'spec':{'group':'a.example.com','scope':'Namespaced','names':{'plural':'webs','singular':'web','kind':'Web','listKind':'WebList'},
          'versions':[{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{
           'type':'object','required':['min'],'properties':{'min':{'type':'integer'},'max':{'type':'integer','maximum':9}},
           'x-kubernetes-validations':[{'rule':'RULE','message':'min is larger than max'}]}}}}}]}}
        """
            .replace("RULE", rule));
  }

  private static final StandardMutator MUTATOR =
      StandardMutator.of(
          ResourceRegistry.standard().with(DefinedType.of(definition("self.min <= self.max"))));

  private static MutationResult create(TypeRef type, String namespace, ObjectNode object) {
    return apply(type, namespace, null, new Mutation.Create(object), object);
  }

  private static MutationResult apply(
      TypeRef type,
      String namespace,
      @Nullable ObjectNode current,
      Mutation mutation,
      ObjectNode object) {
    return MUTATOR.apply(
        current,
        new MutationRequest(
            new ResourceKey(type, namespace, object.at("/metadata/name").stringValue()),
            object.get("apiVersion").stringValue(),
            Subresources.WHOLE,
            mutation,
            new Options(FieldValidation.IGNORE, false, "test", List.of()),
            new Facts(Given.NOW, "uid-new", null)));
  }

  private static MutationResult define(String rule) {
    return create(
        new TypeRef("apiextensions.k8s.io", "customresourcedefinitions"), "", definition(rule));
  }

  private static MutationResult web(String spec) {
    return create(
        new TypeRef("a.example.com", "webs"),
        "default",
        object(
            "{'apiVersion':'a.example.com/v1','kind':'Web','metadata':{'name':'w'},'spec':"
                + spec
                + "}"));
  }

  @Test
  void definitionsWithRulesAreAccepted() {
    assertThat(store(define("self.min <= self.max")).at("/spec/group").stringValue())
        .isEqualTo("a.example.com");
  }

  @Test
  void definitionsWhoseRulesAreWrongAreRefused() {
    assertThat(refusal(define("self.min <= self.most")).message())
        .contains(
            "spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].rule:"
                + " Invalid value: ",
            "compilation failed: ERROR: <input>:1:17: undefined field 'most'");
  }

  @Test
  void objectsThatBreakRulesAreRefused() {
    store(web("{'min':1,'max':2}"));

    assertThat(refusal(web("{'min':3,'max':2}")).message())
        .isEqualTo(
            "Web.a.example.com \"w\" is invalid: spec: Invalid value: min is larger than max");
  }

  @Test
  void rulesAreNotAskedOfObjectsThatAreTooWrong() {
    assertThat(refusal(web("{'max':2}")).message())
        .contains(
            "spec.min: Required value",
            "<nil>: Invalid value: null: some validation rules were not checked because the"
                + " object was invalid; correct the existing errors to complete validation");
  }
}
