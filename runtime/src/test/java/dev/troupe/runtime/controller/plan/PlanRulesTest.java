package dev.troupe.runtime.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.controller.view.Sight;
import dev.troupe.runtime.controller.view.Types;
import dev.troupe.runtime.resource.StoredResource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Which plans are refused as a whole, and what is said about them.
class PlanRulesTest {

  private record Ring(String id, int times) implements Activity {}

  private static final ResourceKey KEY =
      new ResourceKey(TypeRef.core("configmaps"), "default", "main");
  private static final ResourceKey CHILD =
      new ResourceKey(TypeRef.core("configmaps"), "default", "a");
  private static final int MANY = 5_001;

  private final PlanWriter writer =
      new PlanWriter(new Types(ResourceRegistry.standard()), Set.of(KEY.type()));

  static Stream<Arguments> senseless() {
    var nothing = Plan.nothing();
    return Stream.of(
        plan(
            nothing.own(child("default", "a")).own(child("default", "a")),
            "own configmaps/default/a and own it, as two objects of one name: plan one of them"),
        plan(
            nothing.own(child("default", "a")).apply(child("default", "a")),
            "own configmaps/default/a and apply it"),
        plan(
            nothing.own(child("default", "a")).delete(CHILD, null),
            "own configmaps/default/a and delete it, which exclude each other"),
        plan(
            nothing.delete(CHILD, null).own(child("default", "a")),
            "delete configmaps/default/a and own it, which exclude each other"),
        plan(
            nothing.status(Map.of("a", 1)).status(Map.of("a", 2)),
            "write the status of configmaps/default/main and write the status of it, twice"),
        plan(nothing.delete(CHILD, "u1").delete(CHILD, "u2"), "as two objects"),
        plan(
            patch(nothing, Map.of("data", Map.of("k", "1")))
                .write(patch(Map.of("data", Map.of("k", "2")))),
            "patch configmaps/default/a and patch it, with two values of .data.k"),
        plan(nothing.own(child("default", null)), "own a ConfigMap without a name"),
        plan(nothing.own(child("other", "a")), "configmaps/other/a, which is in another namespace"),
        plan(
            nothing.own(
                new NamespaceBuilder().withNewMetadata().withName("n").endMetadata().build()),
            "namespaces/n, which is in no namespace"),
        plan(
            nothing.timer("t", Duration.ofSeconds(1)).timer("t", Duration.ofSeconds(2)),
            "sets the timer t to PT1S and to PT2S: give one another name"),
        plan(
            nothing.call(new Ring("bell", 1)).call(new Ring("bell", 2)),
            "calls two activities Ring/bell that differ: give one another id"),
        plan(
            nothing.call(new Ring("bell", 1)).abandon(new Ring("bell", 1)),
            "calls the activity Ring/bell and abandons it"),
        plan(many(), "has 5001 writes, and may have 5000: do the rest in the next reconcile"),
        plan(huge(), "would write more than 32 MiB at once: write less"));
  }

  @ParameterizedTest
  @MethodSource("senseless")
  void planThatMakesNoSenseIsRefusedWithASentence(Plan plan, String sentence) {
    assertThatThrownBy(() -> changing(plan)).hasMessageContaining(sentence);
  }

  @Test
  void whatDoesNotContradictItselfGoesTogether() {
    var plan =
        patch(Plan.nothing(), Map.of("data", Map.of("k", "1")))
            .write(patch(Map.of("data", Map.of("l", "2"))))
            .delete(CHILD, "u")
            .delete(CHILD, "u")
            .status(Map.of("a", 1))
            .timer("t", Duration.ofSeconds(1))
            .timer("t", Duration.ofSeconds(1))
            .call(new Ring("bell", 1))
            .call(new Ring("bell", 1));

    assertThat(changing(plan)).hasSize(5);
  }

  @Test
  void childWithoutNamespaceIsInThatOfItsOwner() {
    var plan = Plan.nothing().own(child(null, "a"));
    var write =
        writer.write(
            changing(plan).getFirst(), 0, subject(), Sight.NOTHING, Map.of(), StampFixture.ANY);

    assertThat(write.key()).isEqualTo(CHILD);
  }

  private List<Write> changing(Plan plan) {
    return writer.changing(plan, subject(), Sight.NOTHING, Instant.EPOCH);
  }

  private static Arguments plan(Plan plan, String sentence) {
    return Arguments.of(plan, sentence);
  }

  private static Plan patch(Plan plan, Map<String, @Nullable Object> patch) {
    return plan.write(patch(patch));
  }

  private static Write patch(Map<String, @Nullable Object> patch) {
    return new Write.Patch(CHILD, "", patch, null, null);
  }

  private static Plan many() {
    var plan = Plan.nothing();
    return plan.withWrites(
        Stream.<Write>generate(
                () -> new Write.Delete(CHILD, null, null, null, Plan.Propagation.BACKGROUND))
            .limit(MANY)
            .toList());
  }

  private static Plan huge() {
    var text = "x".repeat(1 << 20);
    return Plan.nothing()
        .withWrites(
            Stream.iterate(0, i -> i + 1)
                .limit(33)
                .<Write>map(i ->
                    new Write.Own(
                        new ConfigMapBuilder((ConfigMap) child("default", "a" + i))
                            .addToData("text", text)
                            .build()))
                .toList());
  }

  private static HasMetadata child(@Nullable String namespace, @Nullable String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .build();
  }

  private static Subject subject() {
    var json =
        """
        {"apiVersion":"v1","kind":"ConfigMap",
         "metadata":{"name":"main","namespace":"default","uid":"u","resourceVersion":"100"}}\
        """;
    return Subject.of(
        new StoredResource(
            KEY, "u", 100, json.getBytes(StandardCharsets.UTF_8), Map.of(), Map.of(), List.of()));
  }

  private static final class StampFixture {
    static final Stamp ANY =
        new Stamp(
            "d",
            dev.troupe.runtime.store.WriteCause.controller("test", "created", KEY, 100),
            "test",
            Instant.EPOCH);
  }
}
