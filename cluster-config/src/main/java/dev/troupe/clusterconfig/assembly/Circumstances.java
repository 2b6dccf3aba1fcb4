package dev.troupe.clusterconfig.assembly;

import dev.troupe.apiserver.health.HealthCheck;
import dev.troupe.clusterconfig.certificates.MemberCertificates;
import dev.troupe.clusterconfig.configuration.ControllerTuning;
import dev.troupe.clusterconfig.configuration.TraceSettings;
import dev.troupe.clusterconfig.engine.OpenStore;
import dev.troupe.clusterconfig.furnishing.ObjectWrites;
import dev.troupe.clusterconfig.furnishing.Upkeep;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.member.Member;
import dev.troupe.runtime.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.setup.Setup;

/// What of a member depends on whether it is alone.
interface Circumstances {

  /// What is seen to now and then changes seldom.
  Duration UPKEEP_PAUSE = Duration.ofSeconds(10);

  MemberCertificates certificates();

  /// @param host the address that the API is bound to
  /// @param port 0 for any free one
  /// @param taken what is said if somebody has that port
  record ApiPlace(String host, int port, String taken) {}

  ApiPlace place();

  /// What it is called by whoever looks at several.
  String name();

  /// @throws dev.troupe.clusterconfig.configuration.WrongConfigurationException if they cannot be
  TraceSettings traces();

  /// What is configured about controllers.
  ///
  /// @throws dev.troupe.clusterconfig.configuration.WrongConfigurationException if it cannot be
  ControllerTuning tuning();

  /// @param ended called once if the store cannot go on
  OpenStore openStore(InstantSource clock, Consumer<StoreException> ended);

  /// @param setups what their system is set up with: the TLS of the traffic between members, and
  ///   where spans are recorded
  Member startActors(ResourceRegistry registry, Mutator mutator, OpenStore store, Setup... setups);

  /// What readiness depends on, beside the first objects.
  List<HealthCheck> checks(Member member, OpenStore store);

  /// Somebody was refused who is no member of this cluster, or takes this member for none.
  void refused(String sentence);

  /// What is to be said if the start fails by that; empty if that is the same for all members.
  Optional<RuntimeException> explained(Throwable cause);

  /// Between two times that upkeep is seen to.
  default Duration upkeepPause() {
    return UPKEEP_PAUSE;
  }

  /// @param port where the API is served
  Upkeep upkeep(ObjectWrites writes, Member member, int port);
}
