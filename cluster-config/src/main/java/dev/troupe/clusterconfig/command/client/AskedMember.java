package dev.troupe.clusterconfig.command.client;

import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.clusterconfig.instance.ProcessState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a member answers when it is asked how it is, and who holds what.
///
/// @param asked whether there was an API to ask
/// @param readiness what its API says of that; empty if it does not answer
/// @param overview what its API tells about the cluster; null if it does not answer
public record AskedMember(
    Instance instance,
    boolean asked,
    Optional<AdminClient.Answer> readiness,
    @Nullable JsonNode overview) {

  public static final String OVERVIEW = "/troupe/status";

  private static final JsonMapper JSON = JsonMapper.shared();

  public static AskedMember unasked(Instance instance) {
    return new AskedMember(instance, false, Optional.empty(), null);
  }

  /// @param client empty if there is nobody to ask
  public static AskedMember ask(Instance instance, Optional<AdminClient> client) {
    if (client.isEmpty()) {
      return unasked(instance);
    }
    var readiness = client.get().ask("/readyz", "text/plain");
    var overview = client.get().ask(OVERVIEW, "application/json").join().filter(AskedMember::isOk);
    return new AskedMember(
        instance,
        true,
        readiness.join(),
        overview.map(answer -> JSON.readTree(answer.body())).orElse(null));
  }

  /// The same, but with one question after the other, which one connection carries: whoever does
  /// not answer the first is not asked the second.
  ///
  /// @param meanwhile gets what is known after the first
  public static AskedMember askInTurn(
      Instance instance, Optional<AdminClient> client, Consumer<AskedMember> meanwhile) {
    if (client.isEmpty()) {
      return unasked(instance);
    }
    var readiness = client.get().get("/readyz", "text/plain");
    meanwhile.accept(new AskedMember(instance, true, readiness, null));
    var overview =
        readiness
            .flatMap(_ -> client.get().get(OVERVIEW, "application/json"))
            .filter(AskedMember::isOk);
    return new AskedMember(
        instance,
        true,
        readiness,
        overview.map(answer -> JSON.readTree(answer.body())).orElse(null));
  }

  private static boolean isOk(AdminClient.Answer answer) {
    return answer.code() == 200;
  }

  /// What it has written of itself was true then: one that hangs serves no more.
  public String phase() {
    if (instance.state() == ProcessState.FROZEN) {
      return "frozen";
    }
    return isSilent() ? "silent" : instance.phase().name().toLowerCase(Locale.ROOT);
  }

  /// The same for people.
  public String state() {
    return switch (phase()) {
      case "silent" -> "does not answer";
      case "frozen" -> "frozen, does not answer";
      case String phase -> phase;
    };
  }

  public boolean isSilent() {
    return asked && readiness.isEmpty() && overview == null;
  }

  public boolean ready() {
    return readiness.filter(AskedMember::isOk).isPresent();
  }

  /// The checks of its own that fail.
  public List<String> problems() {
    return readiness.filter(answer -> !isOk(answer)).stream()
        .flatMap(answer -> answer.body().lines())
        .filter(line -> line.startsWith("[-]"))
        .map(line -> line.substring(3))
        .toList();
  }

  public JsonNode seen(String what) {
    return overview == null ? JSON.createArrayNode() : overview.path(what);
  }

  public Optional<String> address() {
    return Optional.ofNullable(overview).map(seen -> seen.path("seenBy").asString(""));
  }
}
