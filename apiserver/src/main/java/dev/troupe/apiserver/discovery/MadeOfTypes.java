package dev.troupe.apiserver.discovery;

import dev.troupe.resources.registry.KnownTypes;
import dev.troupe.resources.registry.ResourceRegistry;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Something that is made of all types that there are, and made anew when others are asked for.
/// Safe for any number of threads.
///
/// @param <T> immutable, or safe as well
public final class MadeOfTypes<T> {

  private record Made<T>(KnownTypes of, T what) {}

  private final ResourceRegistry registry;
  private final BiFunction<KnownTypes, @Nullable T, T> make;
  private volatile @Nullable Made<T> newest;

  /// @param make from the types, and from what was made of those before; null the first time
  public MadeOfTypes(ResourceRegistry registry, BiFunction<KnownTypes, @Nullable T, T> make) {
    this.registry = registry;
    this.make = make;
  }

  /// What is made of the types that there are now.
  public T get() {
    var known = newest;
    return known == null || known.of != registry.now() ? makeAnew() : known.what;
  }

  private synchronized T makeAnew() {
    var types = registry.now();
    var known = newest;
    if (known != null && known.of == types) {
      return known.what;
    }
    var made = new Made<>(types, make.apply(types, known == null ? null : known.what));
    newest = made;
    return made.what;
  }
}
