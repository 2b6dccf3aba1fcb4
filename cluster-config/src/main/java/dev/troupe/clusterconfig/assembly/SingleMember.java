package dev.troupe.clusterconfig.assembly;

import com.typesafe.config.Config;
import dev.troupe.api.extension.Extension;
import dev.troupe.apiserver.health.HealthCheck;
import dev.troupe.clusterconfig.certificates.MemberCertificates;
import dev.troupe.clusterconfig.configuration.ControllerTuning;
import dev.troupe.clusterconfig.configuration.TraceSettings;
import dev.troupe.clusterconfig.engine.OpenStore;
import dev.troupe.clusterconfig.engine.StoreOpening;
import dev.troupe.clusterconfig.furnishing.FirstObjects;
import dev.troupe.clusterconfig.furnishing.ObjectWrites;
import dev.troupe.clusterconfig.furnishing.SimulatedMachines;
import dev.troupe.clusterconfig.furnishing.Upkeep;
import dev.troupe.clusterconfig.member.MemberFailedException;
import dev.troupe.clusterconfig.member.MemberSettings;
import dev.troupe.clusterconfig.member.RunningMember;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.member.Member;
import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.setup.Setup;

/// One member that runs everything, on a store that is its own, in its data directory or elsewhere.
public final class SingleMember implements Circumstances {

  private static final String LOOPBACK = "127.0.0.1";

  private final MemberSettings settings;
  private final Config complete = LoneProfile.complete();

  private SingleMember(MemberSettings settings) {
    this.settings = settings;
  }

  /// Loads what every member begins with: for a thread beside the one that reads the command.
  public static void prepare() {
    AssembledMember.prepare();
  }

  /// Returns when the API is ready.
  ///
  /// @throws MemberFailedException if it cannot start
  public static RunningMember start(MemberSettings settings) {
    return start(settings, Extension.NONE);
  }

  /// The same, with more to run than Kubernetes.
  ///
  /// @throws MemberFailedException if it cannot start
  /// @throws dev.troupe.clusterconfig.configuration.WrongConfigurationException if what it is told
  ///   cannot be
  public static RunningMember start(MemberSettings settings, Extension extension) {
    return AssembledMember.start(new SingleMember(settings), extension, _ -> {});
  }

  @Override
  public MemberCertificates certificates() {
    return settings.certificates();
  }

  @Override
  public ApiPlace place() {
    return new ApiPlace(
        LOOPBACK,
        settings.port(),
        "port %d is in use; choose another with --port".formatted(settings.port()));
  }

  @Override
  public String name() {
    return "alone";
  }

  @Override
  public ControllerTuning tuning() {
    return ControllerTuning.from(complete);
  }

  @Override
  public TraceSettings traces() {
    return TraceSettings.from(complete);
  }

  @Override
  public OpenStore openStore(InstantSource clock, Consumer<StoreException> ended) {
    settleStore();
    return settings
        .store()
        .open(new StoreOpening(settings.data().resolve(OfflineStore.NAME), complete, clock, ended));
  }

  private void settleStore() {
    try {
      OfflineStore.settle(settings.data());
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot put the store back: " + failure.getMessage(), failure);
    }
  }

  @Override
  public Member startActors(
      ResourceRegistry registry, Mutator mutator, OpenStore store, Setup... setups) {
    return Member.start(LoneProfile.alone(), registry, mutator, store.events(), setups);
  }

  @Override
  public List<HealthCheck> checks(Member member, OpenStore store) {
    return List.of(new HealthCheck("event-store", false, store.events()::trouble));
  }

  /// Nobody is expected.
  @Override
  public void refused(String sentence) {}

  @Override
  public Optional<RuntimeException> explained(Throwable cause) {
    return Optional.empty();
  }

  @Override
  public Upkeep upkeep(ObjectWrites writes, Member member, int port) {
    return new Upkeep.Alone(
        new FirstObjects(writes), port, SimulatedMachines.described(settings.nodes()));
  }
}
