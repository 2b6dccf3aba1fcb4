package dev.troupe.resources.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.registry.ResourceRegistry;
import org.junit.jupiter.api.Test;

class ConformerPropertiesTest {

  @Test
  void randomObjectsOfEveryKindConformOnceAndForAll() {
    var random = new RandomObjects(Schemas.standard(), 20);
    for (var type : ResourceRegistry.standard().all()) {
      for (int i = 0; i < 100; i++) {
        var schema = type.storage().schemaType();
        var object = random.object(schema);
        var before = object.deepCopy();

        var once = Conformer.standard().conform(object, schema);

        assertThat(once.typeErrors()).isEmpty();
        assertThat(once.unknownFields()).isEmpty();
        assertThat(object).isEqualTo(before);
        assertThat(Conformer.standard().conform(once.object(), schema).object())
            .isEqualTo(once.object());
      }
    }
  }
}
