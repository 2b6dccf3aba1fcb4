package dev.troupe.runtime.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.troupe.api.controller.PlatformActivity.SweepNamespace;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.logic.state.StateFormat;
import dev.troupe.runtime.controller.platform.PlatformActivities;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.controller.work.Activities;
import dev.troupe.runtime.measure.Figure;
import dev.troupe.runtime.member.Member;
import dev.troupe.runtime.resource.HostIdentity;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.TestJournal;
import dev.troupe.runtime.store.TestSnapshots;
import dev.troupe.runtime.store.WriteCause;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Controllers on a whole member with an event store in memory.
class ControllersTest {

  private static final TypeRef DEPLOYMENTS = new TypeRef("apps", "deployments");
  private static final TypeRef CONFIG_MAPS = TypeRef.core("configmaps");
  private static final TypeRef PODS = TypeRef.core("pods");
  private static final TypeRef SERVICES = TypeRef.core("services");
  private static final TypeRef ADDRESSES = new TypeRef("networking.k8s.io", "ipaddresses");
  private static final TypeRef NODE_PORTS = new TypeRef("internal.troupe.dev", "nodeports");
  private static final InMemoryEventStore STORE = new InMemoryEventStore(InstantSource.system());
  private static final ConcurrentLinkedQueue<String> CALLS = new ConcurrentLinkedQueue<>();
  private static final ExecutorService WORKERS = Executors.newFixedThreadPool(2);

  /// So few that objects have to make room for each other.
  private static final HostSettings FEW_AWAKE =
      new HostSettings(
          8, Duration.ofSeconds(30), 256, 64, Duration.ofSeconds(30), Duration.ofMillis(500));

  private static Member member;
  private static @Nullable Controllers controllers;

  @BeforeAll
  static void start() {
    member = started();
    write(
        key(TypeRef.core("namespaces"), "", "default"),
        "v1",
        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"default\"}}");
  }

  @AfterAll
  static void stop() {
    member.close();
    WORKERS.shutdown();
  }

  private static Member started() {
    var config =
        ConfigFactory.parseMap(
            Map.of(
                "troupe.journal.class", TestJournal.class.getName(),
                "troupe.snapshots.class", TestSnapshots.class.getName()));
    var registry = ResourceRegistry.standard();
    var started = Member.start(config, registry, StandardMutator.standard(), STORE);
    started.ready().toCompletableFuture().join();
    var activities =
        new Activities(new PlatformActivities(started.resources(), registry, started.time()))
            .with(Copies.Defrost.class, (defrost, _) -> called("ring " + defrost.id()))
            .with(Copies.SayGoodbye.class, (bye, _) -> called("bye " + bye.id()));
    controllers =
        Controllers.start(
            started.hosts(),
            new ControllerRegistration(
                List.of(new Copies(Duration.ofSeconds(2)), new Doors()),
                List.of(new Binder()),
                activities,
                "1"),
            started.resources(),
            registry,
            WORKERS,
            started.time(),
            new Random(1),
            FEW_AWAKE);
    return started;
  }

  private static CompletableFuture<String> called(String what) {
    CALLS.add(what);
    return CompletableFuture.completedFuture("");
  }

  @Test
  void whatIsPlannedComesTrueAndStaysSo() {
    apply(deployment("web", 3, ""));

    eventually(() -> copies("web").size() == 3);
    eventually(() -> status("web").path("replicas").asInt() == 3);

    apply(deployment("web", 1, ""));
    eventually(() -> copies("web").size() == 1);
    eventually(() -> status("web").path("replicas").asInt() == 1);
  }

  @Test
  void controllersTellHowTheyAre() {
    apply(deployment("reported", 1, ""));
    eventually(() -> copies("reported").size() == 1);

    var reports = Objects.requireNonNull(controllers).reports().toCompletableFuture().join();

    assertThat(reports).extracting(HostReport::controller).isSorted().contains("copies");
    var copies =
        reports.stream().filter(report -> report.controller().equals("copies")).findFirst();
    assertThat(copies.orElseThrow().running()).isTrue();
    assertThat(copies.orElseThrow().owner()).isEqualTo(member.overview(reports).seenBy());
    assertThat(copies.orElseThrow().epoch()).isPositive();
    assertThat(copies.orElseThrow().awake()).isPositive();
    assertThat(copies.orElseThrow().quarantined()).isZero();
    eventually(() -> behind("copies") == 0);
  }

  private static double behind(String controller) {
    return Objects.requireNonNull(controllers).figures().stream()
        .map(Figure.Level.class::cast)
        .filter(figure -> figure.name().equals("troupe_controller_behind_changes"))
        .flatMap(figure -> figure.samples().stream())
        .filter(sample -> sample.labels().containsValue(controller))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void timerFiresAgainAndAgain() {
    apply(deployment("clock", 0, ""));

    eventually(() -> CALLS.stream().filter(call -> call.startsWith("ring clock")).count() >= 2);
  }

  @Test
  void goodbyeIsSaidBeforeTheObjectGoes() {
    apply(deployment("passing", 1, ""));
    eventually(() -> copies("passing").size() == 1);

    delete(key(DEPLOYMENTS, "default", "passing"));

    eventually(() -> find("passing").isEmpty());
    assertThat(CALLS).contains("bye passing");
    eventually(() -> decision("passing").isEmpty());
  }

  @Test
  void failureIsRememberedAndTriedAgain() {
    apply(deployment("failing", 1, "fail"));

    eventually(() -> retry("failing").map(ObjectState.Retry::attempt).orElse(0) >= 3);
    assertThat(retry("failing").orElseThrow().message()).contains("as asked for");

    delete(key(DEPLOYMENTS, "default", "failing"));
    eventually(() -> find("failing").isEmpty());
  }

  @Test
  void objectThatCannotBeRelatedFailsAlone() {
    apply(deployment("unrelated", 1, "unrelated"));
    eventually(() -> retry("unrelated").isPresent());
    assertThat(retry("unrelated").orElseThrow().message()).contains("refers to nothing");

    apply(deployment("related", 1, ""));

    eventually(() -> copies("related").size() == 1);
  }

  @Test
  void failingObjectsLeaveRoomForOthers() {
    int more = FEW_AWAKE.awake() + 4;
    for (int i = 0; i < more; i++) {
      apply(deployment("hopeless-" + i, 1, "fail"));
    }
    for (int i = 0; i < more; i++) {
      var name = "hopeless-" + i;
      eventually(() -> retry(name).isPresent());
    }

    apply(deployment("hopeful", 1, ""));

    eventually(() -> copies("hopeful").size() == 1);
    eventually(() -> retry("hopeless-0").map(ObjectState.Retry::attempt).orElse(0) >= 3);
  }

  @Test
  void podsOfANamespaceGoFirst() {
    var pod = key(PODS, "swept", "held");
    var map = key(CONFIG_MAPS, "swept", "used");
    apply(
        pod,
        "v1",
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"held","namespace":"swept",
         "finalizers":["example.com/hold"]},
         "spec":{"terminationGracePeriodSeconds":0,
         "containers":[{"name":"main","image":"example.com/app"}]}}\
        """);
    apply(
        map,
        "v1",
        """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"used","namespace":"swept"}}\
        """);

    assertThat(sweep("swept", 1))
        .contains("\"remaining\":{\"pods.\":1}", "\"finalizers\":{\"example.com/hold\":1}");
    assertThat(sweep("swept", 2)).contains("\"remaining\":{\"pods.\":1}");
    assertThat(snapshot(CONFIG_MAPS).get("swept", "used")).isPresent();

    var released = ControllerJson.object("{\"metadata\":{\"finalizers\":[]}}".getBytes(UTF_8));
    send(pod, "v1", new Mutation.Patch(Mutation.PatchType.MERGE, released));
    assertThat(sweep("swept", 3)).contains("\"remaining\":{},", "\"failures\":[]");
    assertThat(snapshot(PODS).get("swept", "held")).isEmpty();
    assertThat(snapshot(CONFIG_MAPS).get("swept", "used")).isEmpty();
  }

  private static String sweep(String namespace, int round) {
    return new PlatformActivities(
            member.resources(), ResourceRegistry.standard(), InstantSource.system())
        .carryOut(
            new SweepNamespace(namespace, "uid", round),
            "sweep " + round,
            new HostIdentity(new PartitionId(new TypeRef(PartitionId.CONTROLLERS, "sweeps"), 0), 1))
        .toCompletableFuture()
        .join();
  }

  @Test
  void collectionControllerBindsEveryPod() {
    for (int i = 0; i < 20; i++) {
      apply(
          key(PODS, "default", "pod-" + i),
          "v1",
          """
          {"apiVersion":"v1","kind":"Pod","metadata":{"name":"pod-%d","namespace":"default"},
           "spec":{"containers":[{"name":"main","image":"example.com/app"}]}}\
          """
              .formatted(i));
    }

    eventually(() ->
        all(PODS).stream()
            .allMatch(pod ->
                ControllerJson.object(pod.json())
                    .path("spec")
                    .path("nodeName")
                    .asString("")
                    .startsWith("node-")));
    eventually(() ->
        all(TypeRef.core("events")).stream()
                // Other tests have pods elsewhere.
                .filter(event -> event.key().namespace().equals("default"))
                .filter(event -> new String(event.json(), UTF_8).contains("Scheduled"))
                .count()
            == 20);
  }

  @Test
  void plannedServicesGetAddressesAndNodePorts() {
    apply(deployment("reached", 0, "door"));

    eventually(() -> snapshot(SERVICES).get("default", "reached").isPresent());
    var spec =
        ControllerJson.object(snapshot(SERVICES).get("default", "reached").orElseThrow().json())
            .path("spec");
    assertThat(snapshot(ADDRESSES).get("", spec.path("clusterIP").asString())).isPresent();
    assertThat(snapshot(NODE_PORTS).get("", spec.at("/ports/0/nodePort").asString())).isPresent();
  }

  @Test
  void plannedServiceThatIsRefusedKeepsNoAddress() {
    apply(deployment("front", 0, "front-door"));
    apply(deployment("rival", 0, "front-door"));

    eventually(() ->
        Stream.of("front", "rival")
            .flatMap(name -> decision("doors", name).map(ObjectState::retry).stream())
            .anyMatch(retry -> retry.message().contains("30080: provided port is already")));
    // Each further attempt claims an address, and gives it back.
    eventually(() -> all(ADDRESSES).size() == all(SERVICES).size());
  }

  @Test
  void everythingGoesOnAfterARestart() {
    apply(deployment("kept", 2, ""));
    eventually(() -> copies("kept").size() == 2);
    eventually(() -> decision("kept").isPresent());

    member.close();
    member = started();

    assertThat(copies("kept")).hasSize(2);
    apply(deployment("kept", 3, ""));
    eventually(() -> copies("kept").size() == 3);
    int before = CALLS.size();
    eventually(() ->
        CALLS.stream().skip(before).filter(call -> call.startsWith("ring kept")).count() >= 1);
  }

  @Test
  void everyWriteOfAControllerTellsItsCause() {
    apply(deployment("caused", 1, ""));
    eventually(() -> copies("caused").size() == 1);

    var cause =
        STORE
            .history(key(CONFIG_MAPS, "default", "caused-0"), 1)
            .toCompletableFuture()
            .join()
            .getFirst()
            .cause();
    assertThat(cause.kind()).isEqualTo(WriteCause.Kind.CONTROLLER);
    assertThat(cause.name()).isEqualTo("copies");
    assertThat(cause.subject()).isEqualTo(key(DEPLOYMENTS, "default", "caused"));
    assertThat(cause.version()).isPositive();
    assertThat(cause.reason()).isNotEmpty();
  }

  private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;

  private static List<StoredResource> copies(String name) {
    return all(CONFIG_MAPS).stream()
        .filter(copy -> copy.key().name().startsWith(name + "-"))
        .toList();
  }

  private static JsonNode status(String name) {
    return ControllerJson.object(find(name).orElseThrow().json()).path("status");
  }

  private static Optional<StoredResource> find(String name) {
    return snapshot(DEPLOYMENTS).get("default", name);
  }

  private static List<StoredResource> all(TypeRef type) {
    var all = new ArrayList<StoredResource>();
    snapshot(type).iterate(null, null).forEachRemaining(all::add);
    return all;
  }

  private static Snapshot snapshot(TypeRef type) {
    return member.resources().snapshot(type, null).toCompletableFuture().join();
  }

  private static Optional<ObjectState.Retry> retry(String name) {
    return decision(name).map(ObjectState::retry);
  }

  private static Optional<ObjectState> decision(String name) {
    return decision("copies", name);
  }

  /// The newest decision; empty if nothing is remembered.
  private static Optional<ObjectState> decision(String controller, String name) {
    var found = new ArrayList<EventRecord>();
    STORE
        .scan(
            new PartitionId(new TypeRef(PartitionId.CONTROLLERS, controller), 0),
            Long.MAX_VALUE,
            record -> {
              if (record.key().name().equals(name) && record.type() != EventRecord.Type.DELETED) {
                found.add(record);
              }
            })
        .toCompletableFuture()
        .join();
    return found.stream().findFirst().map(record -> StateFormat.decode(record.body()));
  }

  private static void eventually(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it does not come true").isLessThan(end);
      try {
        Thread.sleep(20);
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
  }

  private static ResourceKey key(TypeRef type, String namespace, String name) {
    return new ResourceKey(type, namespace, name);
  }

  private static void apply(String json) {
    var name = ControllerJson.object(json.getBytes(UTF_8)).path("metadata").path("name").asString();
    apply(key(DEPLOYMENTS, "default", name), "apps/v1", json);
  }

  private static void apply(ResourceKey key, String apiVersion, String json) {
    write(key, apiVersion, json);
  }

  private static void write(ResourceKey key, String apiVersion, String json) {
    var planned = ControllerJson.object(json.getBytes(UTF_8));
    send(key, apiVersion, new Mutation.Merge(planned));
  }

  private static void delete(ResourceKey key) {
    send(key, "apps/v1", new Mutation.Delete(Mutation.DeleteOptions.NONE));
  }

  private static void send(ResourceKey key, String apiVersion, Mutation mutation) {
    var now = Instant.now();
    var namespaceUid =
        key.namespace().isEmpty()
            ? null
            : snapshot(TypeRef.core("namespaces")).get("", "default").orElseThrow().uid();
    var facts = new MutationRequest.Facts(now, UUID.randomUUID().toString(), namespaceUid);
    var request =
        new MutationRequest(
            key, apiVersion, Subresources.WHOLE, mutation, MutationRequest.Options.DEFAULT, facts);
    var reply =
        member
            .resources()
            .write(
                new WriteRequest(
                    request, WriteCause.user("test", "", "apply"), "", 0, now.plusSeconds(30)))
            .toCompletableFuture()
            .join();
    assertThat(reply).isNotInstanceOf(WriteReply.Refused.class);
  }

  private static String deployment(String name, int replicas, String annotation) {
    return """
    {"apiVersion":"apps/v1","kind":"Deployment",
     "metadata":{"name":"%s","namespace":"default","annotations":{"test%s":"x"%s}},
     "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"%s"}},
      "template":{"metadata":{"labels":{"app":"%s"}},
       "spec":{"containers":[{"name":"main","image":"example.com/app"}]}}}}\
    """
        .formatted(
            name,
            "",
            annotation.isEmpty() ? "" : ",\"" + annotation + "\":\"x\"",
            replicas,
            name,
            name);
  }
}
