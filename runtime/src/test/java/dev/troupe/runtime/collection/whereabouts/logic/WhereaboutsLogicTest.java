package dev.troupe.runtime.collection.whereabouts.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.whereabouts.logic.WhereaboutsEffect.Discovered;
import dev.troupe.runtime.collection.whereabouts.logic.WhereaboutsEffect.Missed;
import dev.troupe.runtime.collection.whereabouts.logic.WhereaboutsMessage.Announced;
import dev.troupe.runtime.collection.whereabouts.logic.WhereaboutsMessage.Came;
import dev.troupe.runtime.collection.whereabouts.logic.WhereaboutsMessage.Went;
import dev.troupe.runtime.collection.whereabouts.logic.WhereaboutsMessage.Withdrawn;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.store.PartitionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhereaboutsLogicTest {

  private static final MemberId A = new MemberId("10.0.0.1:7355", 11);
  private static final MemberId B = new MemberId("10.0.0.2:7355", 12);
  private static final PartitionId PODS = new PartitionId(TypeRef.core("pods"), 0);
  private static final PartitionId SECRETS = new PartitionId(TypeRef.core("secrets"), 0);

  private final WhereaboutsLogic logic = new WhereaboutsLogic();

  @BeforeEach
  void membersCome() {
    assertThat(logic.on(new Came(A))).isEmpty();
    assertThat(logic.on(new Came(B))).isEmpty();
  }

  @Test
  void partitionIsWhereItWasAnnouncedLast() {
    assertThat(logic.on(new Announced(PODS, A, 1))).containsExactly(new Discovered(PODS, A));
    assertThat(logic.on(new Announced(PODS, B, 2))).containsExactly(new Discovered(PODS, B));
  }

  @Test
  void announcementOfAnOlderEpochComesTooLate() {
    logic.on(new Announced(PODS, B, 2));

    assertThat(logic.on(new Announced(PODS, A, 1))).isEmpty();
    assertThat(logic.on(new Withdrawn(PODS, A, 1))).isEmpty();
  }

  @Test
  void nextEpochOfTheSameOwnerChangesNothingButWhatIsOlder() {
    logic.on(new Announced(PODS, A, 1));

    assertThat(logic.on(new Announced(PODS, A, 3))).isEmpty();
    assertThat(logic.on(new Announced(PODS, B, 2))).isEmpty();
    assertThat(logic.on(new Withdrawn(PODS, A, 3))).containsExactly(new Missed(PODS));
  }

  @Test
  void repeatedAnnouncementChangesNothing() {
    logic.on(new Announced(PODS, A, 1));

    assertThat(logic.on(new Announced(PODS, A, 1))).isEmpty();
    assertThat(logic.on(new Withdrawn(PODS, A, 1))).containsExactly(new Missed(PODS));
    assertThat(logic.on(new Withdrawn(PODS, A, 1))).isEmpty();
  }

  @Test
  void announcementOfWhatIsOverAlreadyComesTooLate() {
    assertThat(logic.on(new Withdrawn(PODS, A, 1))).isEmpty();

    assertThat(logic.on(new Announced(PODS, A, 1))).isEmpty();
    assertThat(logic.on(new Announced(PODS, B, 2))).containsExactly(new Discovered(PODS, B));
  }

  @Test
  void whatARemovedMemberHadIsMissed() {
    logic.on(new Announced(PODS, A, 1));
    logic.on(new Announced(SECRETS, B, 1));

    assertThat(logic.on(new Went(A))).containsExactly(new Missed(PODS));
    assertThat(logic.on(new Announced(PODS, B, 2))).containsExactly(new Discovered(PODS, B));
  }

  @Test
  void removedMemberIsNotBelieved() {
    logic.on(new Went(A));

    assertThat(logic.on(new Announced(PODS, A, 1))).isEmpty();
    logic.on(new Announced(PODS, B, 2));
    assertThat(logic.on(new Withdrawn(PODS, A, 3))).isEmpty();
  }

  /// Whatever overtakes what on the way.
  @Test
  void orderOfArrivalDoesNotMatter() {
    var random = new Random(5);
    for (int i = 0; i < 200; i++) {
      var said = new ArrayList<WhereaboutsMessage>();
      for (long epoch = 1; epoch <= 6; epoch++) {
        var owner = epoch % 2 == 0 ? A : B;
        said.add(new Announced(PODS, owner, epoch));
        if (epoch < 6) {
          said.add(new Withdrawn(PODS, owner, epoch));
        }
      }
      Collections.shuffle(said, random);

      assertThat(end(said)).isEqualTo(new Discovered(PODS, A));
    }
  }

  private static WhereaboutsEffect end(List<WhereaboutsMessage> said) {
    var fresh = new WhereaboutsLogic();
    fresh.on(new Came(A));
    fresh.on(new Came(B));
    return said.stream().flatMap(message -> fresh.on(message).stream()).toList().getLast();
  }
}
