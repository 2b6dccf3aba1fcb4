package dev.troupe.testkit.world.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.CollectionController;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DecisionTapeTest {

  /// What a controller says of itself would be lost with a method that is not there.
  @Test
  void everythingIsPassedOnToTheController() {
    var passedOn =
        Arrays.stream(DecisionTape.class.getDeclaredMethods()).map(each -> each.getName()).toList();

    assertThat(CollectionController.class.getMethods())
        .extracting(each -> each.getName())
        .allSatisfy(name -> assertThat(passedOn).contains(name));
  }
}
