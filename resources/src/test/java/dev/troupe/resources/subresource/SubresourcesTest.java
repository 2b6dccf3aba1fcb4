package dev.troupe.resources.subresource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SubresourcesTest {

  @Test
  void everyClassIsListed() {
    assertThat(Subresources.ALL.stream().map(Object::getClass).toArray())
        .containsExactlyInAnyOrder(
            classes(Subresource.class).filter(each -> each != Subresource.Unknown.class).toArray());
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
