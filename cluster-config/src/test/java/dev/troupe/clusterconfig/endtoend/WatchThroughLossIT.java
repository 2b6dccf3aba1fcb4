package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clusterconfig.premises.LocalPremises;
import dev.troupe.clusterconfig.proxy.DoorLimits;
import dev.troupe.clusterconfig.proxy.FrontDoor;
import dev.troupe.clusterconfig.proxy.ReadyzProbe;
import dev.troupe.testkit.load.LoadSettings;
import dev.troupe.testkit.members.LoopbackNetwork;
import dev.troupe.testkit.members.MemberServer;
import dev.troupe.testkit.members.MemberServers;
import dev.troupe.testkit.process.Api;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Clients that watch through a member that is killed go on at another, by their own reconnect and
/// at an address that any member answers: as of `up --members`.
@Tag("thorough")
@Timeout(300)
class WatchThroughLossIT {

  private static final int MEMBERS = 3;

  /// So often everything is written before the kill, and after it.
  private static final int ROUNDS = 10;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  void clientsOfAKilledMemberMissNothingAndSeeNothingTwice() throws Exception {
    try (var premises = LocalPremises.open(directory, InstantSource.system(), new SecureRandom());
        var servers =
            MemberServers.start(MEMBERS, premises, new LoopbackNetwork(), List.of("-Xmx512m"));
        var probe = new ReadyzProbe(premises.tls(), DoorLimits.STANDARD.silence());
        var door =
            FrontDoor.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                probe,
                DoorLimits.STANDARD)) {
      servers.awaitSpread("configmaps");
      var victim = servers.get(2);
      door.lead(List.of(address(victim)));
      var kubeconfig = directory.resolve("kubeconfig");
      premises.kubeconfig("https://127.0.0.1:" + door.port(), kubeconfig);
      var writer = Writer.begin(servers);
      var seen = new Sightings();
      try (var client = client(kubeconfig);
          var _ = client.configMaps().inAnyNamespace().withLabel("suite", "loss").inform(seen, 0)) {
        await(() -> seen.versions.size() == writer.acknowledged.size());
        writer.write(ROUNDS);
        var waiting = Kubectl.isThere() ? new Waiting(kubeconfig, writer.namespaces()) : null;

        door.lead(servers.all().stream().map(WatchThroughLossIT::address).toList());
        victim.kill();
        writer.write(ROUNDS);

        await(() -> seen.lengths() == writer.lengths());
        assertThat(seen.versions).isEqualTo(writer.acknowledged);
        if (waiting != null) {
          writer.finish();
          waiting.assertEnds();
        }
      }
    }
  }

  private static InetSocketAddress address(MemberServer member) {
    var server = URI.create(Api.server(member.kubeconfig()));
    return new InetSocketAddress(server.getHost(), server.getPort());
  }

  private static KubernetesClient client(Path kubeconfig) throws IOException {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
        .build();
  }

  private static void await(BooleanSupplier fact) throws InterruptedException {
    while (!fact.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /// One object in a namespace of each partition, and the versions that it was given.
  private record Writer(Api api, Map<String, List<Long>> acknowledged) {

    private static final String BODY =
        """
        {"metadata": {"name": "watched", "labels": {"suite": "loss"}}, "data": {"value": "%s"}}
        """;

    /// Through a member that stays.
    static Writer begin(MemberServers servers) {
      var writer = new Writer(servers.get(1).api(), new ConcurrentHashMap<>());
      for (var namespace : LoadSettings.spread(servers.partitions("configmaps"))) {
        var name = namespace.name();
        var body = "{\"metadata\": {\"name\": \"%s\"}}".formatted(name);
        assertThat(writer.api.post("/api/v1/namespaces", body).code()).isEqualTo(201);
        var created = writer.api.post(collection(name), BODY.formatted("new"));
        assertThat(created.code()).isEqualTo(201);
        writer.acknowledge(name, created);
      }
      return writer;
    }

    private static String collection(String namespace) {
      return "/api/v1/namespaces/" + namespace + "/configmaps";
    }

    List<String> namespaces() {
      return List.copyOf(acknowledged.keySet());
    }

    private void acknowledge(String namespace, Api.Answer answer) {
      acknowledged
          .computeIfAbsent(namespace, _ -> new CopyOnWriteArrayList<>())
          .add(Long.parseLong(answer.body().at("/metadata/resourceVersion").asString()));
    }

    void write(int rounds) throws InterruptedException {
      for (int i = 0; i < rounds; i++) {
        for (var namespace : namespaces()) {
          write(namespace, lengths() + "-" + i);
        }
      }
    }

    void finish() throws InterruptedException {
      for (var namespace : namespaces()) {
        write(namespace, "done");
      }
    }

    /// What may have been stored is written once more: then it is known, as nothing is changed.
    private void write(String namespace, String value) throws InterruptedException {
      var path = collection(namespace) + "/watched";
      var answer = api.patch(path, BODY.formatted(value));
      while (answer.code() == 503 || answer.code() == 504) {
        TimeUnit.MILLISECONDS.sleep(50);
        answer = api.patch(path, BODY.formatted(value));
      }
      assertThat(answer.code()).as("%s", answer.body()).isEqualTo(200);
      acknowledge(namespace, answer);
    }

    int lengths() {
      return acknowledged.values().stream().mapToInt(List::size).sum();
    }
  }

  /// What an informer is told, by namespace.
  private static final class Sightings implements ResourceEventHandler<ConfigMap> {

    private final Map<String, List<Long>> versions = new ConcurrentHashMap<>();

    private void see(ConfigMap map) {
      versions
          .computeIfAbsent(map.getMetadata().getNamespace(), _ -> new CopyOnWriteArrayList<>())
          .add(Long.parseLong(map.getMetadata().getResourceVersion()));
    }

    private int lengths() {
      return versions.values().stream().mapToInt(List::size).sum();
    }

    @Override
    public void onAdd(ConfigMap map) {
      see(map);
    }

    @Override
    public void onUpdate(ConfigMap before, ConfigMap after) {
      see(after);
    }

    @Override
    public void onDelete(ConfigMap map, boolean unknown) {
      throw new AssertionError("nothing is deleted: " + map.getMetadata());
    }
  }

  /// A `kubectl wait` that watches.
  private final class Waiting {

    private final Process process;
    private final Path said = directory.resolve("kubectl.log");

    private Waiting(Path kubeconfig, List<String> namespaces) throws Exception {
      process =
          new Kubectl(kubeconfig, directory.resolve("home"))
              .start(
                  Map.of(),
                  "wait",
                  "configmap/watched",
                  "--namespace=" + namespaces.getFirst(),
                  "--for=jsonpath={.data.value}=done",
                  "--timeout=120s",
                  "-v=6");
      Thread.startVirtualThread(this::note);
      await(() -> said().contains("watch=true"));
    }

    private void note() {
      try (var errors = process.getErrorStream();
          var file = Files.newOutputStream(said)) {
        errors.transferTo(file);
      } catch (IOException over) {
        // The process has ended.
      }
    }

    private String said() {
      try {
        return Files.exists(said) ? Files.readString(said) : "";
      } catch (IOException e) {
        return "";
      }
    }

    private void assertEnds() throws InterruptedException, IOException {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends; %s", said()).isTrue();
      var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.exitValue()).as(printed + said()).isZero();
      assertThat(printed).contains("condition met");
    }
  }
}
