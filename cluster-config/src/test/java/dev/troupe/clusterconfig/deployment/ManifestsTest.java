package dev.troupe.clusterconfig.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.apiserver.health.Health;
import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.certificates.MemberName;
import dev.troupe.clusterconfig.configuration.ConfigurationFile;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationRequest.Facts;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.MutationRequest.Options;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.subresource.Subresources;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The manifests mean something to Kubernetes, to each other and to the member that they start.
class ManifestsTest {

  private static final String POD = "troupe-0";

  /// It has no such standards; the cluster that members run in has.
  private static final String NOT_OF_THIS_CLUSTER = "pod security standards are not enforced";

  @TempDir private Path directory;

  private ObjectNode set;
  private JsonNode pod;
  private JsonNode container;
  private Config member;

  @BeforeEach
  void read() throws IOException {
    set = Deploy.manifest("StatefulSet", "troupe");
    pod = set.at("/spec/template/spec");
    container = pod.at("/containers/0");
    member = configuration().getConfig("troupe.member");
  }

  private static String file() throws IOException {
    return Deploy.manifest("ConfigMap", "troupe-member").at("/data/member.conf").asString();
  }

  /// As a member reads it; what the pod's environment says is written in.
  private Config configuration() throws IOException {
    var file = directory.resolve("member.conf");
    Files.writeString(file, file().replace("${POD_NAME}", '"' + POD + '"'));
    return ConfigurationFile.read(file).complete();
  }

  @Test
  void configurationOfAMachineIsOne() throws IOException {
    var file = directory.resolve("m1.conf");
    Files.writeString(file, Deploy.text("systemd/m1.conf"));
    var read = ConfigurationFile.read(file);

    assertThat(read.name()).isEqualTo("m1");
    assertThat(read.discovery().getStringList("static")).contains(read.place().address());
    assertThat(read.store()).contains("sslmode=verify-full");
    assertThat(read.data()).isEqualTo(Path.of("/var/lib/troupe/m1"));
  }

  @Test
  void kustomizationNamesEveryFile() throws IOException {
    try (var files = Files.list(Deploy.DIRECTORY.resolve("kubernetes"))) {
      assertThat(texts(Deploy.yaml(Deploy.text("kubernetes/kustomization.yaml")).path("resources")))
          .containsExactlyInAnyOrderElementsOf(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> !name.equals("kustomization.yaml"))
                  .toList());
    }
  }

  @Test
  void everyFieldIsOneOfKubernetes() throws IOException {
    var serialization = new KubernetesSerialization();
    for (var document : Deploy.manifests()) {
      Object typed = serialization.unmarshal(document.toString());
      var unknown = new ArrayList<String>();
      collectUnknown(typed, typed.getClass().getSimpleName(), unknown);
      assertThat(unknown).as(document.toString()).isEmpty();
    }
  }

  /// By the rules that this very control plane holds its own clients to.
  @Test
  void whatIsServedHereIsValidHere() throws IOException {
    var checked = new TreeSet<String>();
    for (var document :
        Stream.concat(Deploy.manifests().stream(), Stream.of(podAlone())).toList()) {
      var type =
          ResourceRegistry.standard().all().stream()
              .filter(some -> some.names().kind().equals(document.path("kind").asString("")))
              .findFirst();
      if (type.isPresent()) {
        checked.add(type.get().names().kind());
        var result = create(document, type.get().ref().toString());
        assertThat(result).as(document.toString()).isInstanceOf(MutationResult.Stored.class);
        assertThat(((MutationResult.Stored) result).warnings())
            .filteredOn(warning -> !warning.contains(NOT_OF_THIS_CLUSTER))
            .isEmpty();
      }
    }
    assertThat(checked).contains("ConfigMap", "Namespace", "Pod", "Service", "ServiceAccount");
  }

  @Test
  void portsAreThoseOfTheConfiguration() throws IOException {
    assertThat(port("members")).isEqualTo(member.getInt("port"));
    assertThat(port("probes")).isEqualTo(member.getInt("probe-port"));
    assertThat(port("https")).isEqualTo(member.getInt("api.port"));
    assertThat(member.getInt("discovery.kubernetes-api.port")).isEqualTo(member.getInt("port"));
    for (var service : List.of("troupe-members", "troupe-api")) {
      for (var offered : Deploy.manifest("Service", service).at("/spec/ports")) {
        assertThat(offered.path("port").asInt())
            .isEqualTo(port(offered.path("targetPort").asString()));
      }
    }
  }

  @Test
  void eachIsReachedByTheNameOfItsPod() throws IOException {
    var service = set.at("/spec/serviceName").asString();
    var namespace = set.at("/metadata/namespace").asString();
    var domain = member.getString("discovery.kubernetes-api.domain");

    assertThat(member.getString("host"))
        .isEqualTo("%s.%s.%s.svc.%s".formatted(POD, service, namespace, domain));
    assertThat(member.getString("api.host"))
        .isEqualTo("troupe-api.%s.svc.%s".formatted(namespace, domain));
    assertThat(Deploy.manifest("Service", service).at("/spec/clusterIP").asString())
        .isEqualTo("None");
    assertThat(Deploy.manifest("Service", service).at("/spec/publishNotReadyAddresses").asBoolean())
        .isTrue();
    assertThat(Deploy.manifests())
        .filteredOn(document -> !document.path("kind").asString().equals("Namespace"))
        .allSatisfy(document ->
            assertThat(document.at("/metadata/namespace").asString()).isEqualTo(namespace));
  }

  @Test
  void everythingMeansTheSamePods() throws IOException {
    var labels = set.at("/spec/template/metadata/labels");
    assertThat(labels.size()).isEqualTo(1);
    var selector =
        labels.propertyStream().map(label -> label.getKey() + "=" + label.getValue().asString());

    assertThat(selector).containsExactly(member.getString("discovery.kubernetes-api.selector"));
    assertThat(
            List.of(
                set.at("/spec/selector/matchLabels"),
                Deploy.manifest("Service", "troupe-members").at("/spec/selector"),
                Deploy.manifest("Service", "troupe-api").at("/spec/selector"),
                Deploy.manifest("PodDisruptionBudget", "troupe").at("/spec/selector/matchLabels"),
                Deploy.manifest("NetworkPolicy", "troupe").at("/spec/podSelector/matchLabels"),
                pod.at(
                    "/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/0"
                        + "/labelSelector/matchLabels")))
        .containsOnly(labels);
  }

  @Test
  void discoveryIsAllowed() throws IOException {
    var account = pod.path("serviceAccountName").asString();
    var binding = Deploy.manifest("RoleBinding", "troupe-member");
    var rule = Deploy.manifest("Role", "troupe-member").at("/rules/0");

    assertThat(member.getString("discovery.method")).isEqualTo("kubernetes-api");
    assertThat(pod.path("automountServiceAccountToken").asBoolean()).isTrue();
    assertThat(binding.at("/subjects/0/name").asString()).isEqualTo(account);
    assertThat(binding.at("/roleRef/name").asString()).isEqualTo("troupe-member");
    assertThat(texts(rule.path("resources"))).containsExactly("pods");
    assertThat(texts(rule.path("verbs"))).containsExactly("list");
  }

  @Test
  void probesAskWhatIsAnswered() {
    var answered = new Health(List.of()).paths();
    for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      var get = container.path(probe).path("httpGet");
      assertThat(answered).contains(get.path("path").asString());
      assertThat(get.path("scheme").asString()).isEqualTo("HTTPS");
      assertThat(get.path("port").asString()).isEqualTo("https");
    }
    assertThat(container.at("/livenessProbe/httpGet/path").asString()).isEqualTo("/livez");
    assertThat(container.at("/readinessProbe/httpGet/path").asString()).isEqualTo("/readyz");
  }

  /// A secret is what a directory of `troupe certificate` holds, and each pod is shown its own.
  @Test
  void certificatesAreThoseThatAreIssued() throws IOException {
    var authority =
        new CertificateDirectory(
            directory.resolve("pki"), InstantSource.system(), new SecureRandom());
    authority.open(_ -> {});
    authority.issue(new MemberName(POD, List.of("localhost")), directory.resolve("issued"));
    var mount = mount("certificates");
    var sources = volume("certificates").at("/projected/sources");

    assertThat(sources.size()).isEqualTo(set.at("/spec/replicas").asInt());
    assertThat(mount.path("subPathExpr").asString()).isEqualTo("$(POD_NAME)");
    assertThat(member.getString("certificates")).isEqualTo(mount.path("mountPath").asString());
    for (int number = 0; number < sources.size(); number++) {
      var secret = sources.get(number).path("secret");
      var name = "troupe-" + number;
      assertThat(secret.path("name").asString()).isEqualTo(name);
      try (var files = Files.list(directory.resolve("issued"))) {
        assertThat(texts(secret.path("items"), "key"))
            .containsExactlyInAnyOrderElementsOf(
                files.map(file -> file.getFileName().toString()).toList());
      }
      assertThat(texts(secret.path("items"), "path"))
          .isEqualTo(
              texts(secret.path("items"), "key").stream().map(key -> name + "/" + key).toList());
    }
  }

  @Test
  void whatIsNamedInTheConfigurationIsMounted() throws IOException {
    var store = mount("store").path("mountPath").asString();
    var files =
        texts(volume("store").at("/secret/items"), "path").stream()
            .map(file -> store + "/" + file)
            .toList();
    var configuration = configuration();

    assertThat(files).contains(configuration.getString("troupe.store.postgresql.password-file"));
    assertThat(configuration.getString("troupe.store.url"))
        .contains("sslmode=verify-full", "sslrootcert=" + store + "/ca.crt");
    assertThat(files).contains(store + "/ca.crt");
    assertThat(member.getString("data")).startsWith(mount("data").path("mountPath").asString());
    assertThat(texts(container.path("args")))
        .containsExactly("member", "--config", mount("configuration").path("mountPath").asString());
  }

  @Test
  void itIsGivenTheTimeThatItTakesToStartAndToLeave() throws IOException {
    var reference = ConfigFactory.defaultReference();
    var startup = container.path("startupProbe");
    var patience =
        Duration.ofSeconds(
            startup.path("failureThreshold").asLong() * startup.path("periodSeconds").asLong());
    long preStop = container.at("/lifecycle/preStop/sleep/seconds").asLong();
    long grace = pod.path("terminationGracePeriodSeconds").asLong();

    assertThat(patience).isGreaterThan(reference.getDuration("troupe.member.start-patience"));
    assertThat(Duration.ofSeconds(grace - preStop))
        .isGreaterThan(reference.getDuration("troupe.member.leave-patience").plusSeconds(20));
  }

  @Test
  void nothingMoreIsAllowedThanNeeded() {
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(texts(container.at("/securityContext/capabilities/drop"))).containsExactly("ALL");
    assertThat(pod.at("/securityContext/seccompProfile/type").asString())
        .isEqualTo("RuntimeDefault");
  }

  private int port(String name) {
    return container
        .path("ports")
        .valueStream()
        .filter(port -> port.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow()
        .path("containerPort")
        .asInt();
  }

  private JsonNode mount(String name) {
    return named(container.path("volumeMounts"), name);
  }

  private JsonNode volume(String name) {
    return named(pod.path("volumes"), name);
  }

  private static JsonNode named(JsonNode list, String name) {
    return list.valueStream()
        .filter(entry -> entry.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }

  private static List<String> texts(JsonNode list, String field) {
    return list.valueStream().map(entry -> entry.path(field).asString()).toList();
  }

  private ObjectNode podAlone() {
    var alone = set.objectNode().put("apiVersion", "v1").put("kind", "Pod");
    alone.putObject("metadata").put("name", POD).put("namespace", "troupe");
    alone.set("spec", pod.deepCopy());
    return alone;
  }

  private static MutationResult create(ObjectNode document, String type) {
    var metadata = document.path("metadata");
    var key =
        new ResourceKey(
            TypeRef.parse(type),
            metadata.path("namespace").asString(""),
            metadata.path("name").asString(""));
    return StandardMutator.standard()
        .apply(
            null,
            new MutationRequest(
                key,
                document.path("apiVersion").asString(),
                Subresources.WHOLE,
                new Mutation.Create(document),
                new Options(FieldValidation.STRICT, false, "test", List.of()),
                new Facts(Instant.EPOCH, "uid", null)));
  }

  /// What the model of Kubernetes' types has no field for, it keeps apart.
  private static void collectUnknown(@Nullable Object value, String path, List<String> unknown) {
    switch (value) {
      case null -> {}
      case Collection<?> all -> all.forEach(one -> collectUnknown(one, path, unknown));
      case Map<?, ?> all ->
          all.forEach((key, one) -> collectUnknown(one, path + "." + key, unknown));
      default -> {
        if (value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")
            && !value.getClass().isEnum()) {
          collectFields(value, path, unknown);
        }
      }
    }
  }

  private static void collectFields(Object value, String path, List<String> unknown) {
    for (var field : value.getClass().getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        continue;
      }
      field.setAccessible(true);
      try {
        var content = field.get(value);
        if (field.getName().equals("additionalProperties") && content instanceof Map<?, ?> more) {
          more.keySet().forEach(key -> unknown.add(path + "." + key));
        } else {
          collectUnknown(content, path + "." + field.getName(), unknown);
        }
      } catch (IllegalAccessException e) {
        throw new AssertionError(e);
      }
    }
  }
}
