package dev.troupe.apiserver.server;

import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A store that can be told to let no partition be opened.
final class UnopenedStore {

  private final EventStore store;
  private volatile boolean refuses;

  UnopenedStore(EventStore store) {
    this.store = store;
  }

  EventStore asStore() {
    return (EventStore)
        Proxy.newProxyInstance(
            EventStore.class.getClassLoader(),
            new Class<?>[] {EventStore.class},
            (_, method, arguments) -> answer(method, arguments));
  }

  /// Whether nothing can be opened from now on.
  void refuse(boolean refusesNow) {
    refuses = refusesNow;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it is passed on, as any answer
  private @Nullable Object answer(Method method, Object @Nullable [] arguments) throws Throwable {
    if (refuses && method.getName().equals("open")) {
      return CompletableFuture.failedFuture(new StoreException("nothing can be opened now"));
    }
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getTargetException();
    }
  }
}
