package dev.troupe.runtime.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.runtime.store.cluster.ClusterStore;
import dev.troupe.runtime.store.cluster.Standing;
import dev.troupe.runtime.store.memory.InMemoryClusterStore;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Members that are lost to the others, or to the store, without a word: of three in the end one is
/// left.
@Tag("thorough")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LostMemberTest {

  private static final Logger LOG = LoggerFactory.getLogger(LostMemberTest.class);

  private static final Duration SILENCE = Duration.ofMillis(1_500);
  private static final LeaseSettings LEASES =
      new LeaseSettings(
          Duration.ofSeconds(1),
          Duration.ofMillis(200),
          Duration.ofSeconds(3),
          Duration.ofMillis(250));

  private static final InMemoryClusterStore ROLL = new InMemoryClusterStore();
  private static final InMemoryEventStore STORE = new InMemoryEventStore(InstantSource.system());
  private static final CountDownLatch WOKEN = new CountDownLatch(1);

  private static volatile boolean away;
  private static volatile int frozen = -1;
  private static Trio trio;

  /// The store of one member: it is away for all, or stops the thread of whoever asks it.
  private static final class OwnRoll implements ClusterStore {
    private final int number;

    private OwnRoll(int number) {
      this.number = number;
    }

    @Override
    public CompletionStage<Standing> beat(MemberId self) {
      return call(() -> ROLL.beat(self));
    }

    @Override
    public CompletionStage<Roll> change(Roll next) {
      return call(() -> ROLL.change(next));
    }

    @Override
    public CompletionStage<Standing> form(MemberId self, Standing seen) {
      return call(() -> ROLL.form(self, seen));
    }

    private <T> CompletionStage<T> call(Supplier<CompletionStage<T>> what) {
      if (number == frozen) {
        await(WOKEN);
      }
      return away ? CompletableFuture.failedFuture(new StoreException("it is away")) : what.get();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  static void start() throws InterruptedException {
    trio =
        Trio.start(
            STORE, new Trio.Agreed(OwnRoll::new, LEASES, SILENCE), Trio.introduction(), 0, 0, 0);
  }

  @AfterAll
  static void stop() {
    trio.close();
  }

  /// Reads go on for as long as is allowed, and when the store is back everything does.
  @Test
  @Order(1)
  void withoutTheStoreReadsEndAndComeBack() throws Exception {
    var member = trio.get(1);
    var namespace = trio.namespaceAt(member);
    written(member, namespace, "a", "1");

    away = true;
    long begin = System.nanoTime();
    while (isReadable(member, namespace)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(millisSince(begin))
        .isBetween(
            LEASES.storeSilence().minus(LEASES.beat().multipliedBy(3)).toMillis(),
            LEASES.storeSilence().plusSeconds(2).toMillis());

    away = false;
    while (!isReadable(member, namespace)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    written(trio.get(0), namespace, "a", "2");
    assertThat(trio.all()).allSatisfy(each -> assertThat(each.failure()).isEmpty());
    assertThat(ROLL.roll().members()).hasSize(3);
  }

  /// What looks after leases stands still in one of three; everything else in it goes on, and
  /// answers whoever asks it.
  @Test
  @Order(2)
  void frozenMemberReadsNothingThatIsOldAndEnds() throws Exception {
    var victim = trio.get(2);
    var other = trio.get(0);
    var namespace = trio.namespaceAt(victim);
    written(other, namespace, "a", "old");
    long begin = System.nanoTime();

    frozen = 2;
    trio.forget(victim);
    while (ROLL.roll().members().size() > 2) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    var struck = read(victim, namespace);
    while (!trio.isServed(namespace)) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    LOG.info("taken over {} ms after it froze", millisSince(begin));
    written(other, namespace, "a", "new");
    var late = read(victim, namespace);
    frozen = -1;
    WOKEN.countDown();

    assertThat(struck.handle((_, failure) -> failure).join()).isNotNull();
    assertThat(late.handle((_, failure) -> failure).join()).isNotNull();
    victim.ended().toCompletableFuture().get(30, TimeUnit.SECONDS);
    assertThat(victim.failure()).isPresent();
    assertThat(value(other, namespace)).isEqualTo("new");
  }

  /// With two members one is enough to say that the other is gone: the store lets only one say it.
  @Test
  @Order(3)
  void oneOfTwoGoesOnAlone() throws InterruptedException {
    var victim = trio.get(1);
    var namespace = trio.namespaceAt(victim);
    written(trio.get(0), namespace, "b", "1");
    long begin = System.nanoTime();

    trio.kill(victim);
    written(trio.get(0), namespace, "b", "2");

    LOG.info("written again after {} ms", millisSince(begin));
    assertThat(ROLL.roll().members()).hasSize(1);
  }

  private static long millisSince(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin).toMillis();
  }

  private static CompletableFuture<String> read(Member member, String namespace) {
    return member
        .resources()
        .get(Writes.at(Instant.now()).in(namespace).key("a"))
        .thenApply(found -> Writes.value(found.orElseThrow().json()))
        .toCompletableFuture();
  }

  private static String value(Member member, String namespace) {
    return read(member, namespace).join();
  }

  private static boolean isReadable(Member member, String namespace) {
    return read(member, namespace).handle((_, failure) -> failure == null).join();
  }

  /// Writes until it is known to be stored.
  private static void written(Member member, String namespace, String name, String value) {
    WriteReply reply;
    do {
      var writes = Writes.at(Instant.now()).in(namespace);
      reply = member.resources().write(writes.merge(name, value)).toCompletableFuture().join();
    } while (!(reply instanceof WriteReply.Written));
  }
}
