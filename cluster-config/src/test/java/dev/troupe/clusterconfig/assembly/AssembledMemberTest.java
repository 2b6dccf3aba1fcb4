package dev.troupe.clusterconfig.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 5, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AssembledMemberTest {

  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  @Test
  void startDoesNotWaitForWhatCannotComeAnyMore() {
    var diskFull = new IOException("no space left on device");
    ended.completeExceptionally(diskFull);

    assertThatThrownBy(() -> AssembledMember.unlessEnded(new CompletableFuture<>(), ended))
        .hasCause(diskFull);
  }

  @Test
  void reasonOfTheEndIsToldBeforeWhatItHasLedTo() {
    var diskFull = new IOException("no space left on device");
    ended.completeExceptionally(diskFull);

    assertThatThrownBy(() ->
            AssembledMember.unlessEnded(
                CompletableFuture.failedFuture(new IllegalStateException("no answer")), ended))
        .hasCause(diskFull);
  }

  @Test
  void startOfAMemberThatWasStoppedIsOver() {
    ended.complete(null);

    assertThatThrownBy(() -> AssembledMember.unlessEnded(new CompletableFuture<>(), ended))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void stepThatSucceedsIsNotHeldUpByAMemberThatRuns() {
    assertThat(AssembledMember.unlessEnded(CompletableFuture.completedFuture("up"), ended))
        .isEqualTo("up");
  }
}
