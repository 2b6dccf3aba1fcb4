package dev.troupe.resources.subresource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SubresourcesTest {

  /// A definition brings its own numbers to scale by, under the name that is listed.
  private static final Set<Class<?>> MADE_FROM_DATA =
      Set.of(Subresource.Unknown.class, DefinedScale.class);

  @Test
  void everyClassIsListed() {
    assertThat(Subresources.ALL.stream().map(Object::getClass).toArray())
        .containsExactlyInAnyOrder(
            classes(Subresource.class).filter(each -> !MADE_FROM_DATA.contains(each)).toArray());
  }

  private static Stream<Class<?>> classes(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SubresourcesTest::classes)
        : Stream.of(type);
  }

  @Test
  void everyOneIsFoundByItsName() {
    assertThat(Subresources.ALL)
        .allSatisfy(each -> assertThat(Subresources.named(each.name())).isSameAs(each));
  }

  @Test
  void whatNobodyHasIsUnknownAndAllowsNothing() {
    var exec = Subresources.named("exec");
    assertThat(exec).isEqualTo(new Subresource.Unknown("exec"));
    assertThat(exec.verbs()).isEmpty();
  }
}
