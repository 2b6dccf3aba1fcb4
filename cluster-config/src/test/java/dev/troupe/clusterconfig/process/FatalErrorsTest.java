package dev.troupe.clusterconfig.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FatalErrorsTest {

  @Test
  void whatLeavesAProcessInAnUnknownStateIsFatal() {
    assertThat(
            List.of(
                new OutOfMemoryError("Cannot reserve 4194304 bytes of direct buffer memory"),
                new OutOfMemoryError("unable to create native thread"),
                new InternalError("a fault occurred in an unsafe memory access operation"),
                new NoClassDefFoundError("Could not initialize class"),
                new ExceptionInInitializerError()))
        .allSatisfy(error -> assertThat(FatalErrors.in(error)).contains(error));
  }

  @Test
  void whatFailsByItselfIsNot() {
    assertThat(
            List.of(
                new StackOverflowError(),
                new UnsatisfiedLinkError("no such library"),
                new AssertionError("a bug"),
                new IllegalStateException("a bug"),
                new IOException("no space left on device")))
        .allSatisfy(error -> assertThat(FatalErrors.in(error)).isEmpty());
  }

  @Test
  void fatalErrorIsFoundBehindWhoeverCaughtIt() {
    var error = new OutOfMemoryError();
    assertThat(FatalErrors.in(new CompletionException(new IllegalStateException(error))))
        .contains(error);
  }

  @Test
  void causesInACircleEndTheSearch() {
    var one = new IllegalStateException("one");
    one.initCause(new IllegalStateException("two", one));
    assertThat(FatalErrors.in(one)).isEmpty();
    assertThat(FatalErrors.in(null)).isEmpty();
  }
}
