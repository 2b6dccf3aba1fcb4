package dev.troupe.runtime.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionCountsTest {

  private static final TypeRef PODS = TypeRef.core("pods");
  private static final TypeRef SLICES = new TypeRef("discovery.k8s.io", "endpointslices");

  private final InMemoryEventStore store = new InMemoryEventStore(InstantSource.system());

  @Test
  void collectionHasOnePartitionUnlessItIsNamed() {
    var placement = placement("pods = 8, \"endpointslices.discovery.k8s.io\" = 3");

    assertThat(placement.partitions(PODS)).hasSize(8);
    assertThat(placement.partitions(SLICES)).hasSize(3);
    assertThat(placement.partitions(TypeRef.core("nodes"))).hasSize(1);
  }

  @Test
  void propertyNamesATypeOfAGroup() {
    var properties = new Properties();
    properties.setProperty("troupe.runtime.partitions.endpointslices.discovery.k8s.io", "3");
    var config =
        ConfigFactory.parseProperties(properties).withFallback(ConfigFactory.defaultReference());

    assertThat(PartitionCounts.from(config).named()).isEqualTo(Map.of(SLICES, 3));
  }

  @Test
  void anotherDefaultChangesNothingThatIsStored() {
    placement("default = 2, pods = 8");

    var placement = placement("default = 5");

    assertThat(placement.partitions(PODS)).hasSize(8);
    assertThat(placement.partitions(SLICES)).hasSize(2);
  }

  @Test
  void countForWhatIsNewChangesNothingThatIsStored() {
    placement("unless-stored { pods = 12, endpointslices.discovery.k8s.io = 3 }");

    var placement = placement("unless-stored { pods = 8 }");

    assertThat(placement.partitions(PODS)).hasSize(12);
    assertThat(placement.partitions(SLICES)).hasSize(3);
  }

  @Test
  void anotherCountThanTheStoredOneIsRefused() {
    placement("pods = 8");
    placement("pods = 8");

    assertThatThrownBy(() -> placement("pods = 12"))
        .hasMessage(
            "troupe.runtime.partitions wants 12 for pods, and the stored count is 8: what is stored"
                + " lies where that count has put it. Set it to 8, or leave it out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"podz = 2", "unless-stored { podz = 2 }"})
  void typeThatIsNotThereIsRefused(String settings) {
    assertThatThrownBy(() -> placement(settings))
        .hasMessage("troupe.runtime.partitions names podz, and there is no such type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"default = 0", "pods = 257", "unless-stored { pods = 0 }"})
  void countOutsideOfItsRangeIsRefused(String settings) {
    assertThatThrownBy(() -> placement(settings)).hasMessageEndingWith("it must be from 1 to 256");
  }

  @Test
  void formerNameIsRefusedWithTheNewOne() {
    var config =
        ConfigFactory.parseString("troupe.runtime.partitions-per-collection = 3")
            .withFallback(ConfigFactory.defaultReference());

    assertThatThrownBy(() -> PartitionCounts.from(config))
        .hasMessage(
            "troupe.runtime.partitions-per-collection is now called"
                + " troupe.runtime.partitions.default");
  }

  private Placement placement(String settings) {
    var config =
        ConfigFactory.parseString("troupe.runtime.partitions { " + settings + " }")
            .withFallback(ConfigFactory.defaultReference());
    return PartitionCounts.from(config).placement(ResourceRegistry.standard(), store);
  }
}
