package dev.troupe.runtime.member;

import com.typesafe.config.Config;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.reading.PartitionReader;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.controller.HostPlaces;
import dev.troupe.runtime.controller.HostReport;
import dev.troupe.runtime.definition.Definitions;
import dev.troupe.runtime.definition.LateTypes;
import dev.troupe.runtime.gateway.Gateway;
import dev.troupe.runtime.gateway.Joining;
import dev.troupe.runtime.gateway.SpokenSetup;
import dev.troupe.runtime.gateway.bulk.ServedLists;
import dev.troupe.runtime.gateway.logic.Acquaintances;
import dev.troupe.runtime.gateway.logic.Doorkeeper;
import dev.troupe.runtime.gateway.message.GatewayMessage.OverviewTold;
import dev.troupe.runtime.gateway.report.GuestBook;
import dev.troupe.runtime.gateway.report.Reports;
import dev.troupe.runtime.hosting.Hosting;
import dev.troupe.runtime.lease.LeaseBoard;
import dev.troupe.runtime.lease.LeaseQueue;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.liveness.Lookout;
import dev.troupe.runtime.measure.Figure;
import dev.troupe.runtime.measure.MemberMeasures;
import dev.troupe.runtime.overview.Overview;
import dev.troupe.runtime.overview.OwnAccount;
import dev.troupe.runtime.placing.Departures;
import dev.troupe.runtime.placing.PartitionRegion;
import dev.troupe.runtime.relay.Relays;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.OpenEpochs;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreSetup;
import dev.troupe.runtime.version.SteadyClock;
import dev.troupe.runtime.wire.WireVersions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/// This JVM's part in the cluster: its actor system, the partitions that it holds, and the way in
/// to all resources. Unless it is given company, it is a cluster of its own.
public final class Member implements AutoCloseable {

  private final MemberSystem system;
  private final PartitionDirectory directory = new PartitionDirectory();
  private final MemberMeasures measures = new MemberMeasures(System::nanoTime);
  private final InstantSource time;
  private final Placement placement;
  private final Resources resources;
  private final Definitions definitions;
  private final Hosting hosts;
  private final MemberStart start = new MemberStart();
  private final OwnAccount account;
  private final Acquaintances acquaintances;
  private final @Nullable Lookout lookout;
  private final Reports reports = new Reports(this::told);
  private final GuestBook guests = new GuestBook();

  /// Those that others take from here; null if there are no others.
  private @Nullable ServedLists lists;

  /// Starts the actor system and all partitions; [#ready()] tells when they serve.
  ///
  /// @param config what differs from the reference configuration
  /// @param store is used until the member has stopped, and not closed by it
  /// @param more what else the actor system is set up with, such as the TLS of its remoting
  public static Member start(
      Config config, ResourceRegistry registry, Mutator mutator, EventStore store, Setup... more) {
    return new Member(config, registry, mutator, store, null, more);
  }

  /// The same of a member among others, which share the store. Each knows the same types.
  ///
  /// [#ready()] fails with a sentence if the others do not let it in.
  public static Member start(
      Config config,
      ResourceRegistry registry,
      Mutator mutator,
      EventStore store,
      Company company,
      Setup... more) {
    return new Member(config, registry, mutator, store, company, more);
  }

  private Member(
      Config differing,
      ResourceRegistry registry,
      Mutator mutator,
      EventStore store,
      @Nullable Company company,
      Setup... more) {
    var config = MemberSystem.complete(differing, company == null);
    var settings = RuntimeSettings.from(config);
    placement = settings.partitions().placement(registry, store);
    acquaintances = acquaintances(company);
    system =
        MemberSystem.start(
            config,
            new StoreSetup(store, new OpenEpochs()),
            new SpokenSetup(acquaintances::spoken),
            company == null,
            more);
    lookout = company == null ? null : new Lookout(system.actors(), company.terms(), measures);
    LeaseBoard board = lookout == null ? store::isCurrent : lookout.board();
    var own = new SteadyClock(InstantSource.system(), System::nanoTime, board::covers);
    time = lookout == null ? own : lookout.time();
    var parts =
        MemberParts.of(
            settings, registry, mutator, store, placement, time, directory, board, measures);
    var reader = parts.reader(system.actors());
    hosts = hosting(parts);
    var relays = parts.relays(system.actors());
    account = account(store, relays);
    resources = parts.resources(system.actors(), reader, relays, company != null);
    definitions = parts.definitions(system.actors(), resources, relays);
    if (company != null && lookout != null) {
      meet(company, lookout, reader, parts);
    }
    begin(parts);
    start.await(directory, placement, leases().orElse(null), definitions, settings.startPatience());
  }

  private OwnAccount account(EventStore store, Relays relays) {
    return new OwnAccount(
        new OwnAccount.LookedAt(
            system::address,
            system::members,
            placement,
            directory,
            store,
            relays,
            guests::address,
            time));
  }

  private void begin(MemberParts parts) {
    var region =
        PartitionRegion.start(
            system.actors(),
            placement,
            directory,
            parts.rooms(system.actors(), leases().orElse(null), definitions, resources),
            (member, type) -> acquaintances.announces(Gateway.text(member), parts.announced(type)),
            hosts.departures());
    system.beforeSharding(() -> leave(region), region::abandon);
    system.afterCluster(this::concluded);
  }

  /// What others are just taking they take before this member goes.
  private CompletionStage<Done> leave(PartitionRegion region) {
    var served = lists;
    return served == null ? region.leave() : region.leave().thenCompose(_ -> served.whenTaken());
  }

  private Hosting hosting(MemberParts parts) {
    return new Hosting(
        system.actors(),
        parts.hosts(),
        leases().orElse(null),
        system.ending()::isPlanned,
        lookout == null ? Departures.OF_ONE : system.departures(acquaintances));
  }

  private CompletionStage<Done> concluded() {
    return lookout == null
        ? CompletableFuture.completedStage(Done.getInstance())
        : lookout.conclude();
  }

  private void meet(Company company, Lookout around, PartitionReader reader, MemberParts parts) {
    var gateway = parts.gateway(system.actors(), acquaintances, reader, reports, guests);
    var told = Gateway.start(system.actors(), gateway, joining(company, around));
    around.begin(told.andThen(parts.hosts()::acting), system.ending()::because);
    lists = gateway.lists();
  }

  private static Acquaintances acquaintances(@Nullable Company company) {
    return new Acquaintances(company == null ? WireVersions.OURS : company.self().get().wire());
  }

  private Joining joining(Company company, Lookout around) {
    var layout = placement.counts();
    return new Joining(
        new Doorkeeper(company.terms().leases().offset(), company.stored()),
        () ->
            around
                .found()
                .map(found ->
                    company
                        .self()
                        .get()
                        .at(
                            layout,
                            found.before(),
                            found.formed(),
                            company.terms().wall().millis(),
                            around.probePort())),
        company.seeds(),
        start,
        Joining.Circle.of(around.circle(), hosts));
  }

  /// Completes when every partition serves, those of defined types included, and this member may
  /// read; fails if that takes too long. With company all of it may be so while the member's own
  /// partitions are still elsewhere.
  public CompletionStage<Void> ready() {
    return start.ready();
  }

  /// The latest version of the store's tables that all members know.
  ///
  /// @param version 0 while one of them has not said which it knows
  /// @param roll of whom that is true
  public record CommonTables(int version, Roll roll) {}

  /// @param ours the latest that this member knows
  public CommonTables commonTables(int ours) {
    var roll = lookout == null ? Roll.NONE : lookout.roll();
    var others = new HashSet<>(roll.members());
    if (lookout != null) {
      others.remove(lookout.self());
    }
    return new CommonTables(acquaintances.tables(ours, others), roll);
  }

  /// What keeps this member from serving everybody now, in words: that it is no part of the
  /// cluster, may not read, or does not know where all partitions are. Empty if nothing does.
  public Optional<String> trouble() {
    if (!system.isUp()) {
      return Optional.of("it is not in the cluster");
    }
    if (lookout != null && !lookout.board().covers()) {
      return Optional.of(
          lookout.board().why() + ", so that it does not know what the newest state is");
    }
    var missing = directory.missing(placement.all());
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "nobody is known to have %d of %d partitions, such as %s"
                .formatted(missing.size(), placement.all().size(), missing.getFirst()));
  }

  public Resources resources() {
    return resources;
  }

  /// Where it is asked for a type of which this member may not have heard yet.
  public LateTypes lateTypes() {
    return definitions;
  }

  /// Where whoever opens a partition of his own waits until he may; empty if this member is alone.
  public Optional<LeaseQueue> leases() {
    return Optional.ofNullable(lookout).map(Lookout::queue);
  }

  /// Where the hosts of controllers are, and what those of this member need.
  public HostPlaces hosts() {
    return hosts;
  }

  /// Which partitions there are.
  public List<PartitionId> partitions() {
    return placement.all();
  }

  /// Who takes part and who holds which partition, as this member sees it now.
  ///
  /// @param controllers how those are doing
  public Overview overview(List<HostReport> controllers) {
    return account.overview(controllers, List.of());
  }

  /// The same with what other members tell of themselves, who are asked now. Completes soon: of
  /// what a member holds that does not answer only the place is known.
  public CompletionStage<Overview> wholeOverview(CompletionStage<List<HostReport>> controllers) {
    return reports
        .ofOthers()
        .thenCombine(
            controllers,
            (others, hosts) ->
                account.overview(hosts, others.stream().map(OverviewTold::report).toList()));
  }

  private OverviewTold told() {
    return new OverviewTold(account.self());
  }

  /// What it measures of itself, as it is now.
  public List<Figure> figures() {
    var figures = new ArrayList<>(measures.figures());
    if (lookout != null) {
      figures.addAll(lookout.figures());
    }
    figures.addAll(account.figures());
    return figures;
  }

  /// The clock of everything that has to do with versions.
  public InstantSource time() {
    return time;
  }

  public ActorSystem<Void> system() {
    return system.actors();
  }

  /// Completes when the member begins to stop, for whatever reason: by [#close], or because a part
  /// that it cannot be without has failed.
  public CompletionStage<Void> ending() {
    return system.ending().begun();
  }

  /// Why it ends, if nobody has asked it to: others have struck or removed it, or its leases could
  /// not be looked after. Another start is another life, which they let in; but for one that a
  /// [Company.TurnedAwayException] ends.
  public Optional<RuntimeException> failure() {
    return system.ending().failure();
  }

  /// Completes when the member has stopped, and what its actors said is in the log: Pekko's own
  /// words go by an actor, the last that stops.
  public CompletionStage<Void> ended() {
    return system.ending().over();
  }

  /// Lets the partitions finish what they have to do and close their epochs, and stops. Returns
  /// when that is done.
  @Override
  public void close() {
    system.stop();
  }
}
