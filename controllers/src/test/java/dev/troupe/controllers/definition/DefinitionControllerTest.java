package dev.troupe.controllers.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.troupe.api.controller.PlatformActivity.SweepCollection;
import dev.troupe.testkit.World;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionCondition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefinitionControllerTest {

  private static final String GROUP = "stable.example.com";
  private static final String NOTHING = "{\"remaining\":{},\"finalizers\":{},\"failures\":[]}";
  private static final String SOMETHING =
      "{\"remaining\":{\"crontabs.stable.example.com\":1},"
          + "\"finalizers\":{\"example.com/f\":1},\"failures\":[]}";

  private final ArrayDeque<String> sweeps = new ArrayDeque<>();
  private final World world =
      World.builder()
          .with(
              new DefinitionController(group ->
                  group.equals("taken.example.com")
                      ? new TakenNames(Set.of("crontabs"), Set.of())
                      : TakenNames.NONE))
          .start()
          .answer(SweepCollection.class, _ -> sweeps.isEmpty() ? NOTHING : sweeps.poll());

  @Test
  void aDefinitionGetsItsNamesAndIsEstablished() {
    world.apply(definition(GROUP, "crontabs", "CronTab", "ct")).settle();

    var status = get("crontabs." + GROUP).getStatus();
    assertThat(status.getConditions())
        .extracting(
            CustomResourceDefinitionCondition::getType,
            CustomResourceDefinitionCondition::getStatus,
            CustomResourceDefinitionCondition::getReason,
            CustomResourceDefinitionCondition::getMessage)
        .containsExactly(
            tuple("NamesAccepted", "True", "NoConflicts", "no conflicts found"),
            tuple(
                "Established",
                "True",
                "InitialNamesAccepted",
                "the initial names have been accepted"));
    assertThat(status.getAcceptedNames().getPlural()).isEqualTo("crontabs");
    assertThat(status.getAcceptedNames().getListKind()).isEqualTo("CronTabList");
    assertThat(status.getStoredVersions()).containsExactly("v1");
    world.verify();
  }

  @Test
  void aNameThatAnotherHasIsNotAcceptedBeforeItIsFree() {
    world.apply(definition(GROUP, "crontabs", "CronTab", "ct")).settle();
    world.apply(definition(GROUP, "contracts", "Contract", "ct")).settle();

    assertThat(conditions("contracts." + GROUP))
        .containsExactly(
            "NamesAccepted False ShortNamesConflict \"ct\" is already in use",
            "Established False NotAccepted not all names are accepted");

    world.delete(get("crontabs." + GROUP)).settle();

    assertThat(conditions("contracts." + GROUP))
        .containsExactly(
            "NamesAccepted True NoConflicts no conflicts found",
            "Established True InitialNamesAccepted the initial names have been accepted");
    world.verify();
  }

  @Test
  void ofTwoThatComeAtOnceOneIsGivenTheName() {
    world
        .apply(definition(GROUP, "crontabs", "CronTab", "ct"))
        .apply(definition(GROUP, "contracts", "Contract", "ct"))
        .settle();

    assertThat(List.of(conditions("crontabs." + GROUP), conditions("contracts." + GROUP)))
        .containsExactlyInAnyOrder(
            List.of(
                "NamesAccepted True NoConflicts no conflicts found",
                "Established True InitialNamesAccepted the initial names have been accepted"),
            List.of(
                "NamesAccepted False ShortNamesConflict \"ct\" is already in use",
                "Established False NotAccepted not all names are accepted"));
    world.verify();
  }

  @Test
  void inGroupsOfKubernetesItIsSaidWhetherTheTypeWasApprovedOf() {
    var definition = definition("new.k8s.io", "crontabs", "CronTab", "ct");
    definition
        .getMetadata()
        .setAnnotations(Map.of("api-approved.kubernetes.io", "unapproved, a try"));
    world.apply(definition).settle();

    assertThat(conditions("crontabs.new.k8s.io"))
        .contains(
            "KubernetesAPIApprovalPolicyConformant False UnapprovedAnnotation not approved:"
                + " \"unapproved, a try\"");

    definition
        .getMetadata()
        .setAnnotations(Map.of("api-approved.kubernetes.io", "https://example.com/1"));
    world.apply(definition).settle();

    assertThat(conditions("crontabs.new.k8s.io"))
        .contains(
            "KubernetesAPIApprovalPolicyConformant True ApprovedAnnotation approved in"
                + " https://example.com/1");
  }

  @Test
  void whatIsThereWithoutADefinitionCannotBeDefined() {
    world.apply(definition("taken.example.com", "crontabs", "CronTab", "ct")).settle();

    assertThat(conditions("crontabs.taken.example.com"))
        .contains("NamesAccepted False PluralConflict \"crontabs\" is already in use");
  }

  @Test
  void aDeletedDefinitionGoesWhenNothingOfItsTypeRemains() {
    world.apply(definition(GROUP, "crontabs", "CronTab", "ct")).settle();
    sweeps.addAll(List.of(SOMETHING, SOMETHING));

    world.delete(get("crontabs." + GROUP)).settle();

    assertThat(conditions("crontabs." + GROUP))
        .contains(
            "Terminating True InstanceDeletionInProgress CustomResource deletion is in progress");
    world.advance(Duration.ofSeconds(5)).settle();
    assertThat(world.list(CustomResourceDefinition.class)).isEmpty();
    world.verify();
  }

  private List<String> conditions(String name) {
    return get(name).getStatus().getConditions().stream()
        .map(each ->
            String.join(" ", each.getType(), each.getStatus(), each.getReason(), each.getMessage()))
        .toList();
  }

  private CustomResourceDefinition get(String name) {
    return world.get(CustomResourceDefinition.class, "", name).orElseThrow();
  }

  private static CustomResourceDefinition definition(
      String group, String plural, String kind, String shortName) {
    return new CustomResourceDefinitionBuilder()
        .withNewMetadata()
        .withName(plural + "." + group)
        .endMetadata()
        .withNewSpec()
        .withGroup(group)
        .withScope("Namespaced")
        .withNewNames()
        .withPlural(plural)
        .withSingular(kind.toLowerCase(Locale.ROOT))
        .withKind(kind)
        .withListKind(kind + "List")
        .withShortNames(shortName)
        .endNames()
        .addNewVersion()
        .withName("v1")
        .withServed(true)
        .withStorage(true)
        .withNewSchema()
        .withNewOpenAPIV3Schema()
        .withType("object")
        .endOpenAPIV3Schema()
        .endSchema()
        .endVersion()
        .endSpec()
        .build();
  }
}
