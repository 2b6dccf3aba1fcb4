package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.object;
import static dev.troupe.resources.mutation.decision.Given.refusal;
import static dev.troupe.resources.mutation.decision.Given.store;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.MutationResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Definitions are accepted and refused as Kubernetes does, in its words.
class DefinitionRulesTest {

  private static final Given.Request REQUEST =
      Given.request("customresourcedefinitions.apiextensions.k8s.io", "apiextensions.k8s.io/v1")
          .named("things.example.com");

  private static String definition(String spec, String version, String schema) {
    return ("{'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition',"
            + "'metadata':{'name':'things.example.com'},'spec':{'group':'example.com',"
            + "'scope':'Namespaced','names':{'plural':'things','kind':'Thing'}@SPEC@,'versions':["
            + "{'name':'v1','served':true,'storage':true@VERSION@,"
            + "'schema':{'openAPIV3Schema':{'type':'object'@SCHEMA@}}}]}}")
        .replace("@SPEC@", spec)
        .replace("@VERSION@", version)
        .replace("@SCHEMA@", schema);
  }

  /// What is wrong with it, one line each.
  private static String wrong(String definition) {
    return switch (REQUEST.create(definition)) {
      case MutationResult.Refused(var refusal) ->
          refusal.details() == null
              ? refusal.message()
              : String.join(
                  "\n",
                  refusal.details().causes().stream()
                      .map(cause -> cause.field() + ": " + cause.message())
                      .toList());
      default -> "";
    };
  }

  @Test
  void whatIsLeftOpenIsFilledIn() {
    var stored = store(REQUEST.create(definition("", "", "")));

    assertThat(stored.at("/spec/names"))
        .isEqualTo(
            object("{'plural':'things','singular':'thing','kind':'Thing','listKind':'ThingList'}"));
    assertThat(stored.at("/spec/conversion")).isEqualTo(object("{'strategy':'None'}"));
    assertThat(stored.at("/status/storedVersions/0").asString()).isEqualTo("v1");
    assertThat(stored.at("/metadata/generation").intValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          'scope':'Namespaced'|'scope':'World'|spec.scope: Unsupported value: "World": supported values: "Cluster", "Namespaced"
          'kind':'Thing'|'kind':'No_Thing'|spec.names.kind: Invalid value: "No_Thing": may have mixed case, but should otherwise match: a DNS-1035 label
          'plural':'things'|'plural':'others'|metadata.name: Invalid value: "things.example.com": must be spec.names.plural+"."+spec.group
          'group':'example.com'|'group':'example'|spec.group: Invalid value: "example": should be a domain with at least one dot
          'storage':true|'storage':false|must have exactly one version marked as storage version
          'scope':|'preserveUnknownFields':true,'scope':|spec.preserveUnknownFields: Invalid value: true: cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead
          'scope':|'conversion':{'strategy':'Webhook'},'scope':|spec.conversion.webhookClientConfig: Required value: required when strategy is set to Webhook
          'scope':|'conversion':{'strategy':'Webhook','webhook':{'conversionReviewVersions':['v1'],'clientConfig':{}}},'scope':|spec.conversion.webhookClientConfig: Required value: exactly one of url or service is required
          'scope':|'conversion':{'strategy':'Webhook','webhook':{'conversionReviewVersions':['v1'],'clientConfig':{'url':'http://a/b'}}},'scope':|spec.conversion.webhookClientConfig.url: Invalid value: "http": 'https' is the only allowed URL scheme; desired format: https://host[/path]
          'scope':|'conversion':{'strategy':'Webhook','webhook':{'conversionReviewVersions':['v1'],'clientConfig':{'url':'https://a/b?c=d'}}},'scope':|spec.conversion.webhookClientConfig.url: Invalid value: "c=d": query parameters are not permitted in the URL
          'scope':|'conversion':{'strategy':'Webhook','webhook':{'conversionReviewVersions':['v1'],'clientConfig':{'service':{'name':'s','path':'x//y'}}}},'scope':|spec.conversion.webhookClientConfig.service.namespace: Required value: service namespace is required
          'scope':|'conversion':{'strategy':'Webhook','webhook':{'conversionReviewVersions':['v1'],'clientConfig':{'service':{'name':'s','namespace':'n','path':'x//y'}}}},'scope':|spec.conversion.webhookClientConfig.service.path: Invalid value: "x//y": must start with a '/'
          'scope':|'conversion':{'strategy':'Webhook','webhook':{'conversionReviewVersions':['v1'],'clientConfig':{'url':'https://a/b','caBundle':'eA=='}}},'scope':|spec.conversion.webhookClientConfig.caBundle: Invalid value: "<snip>": unable to load root certificates
          'scope':|'conversion':{'strategy':'Webhook','webhook':{'clientConfig':{'url':'https://a/b'}}},'scope':|spec.conversion.conversionReviewVersions: Required value
          'scope':|'conversion':{'strategy':'Webhook','webhook':{'conversionReviewVersions':['v2'],'clientConfig':{'url':'https://a/b'}}},'scope':|spec.conversion.conversionReviewVersions: Invalid value: ["v2"]: must include at least one of v1, v1beta1
          'scope':|'conversion':{'webhook':{'conversionReviewVersions':['v1'],'clientConfig':{'url':'https://a/b'}},'strategy':'None'},'scope':|spec.conversion.webhookClientConfig: Forbidden: should not be set when strategy is not set to Webhook
          'served':|'deprecationWarning':'x','served':|spec.versions[0].deprecationWarning: Invalid value: "x": can only be set for deprecated versions
          'served':|'additionalPrinterColumns':[{'name':'a','type':'text','jsonPath':'.a'}],'served':|spec.additionalPrinterColumns[0].type: Invalid value: "text": must be one of boolean,date,integer,number,string
          'served':|'additionalPrinterColumns':[{'name':'a','type':'string','jsonPath':'a'}],'served':|spec.additionalPrinterColumns[0].JSONPath: Invalid value: "a": must be a simple json path starting with .
          'served':|'subresources':{'scale':{'specReplicasPath':'.x','statusReplicasPath':'.status.r'}},'served':|spec.subresources.scale.specReplicasPath: Invalid value: ".x": should be a json path under .spec
          'served':|'selectableFields':[{'jsonPath':'.spec.a'}],'served':|spec.selectableFields[0].jsonPath: Invalid value: ".spec.a": is an invalid path
          """)
  void ofDefinitions(String given, String instead, String expected) {
    assertThat(wrong(definition("", "", "").replace(given, instead))).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          'properties':{'a':{'type':'string'}}|
          'properties':{'a':{}}|.properties[a].type: Required value: must not be empty for specified object fields
          'properties':{'a':{'type':'array','items':{}}}|.properties[a].items.type: Required value: must not be empty for specified array items
          'properties':{'a':{'type':'array'}}|.properties[a].items: Required value: must be specified
          'properties':{'a':{'type':'text'}}|.properties[a].type: Unsupported value: "text": supported values: "array", "boolean", "integer", "number", "object", "string"
          'properties':{'a':{'type':'integer','anyOf':[{'type':'integer'},{'minimum':1}]}}|.properties[a].anyOf[0].type: Forbidden: must be empty to be structural
          'properties':{'a':{'x-kubernetes-int-or-string':true,'anyOf':[{'type':'integer'},{'type':'string'}]}}|
          'oneOf':[{'properties':{'b':{'minimum':1}}}]|.properties[b]: Required value: because it is defined in spec.validation.openAPIV3Schema.oneOf[0].properties[b]
          'properties':{'metadata':{'type':'object','properties':{'labels':{'type':'object'}}}}|.properties[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified
          'properties':{'metadata':{'type':'object','properties':{'name':{'type':'string','maxLength':3}}}}|
          'additionalProperties':true|.additionalProperties: Forbidden: must not be used at the root
          'properties':{'a':{'type':'object','additionalProperties':{'type':'string'},'properties':{'b':{'type':'string'}}}}|.properties[a].additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive
          'properties':{'a':{'type':'object','x-kubernetes-embedded-resource':true}}|.properties[a].properties: Required value: must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields
          'properties':{'a':{'type':'string','pattern':'('}}|.properties[a].pattern: Invalid value: "(": must be a valid regular expression, but isn't: error parsing regexp
          'properties':{'a':{'type':'string','default':5}}|.properties[a].default: Invalid value: "integer":  in body must be of type string: "integer"
          'properties':{'a':{'type':'object','default':{'b':1}}}|.properties[a].default: Invalid value: {"b":1}: must not have unknown fields
          'properties':{'a':{'type':'array','items':{'type':'string'},'uniqueItems':true}}|.properties[a].uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic
          'properties':{'a':{'type':'array','items':{'type':'object'},'x-kubernetes-list-type':'map'}}|.properties[a].x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map
          'properties':{'a':{'type':'array','items':{'type':'object','properties':{'k':{'type':'string'}}},'x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['k']}}|.properties[a].items.properties[k].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property
          'properties':{'a':{'type':'array','items':{'type':'object'},'x-kubernetes-list-type':'set'}}|must be atomic as item of a list with x-kubernetes-list-type=set
          'properties':{'a':{'type':'string','x-kubernetes-list-type':'atomic'}}|.properties[a].type: Invalid value: "string": must be array if x-kubernetes-list-type is specified
          'properties':{'a':{'$ref':'#/x','type':'string'}}|.properties[a].$ref: Forbidden: $ref is not supported
          'properties':{'a':{'type':'array','items':[{'type':'string'}]}}|.properties[a].items: Forbidden: items must be a schema object and not an array
          'nullable':true|.nullable: Forbidden: nullable cannot be true at the root
          'properties':{'a':{'type':'string','x-kubernetes-validations':[{'rule':'self.b'}]}}|.properties[a].x-kubernetes-validations[0].rule: Invalid value
          'properties':{'a':{'type':'string','x-kubernetes-validations':[{'rule':'size(self) > 1'}]}}|
          """)
  void ofSchemas(String schema, @org.jspecify.annotations.Nullable String expected) {
    var wrong = wrong(definition("", "", "," + schema));

    if (expected == null) {
      assertThat(wrong).isEmpty();
    } else {
      assertThat(wrong)
          .contains(
              expected.startsWith(".")
                  ? "spec.validation.openAPIV3Schema"
                      + expected.replace(": .prop", ": spec.validation.openAPIV3Schema.prop")
                  : expected);
    }
  }

  @Test
  void aTypeErrorWhereThereMayBeSomethingElseIsOneToo() {
    var refusal =
        refusal(
            REQUEST.create(
                definition("", "", ",'properties':{'a':{'type':'array','items':{'type':5}}}")));

    assertThat(refusal.code()).isEqualTo(400);
    assertThat(refusal.message()).contains("cannot unmarshal number");
  }

  @Test
  void whatHasBeenStoredStaysAVersion() {
    var stored = store(REQUEST.create(definition("", "", "")));
    var renamed = stored.toString().replace("\"name\":\"v1\"", "\"name\":\"v2\"");

    assertThat(refusal(REQUEST.update(stored, renamed)).message())
        .contains("status.storedVersions[0]: Invalid value: \"v1\": missing from spec.versions");
  }

  @Test
  void whatIsServedKeepsItsScopeAndKind() {
    var stored = store(REQUEST.create(definition("", "", "")));
    var cluster = stored.toString().replace("Namespaced", "Cluster");

    assertThat(REQUEST.update(stored, cluster)).isInstanceOf(MutationResult.Stored.class);

    stored
        .withObject("status")
        .putArray("conditions")
        .add(object("{'type':'Established','status':'True'}"));
    assertThat(refusal(REQUEST.update(stored, cluster)).message())
        .contains("spec.scope: Invalid value: \"Cluster\": field is immutable");
  }

  @Test
  void groupsOfKubernetesNeedAnApproval() {
    var own = definition("", "", "").replace("example.com", "example.k8s.io");
    var request = REQUEST.named("things.example.k8s.io");

    assertThat(refusal(request.create(own)).message())
        .contains(
            "metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups"
                + " must have approval annotation \"api-approved.kubernetes.io\"");
    assertThat(
            request.create(
                own.replace(
                    "'metadata':{",
                    "'metadata':{'annotations':{'api-approved.kubernetes.io':'https://github.com/kubernetes/kubernetes/pull/1'},")))
        .isInstanceOf(MutationResult.Stored.class);
  }

  @Test
  void formatsThatMeanNothingAreTold() {
    var result =
        REQUEST
            .validating(FieldValidation.WARN)
            .create(definition("", "", ",'properties':{'a':{'type':'string','format':'x-y'}}"));

    assertThat(result)
        .isInstanceOfSatisfying(
            MutationResult.Stored.class,
            stored -> assertThat(stored.warnings()).containsExactly("unrecognized format \"x-y\""));
  }

  @Test
  void hostileSchemasAreRefusedAtOnce() {
    var deep =
        ",'properties':{'a':"
            + "{'type':'object','properties':{'a':".repeat(160)
            + "{'type':'object'}"
            + "}}".repeat(160)
            + "}";
    var pattern = ",'properties':{'a':{'type':'string','pattern':'(((a{900}){900}){900}){900}'}}";

    assertTimeoutPreemptively(
        ofSeconds(10),
        () -> {
          assertThat(wrong(definition("", "", deep))).contains("exceeded max depth of 300");
          assertThat(wrong(definition("", "", pattern)))
              .contains("must be a valid regular expression");
        });
  }
}
