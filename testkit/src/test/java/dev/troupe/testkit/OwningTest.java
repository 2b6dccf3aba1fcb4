package dev.troupe.testkit;

import static dev.troupe.api.controller.workflow.Dependent.require;
import static dev.troupe.api.controller.workflow.Readiness.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.View;
import dev.troupe.api.controller.settings.ControllerSettings;
import dev.troupe.api.controller.workflow.Workflow;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What a controller owns, all of it: what it does not plan any more goes, and nothing else.
class OwningTest {

  private static final int SCHEDULES = Integer.getInteger("troupe.schedules", 200) / 10;

  @Test
  void childThatIsNotPlannedAnyMoreGoes() {
    try (var world = World.of(new Site(OwningTest::numbered))) {
      world.apply(site(3)).settle();
      assertThat(names(world.list(ConfigMap.class))).containsExactly("m0", "m1", "m2");

      world.apply(site(1)).settle();

      assertThat(names(world.list(ConfigMap.class))).containsExactly("m0");
      assertThat(names(world.list(Secret.class))).containsExactly("s");
      world.verify();
    }
  }

  @Test
  void planThatOwnsNothingDeletesNothingUnlessItSaysSo() {
    var keeping = Plan.nothing().prune().keep(Site.map("m", Map.of()));
    var plans = List.of(plan(Map.of()), Plan.nothing(), keeping, Plan.nothing().prune());
    try (var world = World.of(new Site((site, _) -> plans.get(site.getSpec().getReplicas() - 1)))) {
      for (int i = 1; i <= 3; i++) {
        world.apply(site(i)).settle();
        assertThat(names(world.list(ConfigMap.class))).containsExactly("m");
      }

      world.apply(site(4)).settle();
      assertThat(world.list(ConfigMap.class)).isEmpty();
      world.verify();
    }
  }

  @Test
  void whatBelongsToSomebodyElseStays() {
    try (var world = World.of(new Site(OwningTest::numbered))) {
      world.apply(site(1)).settle();
      var foreign = new ConfigMapBuilder(Site.map("foreign", Map.of("a", "b")));
      foreign.editMetadata().withNamespace("default").endMetadata();
      world.apply(foreign.build());

      world.apply(site(2)).settle();

      assertThat(names(world.list(ConfigMap.class))).containsExactly("foreign", "m0", "m1");
      world.verify();
    }
  }

  @Test
  void objectOfThatNameIsNotTakenFromWhoeverHasIt() {
    try (var world = World.of(new Site(OwningTest::numbered))) {
      var taken = new ConfigMapBuilder(Site.map("m0", Map.of("a", "b")));
      taken.editMetadata().withNamespace("default").endMetadata();
      world.apply(taken.build());

      world.apply(site(1)).settle();

      assertThat(world.list(ConfigMap.class))
          .singleElement()
          .satisfies(map -> assertThat(map.getMetadata().getOwnerReferences()).isEmpty());
      var retry = world.remembered("site", Keys.deployment("web")).orElseThrow().retry();
      assertThat(retry).isNotNull();
      assertThat(String.valueOf(retry))
          .contains("configmaps/default/m0 is there already and belongs to somebody else");
    }
  }

  @Test
  void fieldThatIsNotPlannedAnyMoreGoesAndThatOfAnotherStays() {
    var before = Map.of("mine", "1", "old", "2");
    var after = Map.of("mine", "1");
    try (var world =
        World.of(new Site((site, _) -> plan(site.getSpec().getReplicas() == 1 ? before : after)))) {
      world.apply(site(1)).settle();
      world.update(
          ConfigMap.class,
          "default",
          "m",
          map -> new ConfigMapBuilder(map).addToData("theirs", "3").build());

      world.apply(site(2)).settle();

      var map = world.get(ConfigMap.class, "default", "m").orElseThrow();
      assertThat(map.getData()).isEqualTo(Map.of("mine", "1", "theirs", "3"));
      var version = map.getMetadata().getResourceVersion();
      world.apply(site(3)).settle().crash().settle();
      assertThat(world.get(ConfigMap.class, "default", "m").orElseThrow().getMetadata())
          .satisfies(now -> assertThat(now.getResourceVersion()).isEqualTo(version));
      world.verify();
    }
  }

  @Test
  void onlyWhatIsPlannedIsLeftWhateverCrashes() {
    for (long seed = 0; seed < SCHEDULES; seed++) {
      try (var world = World.builder().with(new Site(OwningTest::numbered)).seed(seed).start()) {
        var random = new Random(seed);
        int wanted = 0;
        for (int i = 0; i < 10; i++) {
          wanted = random.nextInt(4);
          world.apply(site(wanted)).steps(random.nextInt(40));
          if (random.nextBoolean()) {
            world.crash().steps(random.nextInt(10));
          }
        }
        world.settle();
        assertThat(world.list(ConfigMap.class)).as("seed " + seed).hasSize(wanted);
        world.verify();
      }
    }
  }

  @Test
  void workflowComesUpInOrderAndGoesInReverseWhateverCrashes() {
    for (long seed = 0; seed < SCHEDULES; seed++) {
      var site = new Site(OwningTest::workflow, "test.troupe.dev/site", ControllerSettings.DEFAULT);
      try (var world = World.builder().with(site).seed(seed).start()) {
        world.apply(site(1)).steps(7).crash().settle();
        assertThat(names(world.list(Secret.class))).containsExactly("password");
        assertThat(names(world.list(ConfigMap.class))).containsExactly("database");
        assertThat(world.waits(site(1)))
            .containsExactly(new Plan.Wait("ConfigMap/database", "it does not run yet"));

        run(world, "up").crash().settle();
        assertThat(names(world.list(ConfigMap.class))).containsExactly("app", "database");

        run(world, "down").settle();
        assertThat(names(world.list(ConfigMap.class))).containsExactly("app", "database");

        world.delete(site(1)).steps(11).crash().settle();
        assertThat(world.list(ConfigMap.class)).isEmpty();
        assertThat(world.list(Secret.class)).isEmpty();
        assertThat(world.list(Deployment.class)).isEmpty();
        world.verify();
      }
    }
  }

  private static World run(World world, String state) {
    return world.update(
        ConfigMap.class,
        "default",
        "database",
        map -> new ConfigMapBuilder(map).addToData("state", state).build());
  }

  private static Plan workflow(Deployment site, View view) {
    return Workflow.first(require(Site.secret("password")))
        .then(
            require(Site.map("database", Map.of()), when(OwningTest::isUp, "it does not run yet")))
        .then(require(Site.map("app", Map.of())))
        .plan(site, view);
  }

  private static boolean isUp(ConfigMap map) {
    return map.getData() != null && "up".equals(map.getData().get("state"));
  }

  /// As many config maps as there shall be replicas.
  private static Plan numbered(Deployment site, View view) {
    var plan = Plan.nothing().own(Site.secret("s"));
    for (int i = 0; i < site.getSpec().getReplicas(); i++) {
      plan = plan.own(Site.map("m" + i, Map.of("number", Integer.toString(i))));
    }
    return plan;
  }

  private static Plan plan(Map<String, String> data) {
    return Plan.nothing().own(Site.map("m", data));
  }

  private static Deployment site(int replicas) {
    return WorldScheduleTest.deployment("web", replicas);
  }

  private static List<String> names(List<? extends HasMetadata> objects) {
    return objects.stream().map(object -> object.getMetadata().getName()).toList();
  }
}
