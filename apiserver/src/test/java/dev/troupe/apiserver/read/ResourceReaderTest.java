package dev.troupe.apiserver.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Resources.AheadException;
import dev.troupe.runtime.collection.Resources.ExpiredException;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.reading.ListQuery;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ResourceReaderTest {

  private static final TypeRef PODS = TypeRef.core("pods");

  @Test
  void onlyAVersionThatIsAheadIsTooLarge() {
    assertThat(failureOfExactly(new AheadException("7 is ahead")))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> {
              assertThat(refused.refusal().reason()).isEqualTo(StatusReason.TIMEOUT);
              assertThat(refused.refusal().message()).contains("Too large resource version: 7");
            });
    for (var other :
        new RuntimeException[] {
          new UnavailableException("the store does not answer"), new ExpiredException("too old")
        }) {
      assertThat(failureOfExactly(other)).isSameAs(other);
    }
  }

  private static Throwable failureOfExactly(RuntimeException failure) {
    var resources =
        (Resources)
            Proxy.newProxyInstance(
                Resources.class.getClassLoader(),
                new Class<?>[] {Resources.class},
                (_, _, _) -> CompletableFuture.failedFuture(failure));
    return new ResourceReader(resources)
        .exactly(ListQuery.of(PODS, null), 7)
        .toCompletableFuture()
        .exceptionNow();
  }
}
