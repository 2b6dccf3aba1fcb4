package dev.troupe.runtime.placing;

import java.lang.reflect.Constructor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.cluster.sharding.ShardCoordinator;

/// The word that a region has ended, in sharding's own form for those of its actors that move
/// something. A compiler of Java cannot spell its name.
record RegionEnd(Object message) {

  private static final Constructor<?> FORM = form();

  private static Constructor<?> form() {
    var name = ShardCoordinator.RebalanceWorker.class.getName() + "$ShardRegionTerminated";
    try {
      return Class.forName(name).getConstructor(ActorRef.class);
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException("sharding has no " + name + " any more", changed);
    }
  }

  static RegionEnd of(ActorRef region) {
    try {
      return new RegionEnd(FORM.newInstance(region));
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException("sharding makes no " + FORM.getName(), changed);
    }
  }

  /// Tells all who are moving something now; only who takes it from that region heeds it.
  ///
  /// @param system of the coordinator
  /// @param placed the name of what is placed
  void tell(ActorSystem system, String placed) {
    system
        .actorSelection("/system/sharding/" + placed + "Coordinator/singleton/coordinator/*")
        .tell(message, ActorRef.noSender());
  }
}
