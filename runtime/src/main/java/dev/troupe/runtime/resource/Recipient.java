package dev.troupe.runtime.resource;

/// Whoever is waiting for something. To what decides it is a name, which is passed on with what was
/// decided; only what carries the decision out calls it.
///
/// @param <T> what is waited for
@FunctionalInterface
public interface Recipient<T> {

  /// Called on the thread of whoever tells: leave it at once.
  void tell(T what);
}
