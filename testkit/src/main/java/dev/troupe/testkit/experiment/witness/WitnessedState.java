package dev.troupe.testkit.experiment.witness;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// An object at one version, as far as invariants speak of it.
///
/// @param key its namespace, a slash and its name
/// @param digest differs where what the object holds differs
/// @param deleting whether it waits for its end
/// @param owners uids
/// @param facts what else is to be known, by name; a number where it is one
public record WitnessedState(
    String key,
    String uid,
    long version,
    int digest,
    boolean deleting,
    List<String> finalizers,
    List<String> owners,
    Map<String, String> facts) {

  public WitnessedState {
    finalizers = List.copyOf(finalizers);
    owners = List.copyOf(owners);
    facts = Map.copyOf(facts);
  }

  /// @param pointers where facts are, by their names
  static WitnessedState of(JsonNode object, Map<String, String> pointers) {
    var metadata = object.path("metadata");
    var facts = new TreeMap<String, String>();
    pointers.forEach((name, pointer) -> facts.put(name, object.at(pointer).asString("")));
    return new WitnessedState(
        metadata.path("namespace").asString("") + "/" + metadata.path("name").asString(""),
        metadata.path("uid").asString(""),
        version(object),
        Objects.hash(
            object.path("data").toString(),
            object.path("spec").toString(),
            object.path("status").toString(),
            metadata.path("labels").toString(),
            metadata.path("finalizers").toString()),
        metadata.has("deletionTimestamp"),
        texts(metadata.path("finalizers").valueStream()),
        texts(metadata.path("ownerReferences").valueStream().map(owner -> owner.path("uid"))),
        facts);
  }

  static long version(JsonNode object) {
    return Long.parseLong(object.path("metadata").path("resourceVersion").asString("0"));
  }

  private static List<String> texts(Stream<JsonNode> nodes) {
    return nodes.map(node -> node.asString("")).toList();
  }

  /// A fact that is a number.
  public long number(String fact) {
    var text = facts.getOrDefault(fact, "");
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  /// Whether it is the same in the same version.
  public boolean isSame(WitnessedState other) {
    return version == other.version && digest == other.digest && uid.equals(other.uid);
  }

  @Override
  public String toString() {
    return key
        + " @"
        + version
        + (deleting ? " deleting" : "")
        + (finalizers.isEmpty() ? "" : " held by " + finalizers)
        + (owners.isEmpty() ? "" : " owned by " + owners)
        + (facts.isEmpty() ? "" : " " + new TreeMap<>(facts));
  }
}
