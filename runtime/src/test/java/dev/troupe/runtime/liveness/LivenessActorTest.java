package dev.troupe.runtime.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.PublishedLease;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.TwoClocks;
import dev.troupe.runtime.lease.logic.LeaseLetter;
import dev.troupe.runtime.liveness.logic.LivenessEffect;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.runtime.store.cluster.ClusterStore;
import dev.troupe.runtime.store.cluster.Standing;
import dev.troupe.runtime.store.memory.InMemoryClusterStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Three of them, joined by a function that delivers what they write to each other. Time is
/// virtual, and all run on the thread of the test: what is told is done when it has been told.
class LivenessActorTest {

  private static final ActorTestKit KIT =
      ActorTestKit.create(ConfigFactory.parseString(VirtualScheduler.SETTINGS));
  private static final VirtualScheduler TIME =
      (VirtualScheduler) Adapter.toClassic(KIT.system()).scheduler();
  private static final LeaseSettings SETTINGS = LeaseSettings.DEFAULT;
  private static final Duration SILENCE = Duration.ofSeconds(5);
  private static final Duration STEP = Duration.ofMillis(50);

  private static final MemberId A = new MemberId("a", 1);
  private static final MemberId B = new MemberId("b", 2);
  private static final MemberId C = new MemberId("c", 3);

  private final InMemoryClusterStore store = new InMemoryClusterStore();
  private final Map<MemberId, Life> lives = new TreeMap<>();
  private final Set<MemberId> cut = new HashSet<>();
  private boolean storeAway;
  private long millis = 1_000_000;

  private final class Life implements Mail {
    private final MemberId self;
    private final PublishedLease board = new PublishedLease(LivenessActorTest.this::clocks);
    private final List<MemberId> removed = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final ActorRef<LivenessActor.Command> actor;

    private Life(MemberId self) {
      this.self = self;
      var around =
          new Situation(
              self,
              SETTINGS,
              SILENCE,
              new CutStore(),
              this,
              board,
              LivenessActorTest.this::clocks,
              _ -> {},
              _ -> {},
              removed::add,
              stop -> ended.add(stop.why()));
      actor =
          KIT.spawn(
              LivenessActor.create(around),
              DispatcherSelector.fromConfig("pekko.test.calling-thread-dispatcher"));
    }

    @Override
    public void letter(MemberId to, LeaseLetter letter) {
      deliver(self, to, new LivenessActor.Received(self, letter));
    }

    @Override
    public void vote(MemberId to, MemberId victim, LivenessEffect.Why why) {
      deliver(self, to, new LivenessActor.Voted(self, victim, why));
    }
  }

  private final class CutStore implements ClusterStore {
    @Override
    public CompletionStage<Standing> beat(MemberId self) {
      return call(() -> store.beat(self));
    }

    @Override
    public CompletionStage<Roll> change(Roll next) {
      return call(() -> store.change(next));
    }

    @Override
    public CompletionStage<Standing> form(MemberId self, Standing seen) {
      return call(() -> store.form(self, seen));
    }

    private <T> CompletionStage<T> call(Supplier<CompletionStage<T>> what) {
      return storeAway
          ? CompletableFuture.failedFuture(new StoreException("it is away"))
          : what.get();
    }
  }

  private TwoClocks clocks() {
    return new TwoClocks(millis, Duration.ofMillis(millis).toNanos());
  }

  private void deliver(MemberId from, MemberId to, LivenessActor.Command what) {
    var life = lives.get(to);
    if (life != null && !cut.contains(from) && !cut.contains(to)) {
      life.actor.tell(what);
    }
  }

  @BeforeEach
  void begin() {
    lives.put(A, new Life(A));
    lives.put(B, new Life(B));
    lives.put(C, new Life(C));
    tellAll(new LivenessActor.Membership(Set.of(A, B, C)));
    lives.keySet().forEach(member -> tellAll(new LivenessActor.Connected(member)));
    await(Duration.ofSeconds(5), () -> store.roll().members().equals(Set.of(A, B, C)));
    await(Duration.ofSeconds(2), () -> lives.values().stream().allMatch(this::reads));
  }

  @AfterAll
  static void end() {
    KIT.shutdownTestKit();
  }

  private void tellAll(LivenessActor.Command command) {
    lives.values().forEach(life -> life.actor.tell(command));
  }

  private Life life(MemberId member) {
    var life = lives.get(member);
    assertThat(life).isNotNull();
    return life;
  }

  private boolean reads(Life life) {
    return life.board.covers();
  }

  private void pass(Duration time) {
    for (long left = time.toMillis(); left > 0; left -= STEP.toMillis()) {
      millis += STEP.toMillis();
      TIME.pass(STEP.toNanos());
    }
  }

  /// @return how long it took
  private Duration await(Duration atMost, BooleanSupplier wanted) {
    long begin = millis;
    while (!wanted.getAsBoolean()) {
      assertThat(Duration.ofMillis(millis - begin)).isLessThan(atMost);
      pass(STEP);
    }
    return Duration.ofMillis(millis - begin);
  }

  /// kill -9: the process says nothing any more, and its port refuses.
  private void kill(MemberId victim) {
    cut.add(victim);
    lives.keySet().stream()
        .filter(member -> !member.equals(victim))
        .forEach(member -> life(member).actor.tell(new LivenessActor.Refused(victim)));
  }

  @Test
  void whoseProcessIsGoneIsStruckAndRemovedAtOnce() {
    var ready = new ArrayList<String>();
    kill(A);

    await(Duration.ofMillis(300), () -> store.roll().members().equals(Set.of(B, C)));
    life(B).actor.tell(new LivenessActor.AwaitGuard(A, () -> ready.add("guard")));
    await(Duration.ofMillis(1_300), () -> !ready.isEmpty());

    assertThat(life(B).removed).containsOnly(A);
    assertThat(life(C).removed).containsOnly(A);
    assertThat(reads(life(A))).isFalse();
    assertThat(reads(life(B))).isTrue();
  }

  @Test
  void oneWitnessIsNotEnough() {
    life(B).actor.tell(new LivenessActor.Refused(A));

    pass(Duration.ofSeconds(3));

    assertThat(store.roll().members()).containsExactlyInAnyOrder(A, B, C);
    assertThat(life(B).removed).isEmpty();
    assertThat(reads(life(A))).isTrue();
  }

  @Test
  void whoIsSilentIsStruckAndEndsWhenItWakes() {
    cut.add(C);

    await(SILENCE.plusSeconds(1), () -> store.roll().members().equals(Set.of(A, B)));
    assertThat(reads(life(C))).isFalse();
    assertThat(life(A).removed).containsOnly(C);

    cut.clear();
    await(Duration.ofSeconds(2), () -> !life(C).ended.isEmpty());
    assertThat(life(C).ended).allSatisfy(why -> assertThat(why).contains("others have taken over"));
  }

  /// They reach nobody else and have been without the store for so long that another member, which
  /// reaches none of them, has formed a cluster on it.
  @Test
  void clusterThatAnotherHasFollowedOnItsStoreEndsAtItsNextLook() {
    storeAway = true;
    pass(SETTINGS.silenceIsOver());
    var stranger = new MemberId("d", 4);
    store.form(stranger, store.beat(stranger).toCompletableFuture().join());
    assertThat(lives.values()).noneMatch(this::reads);

    storeAway = false;
    await(
        SETTINGS.beat().multipliedBy(2),
        () -> lives.values().stream().noneMatch(life -> life.ended.isEmpty()));

    assertThat(store.roll().members()).containsExactly(stranger);
    assertThat(lives.values()).noneMatch(this::reads);
    assertThat(lives.values())
        .allSatisfy(
            life -> assertThat(life.ended).first().asString().contains("others have taken over"));
  }

  @Test
  void guardOfAMemberThatLivesIsNotOver() {
    var ready = new ArrayList<String>();
    life(B).actor.tell(new LivenessActor.AwaitGuard(A, () -> ready.add("guard")));
    life(B).actor.tell(new LivenessActor.AwaitLease(() -> ready.add("lease")));

    pass(Duration.ofSeconds(15));

    assertThat(ready).containsExactly("lease");
  }

  @Test
  void whoHasForgottenIsNotTold() {
    var ready = new ArrayList<String>();
    Runnable guard = () -> ready.add("guard");
    life(B).actor.tell(new LivenessActor.AwaitGuard(A, guard));
    life(B).actor.tell(new LivenessActor.Forget(guard));
    kill(A);

    pass(Duration.ofSeconds(5));

    assertThat(store.roll().members()).containsExactlyInAnyOrder(B, C);
    assertThat(ready).isEmpty();
  }

  @Test
  void withoutTheStoreAllReadForAsLongAsIsAllowed() {
    storeAway = true;

    pass(SETTINGS.storeSilence().minusSeconds(2));
    assertThat(lives.values()).allMatch(this::reads);
    pass(Duration.ofSeconds(3));
    assertThat(lives.values()).noneMatch(this::reads);

    storeAway = false;
    await(Duration.ofSeconds(2), () -> lives.values().stream().allMatch(this::reads));
    assertThat(lives.values()).allSatisfy(life -> assertThat(life.ended).isEmpty());
  }

  /// Whatever it dies of, nobody reads under what it has published, and the member ends.
  @Test
  void actorThatFailsTakesItsLeaseAndItsMemberWithIt() {
    Runnable failing =
        () -> {
          throw new IllegalStateException("as a test wants it");
        };
    life(B).actor.tell(new LivenessActor.AwaitLease(failing));
    await(Duration.ofSeconds(1), () -> !reads(life(B)));

    await(Duration.ofSeconds(1), () -> !life(B).ended.isEmpty());
    assertThat(life(B).ended).containsExactly("its leases could not be looked after");
  }
}
