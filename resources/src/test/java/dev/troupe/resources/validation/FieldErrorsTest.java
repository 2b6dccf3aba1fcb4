package dev.troupe.resources.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class FieldErrorsTest {

  private static final Path PATH = Path.METADATA.child("labels");
  private static final int FITS = 1024 * 1024;

  @Test
  void oneValueIsSaidWhole() {
    var errors = new FieldErrors();

    errors.invalid(PATH, "x".repeat(FITS / 2), "too odd");

    assertThat(errors.all().getFirst().body())
        .startsWith("Invalid value: \"xxx")
        .endsWith("xxx\": too odd");
  }

  @Test
  void valuesThatNoLongerFitAreLeftOutAndThenNothingIsSaid() {
    var errors = new FieldErrors();
    var value = "x".repeat(FITS / 3);

    for (int i = 0; i < 100; i++) {
      errors.invalid(PATH, value, "too odd");
    }

    assertThat(errors.all().size()).isEqualTo(3);
    assertThat(errors.all().getLast().body()).isEqualTo("Invalid value: too odd");
  }

  @Test
  void valuesThatAreNotSaidAreNotWritten() {
    var errors = new FieldErrors();
    var written = new AtomicInteger();
    var value =
        new Object() {
          @Override
          public String toString() {
            written.incrementAndGet();
            return "x".repeat(FITS);
          }
        };

    for (int i = 0; i < 100; i++) {
      errors.invalid(PATH, value, "too odd");
    }

    assertThat(written).hasValue(1);
  }

  /// Each of the controllers is wrong with the whole list.
  @Test
  void manyControllersTakeNoMoreRoomThanFew() {
    var metadata = metadata(5_000);
    var errors = new FieldErrors();

    OwnerValidation.check(metadata, errors);

    assertThat(errors.all().stream().mapToInt(e -> e.body().length()).sum()).isLessThan(2 * FITS);
    assertThat(errors.all().size()).isPositive();
  }

  private static ObjectNode metadata(int controllers) {
    var metadata = JsonNodeFactory.instance.objectNode();
    var owners = metadata.putArray("ownerReferences");
    for (int i = 0; i < controllers; i++) {
      owners
          .addObject()
          .put("apiVersion", "v1")
          .put("kind", "ConfigMap")
          .put("name", "owner-" + i)
          .put("uid", "uid-" + i)
          .put("controller", true);
    }
    return metadata;
  }
}
