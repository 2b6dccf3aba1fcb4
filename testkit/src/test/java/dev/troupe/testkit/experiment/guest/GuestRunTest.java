package dev.troupe.testkit.experiment.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Offence;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class GuestRunTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final List<Path> MEMBERS = List.of(Path.of("m1.kubeconfig"));

  private final AtomicLong nanos = new AtomicLong();

  /// What is amiss is asked of a supplier; each look takes six seconds.
  private final class Work implements GuestWork {

    private final CountDownLatch changed = new CountDownLatch(1);
    private final Supplier<List<String>> amiss;

    private Work(Supplier<List<String>> amiss) {
      this.amiss = amiss;
    }

    @Override
    public String promise() {
      return "Each page is served.";
    }

    @Override
    public void begin(List<Path> kubeconfigs) {
      assertThat(kubeconfigs).isEqualTo(MEMBERS);
    }

    @Override
    public void change(List<Path> kubeconfigs) {
      changed.countDown();
      throw new IllegalStateException("nobody is there");
    }

    @Override
    public List<String> amiss(List<Path> kubeconfigs) {
      nanos.addAndGet(Duration.ofSeconds(6).toNanos());
      return amiss.get();
    }
  }

  private Optional<InvariantVerdict> verdict(GuestWork work, BooleanSupplier isOver) {
    return GuestRun.begin(work, () -> MEMBERS, nanos::get).verdict(PATIENCE, isOver);
  }

  private InvariantVerdict verdict(Supplier<List<String>> amiss, BooleanSupplier isOver) {
    return verdict(new Work(amiss), isOver).orElseThrow();
  }

  @Test
  void nothingIsSaidWhereNobodyHasWork() {
    assertThat(verdict(new NoWork(), () -> false)).isEmpty();
  }

  @Test
  void workIsChangedWhoeverIsThereUntilItIsOver() throws InterruptedException {
    var work = new Work(List::of);
    var run = GuestRun.begin(work, () -> MEMBERS, nanos::get);
    assertThat(work.changed.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(run.verdict(PATIENCE, () -> false))
        .get()
        .isEqualTo(InvariantVerdict.held(GuestRun.WORD, "Each page is served.", 1));
  }

  @Test
  void whatIsAmissForAWhileOnlyHolds() {
    var looks = new AtomicInteger();
    var verdict =
        verdict(() -> looks.incrementAndGet() < 2 ? List.of("home") : List.of(), () -> false);
    assertThat(verdict.verdict()).isEqualTo(Verdict.HELD);
    assertThat(verdict.checked()).isEqualTo(2);
  }

  @Test
  void whatIsAmissWhenTimeIsUpIsBroken() {
    var verdict = verdict(() -> List.of("home has no server", "away has none"), () -> false);
    assertThat(verdict.verdict()).isEqualTo(Verdict.BROKEN);
    assertThat(verdict.offences())
        .extracting(Offence::what)
        .containsExactly("home has no server", "away has none");
  }

  @Test
  void failureToLookIsNoSuccess() {
    var verdict =
        verdict(
            () -> {
              throw new IllegalStateException("no answer");
            },
            () -> false);
    assertThat(verdict.offences())
        .singleElement()
        .asString()
        .contains("nobody can say", "no answer");
  }

  @Test
  void runThatWasEndedSaysNothingOfWhatIsStillAmiss() {
    assertThat(verdict(() -> List.of("home"), () -> true).verdict()).isEqualTo(Verdict.OPEN);
  }
}
