package dev.troupe.controllers.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventExpiryControllerTest {

  private final Stage stage = new Stage().with(new EventExpiryController()).put(namespace());

  @Test
  void eventIsDeletedAnHourAfterItHappened() {
    stage.put(event("old"));
    stage.advance(Duration.ofMinutes(59));
    assertThat(names()).containsExactly("old");

    stage.advance(Duration.ofMinutes(2));
    assertThat(names()).isEmpty();
  }

  @Test
  void eventThatHappensAgainStaysAnHourFromThen() {
    stage.put(event("again")).put(event("once"));
    stage.advance(Duration.ofMinutes(40));
    var again = stage.get(Event.class, "again");
    again.setEventTime(new MicroTime(stage.now().plusMillis(123).toString()));
    stage.put(again);

    stage.advance(Duration.ofMinutes(58));
    assertThat(names()).containsExactly("again");

    stage.advance(Duration.ofMinutes(4));
    assertThat(names()).isEmpty();
  }

  @Test
  void eventsOfOneNamespaceShareATimer() {
    for (int i = 0; i < 1_200; i++) {
      stage.put(event("event-" + i));
    }
    stage.advance(Duration.ofMinutes(50));
    assertThat(stage.decisions()).isEqualTo(1);

    stage.advance(Duration.ofMinutes(12));
    assertThat(names()).isEmpty();
    assertThat(stage.decisions()).isLessThan(10);
  }

  @Test
  void eventsThatComeWhenAllAreGoneAreDeletedToo() {
    stage.put(event("first"));
    stage.advance(Duration.ofHours(3));
    stage.put(event("second"));
    stage.advance(Duration.ofMinutes(30));
    assertThat(names()).containsExactly("second");

    stage.advance(Duration.ofHours(1));
    assertThat(names()).isEmpty();
  }

  private static Namespace namespace() {
    return new NamespaceBuilder().withNewMetadata().withName("default").endMetadata().build();
  }

  private List<String> names() {
    return stage.all(Event.class).stream().map(event -> event.getMetadata().getName()).toList();
  }

  private Event event(String name) {
    return new EventBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .withLastTimestamp(stage.now().toString())
        .build();
  }
}
