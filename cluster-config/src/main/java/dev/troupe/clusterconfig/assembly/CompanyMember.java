package dev.troupe.clusterconfig.assembly;

import com.typesafe.config.ConfigException;
import dev.troupe.api.extension.Extension;
import dev.troupe.apiserver.health.HealthCheck;
import dev.troupe.clusterconfig.certificates.MemberCertificates;
import dev.troupe.clusterconfig.certificates.ReceivedCertificates;
import dev.troupe.clusterconfig.configuration.ControllerTuning;
import dev.troupe.clusterconfig.configuration.MemberConfiguration;
import dev.troupe.clusterconfig.configuration.TraceSettings;
import dev.troupe.clusterconfig.configuration.WrongConfigurationException;
import dev.troupe.clusterconfig.discovery.Discovery;
import dev.troupe.clusterconfig.discovery.SeedSearch;
import dev.troupe.clusterconfig.engine.CommonStore;
import dev.troupe.clusterconfig.engine.Engines;
import dev.troupe.clusterconfig.engine.OpenStore;
import dev.troupe.clusterconfig.engine.StoreLocation;
import dev.troupe.clusterconfig.engine.StoreOpening;
import dev.troupe.clusterconfig.furnishing.ApiEndpoints;
import dev.troupe.clusterconfig.furnishing.CommonUpkeep;
import dev.troupe.clusterconfig.furnishing.FirstObjects;
import dev.troupe.clusterconfig.furnishing.ObjectWrites;
import dev.troupe.clusterconfig.furnishing.SimulatedMachines;
import dev.troupe.clusterconfig.furnishing.Upkeep;
import dev.troupe.clusterconfig.member.MemberFailedException;
import dev.troupe.clusterconfig.member.NotAdmittedException;
import dev.troupe.clusterconfig.member.Release;
import dev.troupe.clusterconfig.member.RunningMember;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.gateway.logic.StoredForms;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.liveness.Terms;
import dev.troupe.runtime.member.Company;
import dev.troupe.runtime.member.Member;
import dev.troupe.runtime.overview.Overview;
import dev.troupe.runtime.store.NewerStoreException;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.runtime.wire.WireVersions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.Cluster;
import org.jspecify.annotations.Nullable;

/// One of several members that share a store, each with the whole API.
public final class CompanyMember implements Circumstances {

  private static final Set<String> GONE = Set.of("down", "removed");

  private final MemberConfiguration configuration;
  private final MemberCertificates certificates;
  private final Ground ground;
  private final SeedSearch seeds;
  private final Consumer<String> told;

  private volatile @Nullable CommonStore shared;
  private volatile @Nullable Member actors;
  private volatile @Nullable String refused;

  /// What members of all clusters have in common.
  ///
  /// @param engines of which the store may be
  /// @param upkeepPause between two times that upkeep is seen to
  record Ground(Engines engines, Duration upkeepPause) {

    static final Ground STANDARD = new Ground(Engines.STANDARD, UPKEEP_PAUSE);
  }

  private CompanyMember(
      MemberConfiguration configuration, Ground ground, SeedSearch seeds, Consumer<String> told) {
    this.configuration = configuration;
    this.ground = ground;
    this.seeds = seeds;
    this.told = told;
    this.certificates =
        new ReceivedCertificates(configuration.certificates(), InstantSource.system())
            .read(configuration.place().host());
  }

  /// Returns when the API is ready.
  ///
  /// @param told gets a line for each step
  /// @param begins see [dev.troupe.clusterconfig.member.CompanyStarter]
  /// @throws MemberFailedException if it cannot start
  /// @throws NotAdmittedException if the others do not let it in
  /// @throws WrongConfigurationException if what is configured cannot be
  public static RunningMember start(
      MemberConfiguration configuration,
      Extension extension,
      Consumer<String> told,
      Consumer<RunningMember> begins) {
    return start(configuration, Ground.STANDARD, extension, told, begins);
  }

  static RunningMember start(
      MemberConfiguration configuration,
      Ground ground,
      Extension extension,
      Consumer<String> told,
      Consumer<RunningMember> begins) {
    told.accept(configuration + ": others reach it at " + configuration.place().address());
    try (var seeds = SeedSearch.start(Discovery.by(configuration.discovery()))) {
      return AssembledMember.start(
          new CompanyMember(configuration, ground, seeds, told), extension, begins);
    }
  }

  @Override
  public MemberCertificates certificates() {
    return certificates;
  }

  @Override
  public ApiPlace place() {
    var api = configuration.api();
    return new ApiPlace(
        api.bindHost(),
        api.port(),
        "port %d of %s is in use; choose another with troupe.member.api.port"
            .formatted(api.port(), api.bindHost()));
  }

  @Override
  public String name() {
    return configuration.name();
  }

  @Override
  public ControllerTuning tuning() {
    return ControllerTuning.from(configuration.complete());
  }

  @Override
  public TraceSettings traces() {
    return configuration.traces();
  }

  @Override
  public OpenStore openStore(InstantSource clock, Consumer<StoreException> ended) {
    var opening = new StoreOpening(configuration.data(), configuration.complete(), clock, ended);
    var store = open(opening);
    told.accept("the store is " + configuration.store());
    shared = store;
    return store.store();
  }

  private CommonStore shared() {
    return Objects.requireNonNull(shared, "the store comes first");
  }

  private CommonStore open(StoreOpening opening) {
    try {
      return location().openShared(opening);
    } catch (NewerStoreException newer) {
      throw new NotAdmittedException(String.valueOf(newer.getMessage()), newer);
    }
  }

  private StoreLocation location() {
    try {
      return ground.engines().at(configuration.store());
    } catch (StoreException wrong) {
      throw new WrongConfigurationException("troupe.store.url: " + wrong.getMessage(), wrong);
    }
  }

  @Override
  public Member startActors(
      ResourceRegistry registry, Mutator mutator, OpenStore store, Setup... setups) {
    told.accept("looks for the others, or begins a cluster");
    try {
      var member =
          Member.start(
              configuration.layered(), registry, mutator, store.events(), company(), setups);
      actors = member;
      Cluster.get(Adapter.toClassic(member.system()))
          .registerOnMemberUp(() -> told.accept("is in the cluster"));
      return member;
    } catch (ConfigException | IllegalArgumentException wrong) {
      throw new WrongConfigurationException(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private Company company() {
    var place = configuration.place();
    var store = shared();
    var forms = store.forms();
    return new Company(
        seeds::known,
        () -> introduction(store),
        () -> new StoredForms(forms.storedTables(), forms.storedRecords()),
        Terms.standard(
            store.roll(),
            new InetSocketAddress(place.bindHost(), place.probePort()),
            InstantSource.system()));
  }

  private Introduction introduction(CommonStore store) {
    var forms = store.forms();
    return new Introduction(
        Release.NAME,
        WireVersions.OURS,
        forms.knownTables(),
        forms.knownRecords(),
        configuration.cluster(),
        store.origin(),
        0,
        forms.incarnation(),
        Map.of(),
        0,
        0);
  }

  @Override
  public List<HealthCheck> checks(Member member, OpenStore store) {
    return List.of(new HealthCheck("cluster", false, member::trouble));
  }

  @Override
  public Duration upkeepPause() {
    return ground.upkeepPause();
  }

  @Override
  public Upkeep upkeep(ObjectWrites writes, Member member, int port) {
    var self =
        new ApiEndpoints.Place(configuration.place().address(), configuration.api().host(), port);
    return new CommonUpkeep(
        new FirstObjects(writes),
        new ApiEndpoints(writes, self, () -> living(member)),
        SimulatedMachines.described(configuration.nodes()),
        () -> upgrade(member),
        CompanyMember::aside,
        Duration.ofSeconds(1));
  }

  /// Nothing else, such as a stop, may wait for a thread that waits for the database.
  private static void aside(Runnable work) {
    Thread.ofPlatform().name("table-upgrade").daemon().start(work);
  }

  /// Until all members are of the newer release, they work on the tables of the older one.
  private void upgrade(Member member) {
    var forms = shared().forms();
    var common = member.commonTables(forms.knownTables());
    forms.keepUp(common.version(), common.roll().number());
  }

  private static Set<String> living(Member member) {
    return member.overview(List.of()).members().stream()
        .filter(other -> !GONE.contains(other.status()))
        .map(Overview.MemberReport::address)
        .collect(Collectors.toSet());
  }

  @Override
  public void refused(String sentence) {
    refused = sentence;
  }

  @Override
  public Optional<RuntimeException> explained(Throwable cause) {
    return switch (cause) {
      case Company.TurnedAwayException away ->
          Optional.of(new NotAdmittedException(String.valueOf(away.getMessage()), away));
      case NotAdmittedException refusal -> Optional.of(refusal);
      case TimeoutException late -> Optional.of(late(late));
      default -> Optional.empty();
    };
  }

  private RuntimeException late(TimeoutException late) {
    var why =
        new StringJoiner(
            "; ",
            "not ready after %d s: ".formatted(configuration.patience().start().toSeconds()),
            "");
    Optional.ofNullable(actors).flatMap(Member::trouble).ifPresent(why::add);
    seeds.trouble().ifPresent(why::add);
    var known = seeds.known();
    if (!known.isEmpty()) {
      why.add("it has asked " + String.join(", ", known));
    }
    var whom = refused;
    if (whom == null) {
      return new MemberFailedException(why.toString(), late);
    }
    return new NotAdmittedException(why.add(whom).toString(), late);
  }
}
