package dev.troupe.runtime.controller;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.controller.logic.host.HostMessage;
import dev.troupe.runtime.measure.Trail;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// The collections that a host follows, each once. For the host alone, but for how far it is
/// [#behind].
final class Followings {

  private final HostSetup setup;
  private final ActorRef<ControllerHost.Command> host;
  private final Map<TypeRef, Following> all = new ConcurrentHashMap<>();

  /// What keeps collections from being followed.
  private final Map<TypeRef, String> missing = new TreeMap<>();

  Followings(HostSetup setup, ActorRef<ControllerHost.Command> host) {
    this.setup = setup;
    this.host = host;
  }

  /// Follows from a version on, instead of what was followed before.
  void follow(TypeRef type, long version) {
    var following = new Following(type, version, setup.settings().credit(), host);
    missing.remove(type);
    var before = all.put(type, following);
    if (before != null) {
      before.cancel();
    }
    setup.resources().watch(type, null, version).subscribe(following);
  }

  /// What the host is to be told. What a following had on its way when it was cancelled is not
  /// brought any more.
  Optional<HostMessage> brought(ControllerHost.Brought brought) {
    var following = brought.following();
    if (all.get(following.type()) != following) {
      return Optional.empty();
    }
    following.handled(brought.item().version());
    return Optional.of(
        switch (brought.item()) {
          case WatchItem.Changed changed ->
              new HostMessage.Changed(changed.resource(), changed.type() == WatchItem.Type.DELETED);
          case WatchItem.Progress(long version) ->
              new HostMessage.Progressed(following.type(), version);
        });
  }

  /// The changes that are at this member, and that the host has not handled. On any thread.
  Trail.Behind behind() {
    return all.values().stream()
        .map(Following::behind)
        .reduce(Trail.Behind.NOTHING, Trail.Behind::and);
  }

  /// @param failure null if it came to its end
  /// @return whether it was the present one
  boolean ended(Following following, @Nullable Throwable failure) {
    boolean present = all.remove(following.type(), following);
    if (present && failure instanceof Resources.UnavailableException) {
      var _ = missed(following.type(), failure);
    }
    return present;
  }

  /// A collection cannot be listed, or is not there any more. It may be long until its type is
  /// defined: what is to be said about it is said once.
  Optional<String> missed(TypeRef type, Throwable failure) {
    var why = "%s: %s".formatted(type, failure.getMessage());
    return why.equals(missing.put(type, why)) ? Optional.empty() : Optional.of(why);
  }

  /// Which collections cannot be followed, and why; empty if all are.
  String missing() {
    return String.join("; ", missing.values());
  }

  void cancel() {
    all.values().forEach(Following::cancel);
    all.clear();
  }
}
