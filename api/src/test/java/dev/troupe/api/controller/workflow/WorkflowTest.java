package dev.troupe.api.controller.workflow;

import static dev.troupe.api.controller.workflow.Dependent.require;
import static dev.troupe.api.controller.workflow.Readiness.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a workflow comes to, by what is seen.
class WorkflowTest {

  private static final Workflow WORKFLOW =
      Workflow.first(require(secret("password")))
          .then(
              require(map("database", ""), when(WorkflowTest::isUp, "it does not run yet")),
              require(map("cache", ""), when(WorkflowTest::isUp, "it does not run yet")))
          .then(require(map("app", "")));

  private final List<HasMetadata> seen = new ArrayList<>();

  @Test
  void stageComesWhenAllBeforeItIsReady() {
    assertThat(owned(plan())).containsExactly("password");
    assertThat(plan().waits())
        .containsExactly(new Plan.Wait("Secret/password", "it is not there yet"));

    see(secret("password"));
    assertThat(owned(plan())).containsExactly("password", "database", "cache");

    see(secret("password"), map("database", "up"), map("cache", ""));
    assertThat(owned(plan())).containsExactly("password", "database", "cache");
    assertThat(plan().waits())
        .containsExactly(new Plan.Wait("ConfigMap/cache", "it does not run yet"));

    see(secret("password"), map("database", "up"), map("cache", "up"), map("app", ""));
    assertThat(owned(plan())).containsExactly("password", "database", "cache", "app");
    assertThat(plan().waits()).isEmpty();
    assertThat(WORKFLOW.isReady(new Seen())).isTrue();
  }

  @Test
  void whatIsThereStaysWhenSomethingBeforeItIsNotReadyAnyMore() {
    see(secret("password"), map("database", ""), map("cache", "up"), map("app", ""));

    var plan = plan();

    assertThat(owned(plan)).doesNotContain("app");
    assertThat(plan.kept()).extracting(kept -> kept.getMetadata().getName()).containsExactly("app");
    assertThat(WORKFLOW.isReady(new Seen())).isFalse();
  }

  @Test
  void deletionTakesThemDownInReverse() {
    see(secret("password"), map("database", "up"), map("cache", "up"), map("app", ""));
    assertThat(deleted(end())).containsExactly("app");
    assertThat(end().waits()).containsExactly(new Plan.Wait("ConfigMap/app", "it is not gone yet"));
    assertThat(end().releases()).isFalse();

    see(secret("password"), map("database", "up"), map("cache", "up"));
    assertThat(deleted(end())).containsExactly("database", "cache");

    see(secret("password"), going(map("database", "")));
    assertThat(deleted(end())).isEmpty();
    assertThat(end().waits()).hasSize(1);

    see(secret("password"));
    assertThat(deleted(end())).containsExactly("password");

    see();
    assertThat(end().releases()).isTrue();
    assertThat(end().writes()).isEmpty();
  }

  @Test
  void nothingWithoutAName() {
    assertThatThrownBy(
            () -> require(new ConfigMapBuilder().withNewMetadata().endMetadata().build()))
        .hasMessage("a ConfigMap of a workflow has no name: name it after the object");
  }

  private Plan plan() {
    return WORKFLOW.plan(map("main", ""), new Seen());
  }

  private Plan end() {
    return WORKFLOW.plan(going(map("main", "")), new Seen());
  }

  private void see(HasMetadata... objects) {
    seen.clear();
    seen.addAll(Arrays.asList(objects));
  }

  private static List<String> owned(Plan plan) {
    return plan.writes().stream()
        .filter(Plan.Write.Own.class::isInstance)
        .map(write -> ((Plan.Write.Own) write).object().getMetadata().getName())
        .toList();
  }

  private static List<String> deleted(Plan plan) {
    return plan.writes().stream()
        .filter(Plan.Write.Delete.class::isInstance)
        .map(write -> ((Plan.Write.Delete) write).key().name())
        .toList();
  }

  private static boolean isUp(ConfigMap map) {
    return "up".equals(map.getData().get("state"));
  }

  private static ConfigMap map(String name, String state) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .addToData("state", state)
        .build();
  }

  private static Secret secret(String name) {
    return new SecretBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  private static ConfigMap going(ConfigMap map) {
    return new ConfigMapBuilder(map)
        .editMetadata()
        .withDeletionTimestamp("2026-01-01T00:00:00Z")
        .endMetadata()
        .build();
  }

  private final class Seen implements View {

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public <T extends HasMetadata> List<T> list(Class<T> type) {
      return seen.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public <T extends HasMetadata> Optional<T> get(Class<T> type, String name) {
      return list(type).stream()
          .filter(object -> object.getMetadata().getName().equals(name))
          .findFirst();
    }

    @Override
    public Optional<Instant> timer(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<String> result(Activity activity) {
      return Optional.empty();
    }
  }
}
