package dev.troupe.clusterconfig.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.troupe.api.extension.Extension;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.apiserver.health.HealthCheck;
import dev.troupe.clusterconfig.certificates.MemberCertificates;
import dev.troupe.clusterconfig.configuration.ControllerTuning;
import dev.troupe.clusterconfig.configuration.TraceSettings;
import dev.troupe.clusterconfig.engine.ForgetfulEngine;
import dev.troupe.clusterconfig.engine.OpenStore;
import dev.troupe.clusterconfig.engine.StoreOpening;
import dev.troupe.clusterconfig.furnishing.ObjectWrites;
import dev.troupe.clusterconfig.furnishing.Upkeep;
import dev.troupe.clusterconfig.member.MemberFailedException;
import dev.troupe.clusterconfig.member.RunningMember;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.member.Member;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.pekko.actor.setup.Setup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whoever is asked to stop before it is ready begins nothing more, and gives back what it has.
class StoppedStartTest {

  private final ForgetfulEngine engine = new ForgetfulEngine();
  private final AtomicReference<@Nullable RunningMember> begun = new AtomicReference<>();

  @Test
  void memberThatIsStoppedWhileItOpensItsStoreJoinsNobody() {
    assertThatThrownBy(() -> AssembledMember.start(new Stopping(), Extension.NONE, begun::set))
        .isInstanceOf(MemberFailedException.class)
        .hasMessageContaining("it was stopped while it started");

    var partition = new PartitionId(TypeRef.core("pods"), 0);
    assertThatThrownBy(() -> engine.opened().open(partition).toCompletableFuture().join())
        .hasMessageContaining("the event store is closed");
  }

  /// Is asked to stop while it opens its store.
  private final class Stopping implements Circumstances {

    @Override
    public OpenStore openStore(InstantSource clock, Consumer<StoreException> ended) {
      var member = begun.get();
      assertThat(member).isNotNull();
      member.stop();
      return engine.open(
          "forgetful:here", new StoreOpening(Path.of(""), LoneProfile.complete(), clock, ended));
    }

    @Override
    public Member startActors(
        ResourceRegistry registry, Mutator mutator, OpenStore store, Setup... setups) {
      throw new AssertionError("it joins");
    }

    @Override
    public MemberCertificates certificates() {
      throw new AssertionError("nobody asks");
    }

    @Override
    public String name() {
      throw new AssertionError("nobody asks");
    }

    @Override
    public ControllerTuning tuning() {
      return ControllerTuning.from(ConfigFactory.defaultReference());
    }

    @Override
    public TraceSettings traces() {
      return new TraceSettings(null, 1);
    }

    @Override
    public ApiPlace place() {
      throw new AssertionError("nobody asks");
    }

    @Override
    public List<HealthCheck> checks(Member member, OpenStore store) {
      throw new AssertionError("it is not ready");
    }

    @Override
    public void refused(String sentence) {}

    @Override
    public Optional<RuntimeException> explained(Throwable cause) {
      return Optional.empty();
    }

    @Override
    public Upkeep upkeep(ObjectWrites writes, Member member, int port) {
      throw new AssertionError("it is not ready");
    }
  }
}
