package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.refusal;
import static dev.troupe.resources.mutation.decision.Given.request;
import static dev.troupe.resources.mutation.decision.Given.storeOwned;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Who owns what after writes of all sorts, and what server-side apply makes of it.
class OwnershipTest {

  private static final Given.Request MAP = request("configmaps", "v1");
  private static final Given.Request DEPLOYMENT = request("deployments.apps", "apps/v1");

  private static ObjectNode apply(
      Given.Request request, @Nullable ObjectNode current, String object) {
    return storeOwned(request.apply(current, new Mutation.Apply(map(object), false)));
  }

  private static ObjectNode force(Given.Request request, ObjectNode current, String object) {
    return storeOwned(request.apply(current, new Mutation.Apply(map(object), true)));
  }

  private static ObjectNode create(Given.Request request, String object) {
    return storeOwned(request.apply(null, new Mutation.Create(map(object))));
  }

  /// A config map in few words: its data, and labels before a bar.
  private static ObjectNode map(String text) {
    if (text.startsWith("{")) {
      return Given.object(text);
    }
    int bar = text.indexOf('|');
    var labels = bar < 0 ? "" : "'labels':{" + text.substring(0, bar) + "},";
    return Given.object(
        "{'apiVersion':'v1','kind':'ConfigMap','metadata':{"
            + labels
            + "'name':'web'},'data':{"
            + text.substring(bar + 1)
            + "}}");
  }

  private static String data(ObjectNode object) {
    return object.path("data").toString().replace('"', '\'');
  }

  /// Each owner in a line: name, operation, subresource, fields.
  private static List<String> owners(ObjectNode object) {
    var owners = new ArrayList<String>();
    for (JsonNode entry : object.at("/metadata/managedFields")) {
      assertThat(entry.path("fieldsType").asString()).isEqualTo("FieldsV1");
      var subresource = entry.path("subresource").asString("");
      owners.add(
          entry.path("manager").asString()
              + " "
              + entry.path("operation").asString()
              + (subresource.isEmpty() ? "" : "/" + subresource)
              + " "
              + entry.path("fieldsV1").toString().replace("\"", "").replace(":{}", ""));
    }
    return owners;
  }

  @Test
  void whoCreatesOwnsAllButWhatTheServerGives() {
    var map = create(MAP.as("me"), "'app':'web'|'a':'1'");

    assertThat(map.at("/metadata/managedFields"))
        .isEqualTo(
            Given.json(
                """
                [{'manager':'me','operation':'Update','apiVersion':'v1','time':'2026-11-23T12:00:00Z',
                  'fieldsType':'FieldsV1','fieldsV1':{'f:data':{'.':{},'f:a':{}},
                   'f:metadata':{'f:labels':{'.':{},'f:app':{}}}}}]\
                """));
    assertThat(owners(create(MAP, "'a':'1'"))).containsExactly("unknown Update {f:data:{.,f:a}}");
  }

  @Test
  void theCreatorOfADeploymentOwnsItsDefaultsAsInKubernetes() {
    var web = create(DEPLOYMENT.as("kubectl-create"), CreationRulesTest.WEB);

    assertThat(owners(web))
        .containsExactly(
            "kubectl-create Update"
                + " {f:spec:{f:progressDeadlineSeconds,f:replicas,f:revisionHistoryLimit,"
                + "f:selector,f:strategy:{f:rollingUpdate:{.,f:maxSurge,f:maxUnavailable},f:type},"
                + "f:template:{f:metadata:{f:labels:{.,f:app}},f:spec:{f:containers:{k:{\\name\\:\\main\\}:{.,"
                + "f:image,f:imagePullPolicy,f:name,f:resources,f:terminationMessagePath,f:terminationMessagePolicy}},"
                + "f:dnsPolicy,f:restartPolicy,f:schedulerName,f:securityContext,f:terminationGracePeriodSeconds}}}}");
  }

  @Test
  void whoChangesAFieldOwnsItAlone() {
    var map = create(MAP.as("a"), "'x':'1','y':'1'");
    var changed = storeOwned(MAP.as("b").patch(map, PatchType.MERGE, "{'data':{'y':'2','z':'1'}}"));

    assertThat(owners(changed))
        .containsExactly("a Update {f:data:{.,f:x}}", "b Update {f:data:{f:y,f:z}}");
    var gone = storeOwned(MAP.as("c").patch(changed, PatchType.MERGE, "{'data':{'z':null}}"));
    assertThat(owners(gone))
        .containsExactly("a Update {f:data:{.,f:x}}", "b Update {f:data:{f:y}}");
  }

  @Test
  void writingWhatIsThereChangesNoOwner() {
    var map = create(MAP.as("a"), "'x':'1'");

    assertThat(MAP.as("b").patch(map, PatchType.MERGE, "{'data':{'x':'1'}}"))
        .isInstanceOf(MutationResult.Unchanged.class);
    assertThat(MAP.as("b").apply(map, new Mutation.Update(map)))
        .isInstanceOf(MutationResult.Unchanged.class);
  }

  @Test
  void theStatusIsOwnedBesideTheRest() {
    var web = create(DEPLOYMENT.as("me"), CreationRulesTest.WEB);
    var status = DEPLOYMENT.as("kube-controller-manager").at("status");
    var observed =
        storeOwned(
            status.patch(
                web,
                PatchType.MERGE,
                "{'metadata':{'annotations':{'x':'y'}},'spec':{'replicas':5},'status':{'replicas':1}}"));

    assertThat(owners(observed))
        .containsExactly(
            "kube-controller-manager Update/status"
                + " {f:metadata:{f:annotations:{.,f:x}},f:status:{f:replicas}}",
            owners(web).getFirst());
  }

  @Test
  void scalingOwnsTheReplicas() {
    var web = create(DEPLOYMENT.as("me"), CreationRulesTest.WEB);
    var scaled =
        storeOwned(
            DEPLOYMENT
                .as("kubectl")
                .at("scale")
                .patch(web, PatchType.MERGE, "{'spec':{'replicas':3}}"));

    assertThat(owners(scaled)).contains("kubectl Update/scale {f:spec:{f:replicas}}");
    assertThat(owners(scaled).getLast()).doesNotContain("f:replicas,");
    var applied =
        DEPLOYMENT
            .as("scaler")
            .at("scale")
            .apply(
                scaled,
                new Mutation.Apply(
                    Given.object(
                        "{'apiVersion':'autoscaling/v1','kind':'Scale','metadata':{'name':'web'},'spec':{'replicas':4}}"),
                    true));
    assertThat(storeOwned(applied).at("/spec/replicas").asInt()).isEqualTo(4);
    assertThat(owners(storeOwned(applied)))
        .contains("scaler Apply/scale {f:spec:{f:replicas}}")
        .noneMatch(owner -> owner.startsWith("kubectl"));
  }

  @Test
  void whatIsAppliedIsCreatedAndOwnedAsItWasSaid() {
    var web =
        storeOwned(
            DEPLOYMENT.as("me").apply(null, new Mutation.Apply(map(CreationRulesTest.WEB), false)));

    assertThat(web.at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(owners(web))
        .containsExactly(
            "me Apply {f:spec:{f:selector,f:template:{f:metadata:{f:labels:{f:app}},"
                + "f:spec:{f:containers:{k:{\\name\\:\\main\\}:{.,f:image,f:name}}}}}}");
    assertThat(
            DEPLOYMENT.as("me").apply(web, new Mutation.Apply(map(CreationRulesTest.WEB), false)))
        .isInstanceOf(MutationResult.Unchanged.class);
  }

  @Test
  void aFieldGoesWithItsLastOwner() {
    var first = apply(MAP.as("a"), null, "'x':'1','y':'1'");
    var both = apply(MAP.as("b"), first, "'y':'1'");
    assertThat(owners(both))
        .containsExactlyInAnyOrder("a Apply {f:data:{f:x,f:y}}", "b Apply {f:data:{f:y}}");

    var left = apply(MAP.as("a"), both, "'z':'1'");
    assertThat(data(left)).isEqualTo("{'y':'1','z':'1'}");
    var alone = apply(MAP.as("b"), left, "{'apiVersion':'v1','kind':'ConfigMap'}");
    assertThat(data(alone)).isEqualTo("{'z':'1'}");
    assertThat(owners(alone)).containsExactly("a Apply {f:data:{f:z}}");
  }

  @Test
  void whatAnotherOwnsOtherwiseIsAConflict() {
    var map = create(MAP.as("kubectl-edit"), "'x':'1','y':'1','z':'1'");
    var one = refusal(MAP.as("b").apply(map, new Mutation.Apply(map("'x':'2'"), false)));

    assertThat(one.code()).isEqualTo(409);
    assertThat(one.message())
        .isEqualTo(
            "Apply failed with 1 conflict: conflict with \"kubectl-edit\" using v1: .data.x");
    var two =
        refusal(MAP.as("b").apply(map, new Mutation.Apply(map("'x':'2','y':'2','z':'1'"), false)));
    assertThat(two.message())
        .isEqualTo(
            """
            Apply failed with 2 conflicts: conflicts with "kubectl-edit" using v1:
            - .data.x
            - .data.y\
            """);
    assertThat(requireNonNull(two.details()).causes())
        .extracting(FieldCause::field, FieldCause::message)
        .containsExactly(
            tuple(".data.x", "conflict with \"kubectl-edit\" using v1"),
            tuple(".data.y", "conflict with \"kubectl-edit\" using v1"));

    var taken = force(MAP.as("b"), map, "'x':'2','y':'2'");
    assertThat(owners(taken))
        .containsExactly("b Apply {f:data:{f:x,f:y}}", "kubectl-edit Update {f:data:{.,f:z}}");
  }

  @Test
  void anUpdateTakesFromWhoHasApplied() {
    var map = apply(MAP.as("a"), null, "'x':'1','y':'1'");
    var edited = storeOwned(MAP.as("e").patch(map, PatchType.MERGE, "{'data':{'x':'2'}}"));

    assertThat(owners(edited)).containsExactly("a Apply {f:data:{f:y}}", "e Update {f:data:{f:x}}");
    assertThat(data(apply(MAP.as("a"), edited, "'z':'1'"))).isEqualTo("{'x':'2','z':'1'}");
    assertThat(refusal(MAP.as("a").apply(edited, new Mutation.Apply(map("'x':'1'"), false))).code())
        .isEqualTo(409);
  }

  @Test
  void anEmptyListOfOwnersOrAnEmptyOwnerClearsThem() {
    var map = create(MAP.as("a"), "'x':'1'");
    for (var none : List.of("[]", "[{}]")) {
      var cleared =
          storeOwned(
              MAP.patch(map, PatchType.MERGE, "{'metadata':{'managedFields':" + none + "}}"));
      assertThat(cleared.at("/metadata").has("managedFields")).as(none).isFalse();
      var changed = storeOwned(MAP.as("b").patch(cleared, PatchType.MERGE, "{'data':{'x':'2'}}"));
      assertThat(changed.at("/metadata").has("managedFields")).isFalse();
      var applied = apply(MAP.as("b"), changed, "'y':'2'");
      assertThat(owners(applied))
          .containsExactly("b Apply {f:data:{f:y}}", "before-first-apply Update {f:data:{.,f:x}}");
    }
    assertThat(MAP.patch(map, PatchType.MERGE, "{'metadata':{'managedFields':null}}"))
        .isInstanceOf(MutationResult.Unchanged.class);
  }

  @Test
  void ownersThatAreSentReplaceThoseThatAreThere() {
    var map = create(MAP.as("a"), "'x':'1'");
    var moved =
        "{'metadata':{'managedFields':[{'manager':'b','operation':'Apply','apiVersion':'v1','fieldsType':'FieldsV1','fieldsV1':{'f:data':{'f:x':{}}}}]}}";

    assertThat(owners(storeOwned(MAP.patch(map, PatchType.MERGE, moved))))
        .containsExactly("b Apply {f:data:{f:x}}");
    assertThat(MAP.patch(map, PatchType.MERGE, moved.replace("'Apply'", "'apply'")))
        .isInstanceOf(MutationResult.Unchanged.class);
  }

  @Test
  void manyWhoUpdateBecomeAncient() {
    var map = create(MAP.as("m0"), "'x':'0'");
    for (int i = 1; i < 14; i++) {
      map = storeOwned(MAP.as("m" + i).patch(map, PatchType.MERGE, "{'data':{'f" + i + "':'1'}}"));
    }

    assertThat(owners(map)).hasSize(10);
    assertThat(owners(map))
        .anyMatch(owner -> owner.startsWith("ancient-changes Update {f:data:{.,"));
  }

  @Test
  void whatDoesNotFitIsNotApplied() {
    for (var wrong :
        List.of(
            "{'apiVersion':'v1','kind':'ConfigMap','dada':{}}|failed to create typed patch object"
                + " (default/web; v1, Kind=ConfigMap): .dada: field not declared in schema",
            "{'apiVersion':'v2','kind':'ConfigMap'}|invalid object type: v2, Kind=ConfigMap",
            "{'kind':'ConfigMap'}|invalid object type: , Kind=ConfigMap",
            "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'managedFields':[]}}|metadata.managedFields"
                + " must be nil")) {
      int bar = wrong.indexOf('|');
      var refusal =
          refusal(MAP.as("a").apply(null, new Mutation.Apply(map(wrong.substring(0, bar)), false)));
      assertThat(refusal.code()).isEqualTo(400);
      assertThat(refusal.message()).isEqualTo(wrong.substring(bar + 1));
    }
  }

  @Test
  void aVersionThatIsNotTheStoredOneIsAConflict() {
    var map = apply(MAP.as("a"), null, "'x':'1'");
    var stale = map("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'resourceVersion':'6'}}");

    assertThat(refusal(MAP.as("a").apply(map, new Mutation.Apply(stale, false))).code())
        .isEqualTo(409);
  }

  /// So operators say that they create and take nothing over.
  @Test
  void aVersionIsNoObstacleWhereThereIsNothing() {
    var made =
        apply(
            MAP.as("a"),
            null,
            "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'web','resourceVersion':'1'},'data':{'x':'1'}}");

    assertThat(data(made)).isEqualTo("{'x':'1'}");
  }

  @Test
  void kubectlGoesOnFromWhatItHasApplied() {
    var noted =
        "{\\\"apiVersion\\\":\\\"v1\\\",\\\"data\\\":{\\\"x\\\":\\\"1\\\"},\\\"kind\\\":\\\"ConfigMap\\\",\\\"metadata\\\":{\\\"name\\\":\\\"web\\\"}}";
    var before =
        create(
            MAP.as("kubectl-client-side-apply"),
            "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'web','annotations':{'kubectl.kubernetes.io/last-applied-configuration':'"
                + noted
                + "'}},'data':{'x':'1'}}");
    var after = apply(MAP.as("kubectl"), before, "'x':'2'");

    assertThat(data(after)).isEqualTo("{'x':'2'}");
    assertThat(
            after
                .at("/metadata/annotations")
                .path("kubectl.kubernetes.io/last-applied-configuration")
                .asString())
        .isEqualTo(
            "{\"apiVersion\":\"v1\",\"data\":{\"x\":\"2\"},\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"web\"}}\n");
    assertThat(
            refusal(MAP.as("other").apply(before, new Mutation.Apply(map("'x':'2'"), false)))
                .code())
        .isEqualTo(409);
  }
}
