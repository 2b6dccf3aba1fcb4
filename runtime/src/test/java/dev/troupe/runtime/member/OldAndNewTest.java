package dev.troupe.runtime.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.gateway.SpokenSetup;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import dev.troupe.runtime.wire.WireVersions;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Members of two releases side by side, of which the newer one is made up.
class OldAndNewTest {

  @Test
  @Tag("thorough")
  void allSpeakAsTheOldestUnderstandsUntilItIsGone() throws InterruptedException {
    var store = new InMemoryEventStore(InstantSource.system());
    try (var duo = Trio.start(store, introduction(1, 2), 0, 0)) {
      awaitSpoken(duo.get(0), 2);
      awaitSpoken(duo.get(1), 2);
      awaitTables(duo.get(0), 7);

      try (var old = duo.start(introduction(1, 1), Trio.ahead(0))) {
        old.ready().toCompletableFuture().join();
        awaitSpoken(duo.get(0), 1);
        awaitSpoken(duo.get(1), 1);
        awaitSpoken(old, 1);
        awaitTables(duo.get(0), 6);
        var writes = Writes.at(old.time().instant()).in(duo.namespaceAt(duo.get(1)));
        assertThat(old.resources().write(writes.create("a", "a")).toCompletableFuture().join())
            .isInstanceOf(WriteReply.Written.class);
      }

      awaitSpoken(duo.get(0), 2);
      awaitSpoken(duo.get(1), 2);
      awaitTables(duo.get(0), 7);
    }
  }

  /// The tables of the store may have that version, which the oldest knows.
  private static void awaitTables(Member member, int version) throws InterruptedException {
    while (member.commonTables(7).version() != version) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /// The older one knows older tables.
  private static Introduction introduction(int lowest, int highest) {
    var wire = new WireVersions(lowest, highest);
    return new Introduction("1.0", wire, 5 + highest, 1, "here", "", 0, 0, Map.of(), 0, 0);
  }

  private static void awaitSpoken(Member member, int version) throws InterruptedException {
    var spoken = SpokenSetup.of(Adapter.toClassic(member.system()));
    while (spoken.getAsInt() != version) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}
