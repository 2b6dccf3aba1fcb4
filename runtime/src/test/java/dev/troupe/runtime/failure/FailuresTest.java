package dev.troupe.runtime.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailuresTest {

  private final StoreException full = new StoreException("full");

  @Test
  void causeIsOutOfAllWrapping() {
    assertThat(Failures.cause(full)).isSameAs(full);
    assertThat(Failures.cause(new CompletionException(full))).isSameAs(full);
    assertThat(Failures.cause(new ExecutionException(new CompletionException(full))))
        .isSameAs(full);
  }

  @Test
  void stagesBehindEachOtherHideNothing() {
    var failed = CompletableFuture.<Integer>failedFuture(full).thenApply(one -> one + 1);

    assertThat(failed.handle((_, failure) -> Failures.cause(failure)).join()).isSameAs(full);
  }

  /// What somebody has said about what it was caused by is no wrapping.
  @Test
  void whatHasACauseOfItsOwnIsNotTakenApart() {
    var explained = new StoreException("cannot be read", new IOException("gone"));

    assertThat(Failures.cause(new CompletionException(explained))).isSameAs(explained);
  }

  @Test
  void wrappingAroundNothingIsTheFailure() {
    var empty = new CompletionException("over", null);

    assertThat(Failures.cause(empty)).isSameAs(empty);
    assertThat(Failures.cause(null)).hasMessage("no answer");
  }

  @Test
  void whatCannotBeThrownAsItIsIsWrappedOnce() {
    var gone = new IOException("gone");

    assertThat(Failures.unchecked(new CompletionException(full))).isSameAs(full);
    assertThat(Failures.unchecked(new ExecutionException(gone)))
        .isInstanceOf(CompletionException.class)
        .hasCause(gone);
  }
}
