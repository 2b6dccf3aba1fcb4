package dev.troupe.resources.codec.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.registry.ResourceRegistry;
import org.junit.jupiter.api.Test;

class MessageTypesTest {

  @Test
  void everyTypeThatIsServedCanBeSentAsProtobuf() {
    assertThat(ResourceRegistry.standard().all())
        .flatExtracting(type -> type.served())
        .extracting(served -> served.schemaType())
        .filteredOn(schema -> schema.startsWith("io.k8s."))
        .isNotEmpty()
        .allSatisfy(schema -> assertThat(MessageTypes.find(schema)).as(schema).isNotNull());
  }
}
