package dev.troupe.resources.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.SelectableFields;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldSelectorTest {

  private static final Map<String, String> SUPPORTED =
      Map.of(
          "metadata.name", "metadata.name", "metadata.namespace", "metadata.namespace", "x", "x");

  @Test
  void everyTermMustHold() {
    assertThat(matches("metadata.name=a,x!=2")).isTrue();
    assertThat(matches("metadata.name==a,x!=1")).isFalse();
    assertThat(matches("metadata.namespace=other")).isFalse();
    assertThat(matches("")).isTrue();
    assertThat(matches(",x=1,")).isTrue();
    assertThat(matches("x=")).isFalse();
  }

  @Test
  void valuesAreEscaped() {
    assertThat(FieldSelector.parse("x=a\\,b\\=c\\\\", SUPPORTED).exact("x")).contains("a,b=c\\");
    assertThatThrownBy(() -> FieldSelector.parse("x=\\a", SUPPORTED))
        .hasMessage("invalid field selector: invalid escape sequence: \\a");
    assertThatThrownBy(() -> FieldSelector.parse("x=a=b", SUPPORTED))
        .hasMessage("invalid field selector: unescaped character in value: 61");
  }

  @Test
  void whatCannotBeSelectedByIsRefused() {
    assertThatThrownBy(() -> FieldSelector.parse("spec.nothing=a", SUPPORTED))
        .hasMessage("field label not supported: spec.nothing");
    assertThatThrownBy(() -> FieldSelector.parse("x", SUPPORTED))
        .hasMessage("invalid selector: 'x'; can't understand 'x'");
  }

  @Test
  void eventsAreSelectedByTheNamesOfTheirView() {
    var events = ResourceRegistry.standard().find(TypeRef.core("events")).orElseThrow();

    assertThat(SelectableFields.of(events, events.served().get(1)))
        .containsEntry("regarding.name", "involvedObject.name")
        .containsEntry("reportingController", "reportingComponent")
        .doesNotContainKey("involvedObject.name");
  }

  private static boolean matches(String selector) {
    return FieldSelector.parse(selector, SUPPORTED).matches("ns", "a", Map.of("x", "1"));
  }
}
