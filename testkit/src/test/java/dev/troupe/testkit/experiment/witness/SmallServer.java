package dev.troupe.testkit.experiment.witness;

import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.ApiCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A server in a few lines, with a collector of what has lost its owner: it keeps its word, or
/// breaks it in one way.
final class SmallServer implements ApiCalls {

  /// Of changes, so many are not past yet.
  private static final int RECENT = 10;

  private static final int WAITS = 2;
  private static final long WAIT_MILLIS = 10;

  private record Change(String type, long version, String collection, JsonNode object) {}

  private final @Nullable WitnessBug bug;
  private final Map<String, Map<String, ObjectNode>> collections = new TreeMap<>();
  private final List<Change> log = new ArrayList<>();
  private long version = 100;
  private long horizon;
  private int released;
  private boolean atRest;

  SmallServer(@Nullable WitnessBug bug) {
    this.bug = bug;
  }

  /// Waits until so many objects were let go.
  synchronized void awaitReleased(int count) throws InterruptedException {
    while (released < count) {
      wait();
    }
  }

  /// Nobody is told any more what was before now.
  synchronized void forget() {
    horizon = ++version;
  }

  private Map<String, ObjectNode> objects(String collection) {
    return collections.computeIfAbsent(collection, _ -> new TreeMap<>());
  }

  /// Makes an object, or replaces it.
  synchronized ObjectNode put(String collection, ObjectNode object) {
    var metadata = metadata(object);
    var key = key(object);
    var before = objects(collection).put(key, object);
    metadata.put("uid", before == null ? "uid-" + ++version : uid(before));
    note(before == null ? "ADDED" : "MODIFIED", collection, object);
    return object;
  }

  private synchronized void remove(String collection, ObjectNode object) {
    objects(collection).remove(key(object));
    note("DELETED", collection, object);
  }

  private void note(String type, String collection, ObjectNode object) {
    metadata(object).put("resourceVersion", Long.toString(++version));
    log.add(new Change(type, version, collection, object.deepCopy()));
    notifyAll();
  }

  private static ObjectNode metadata(JsonNode object) {
    return (ObjectNode) object.path("metadata");
  }

  private static String uid(JsonNode object) {
    return object.path("metadata").path("uid").asString();
  }

  private static String key(JsonNode object) {
    return metadata(object).path("namespace").asString("")
        + "/"
        + metadata(object).path("name").asString();
  }

  @Override
  public synchronized Api.Answer send(String verb, String path, String body, String contentType) {
    var words = path.replaceFirst("\\?.*", "").split("/");
    if (verb.equals("POST")) {
      return words[words.length - 1].equals("namespaces")
          ? answer(201, Api.JSON.createObjectNode())
          : create(words[4], words[5], (ObjectNode) Api.JSON.readTree(body));
    }
    if (words.length < 7) {
      return answer(200, list(words[words.length - 1], path));
    }
    var object = objects(words[5]).get(words[4] + "/" + words[6]);
    if (verb.equals("PATCH")) {
      released++;
      notifyAll();
    }
    if (object == null) {
      return answer(404, Api.JSON.createObjectNode());
    }
    switch (verb) {
      case "DELETE" -> delete(words[5], object);
      case "PATCH" -> release(words[5], object);
      default -> {}
    }
    return answer(200, object);
  }

  private static Api.Answer answer(int code, JsonNode body) {
    return new Api.Answer(code, body.deepCopy());
  }

  private Api.Answer create(String namespace, String collection, ObjectNode object) {
    metadata(object).put("namespace", namespace);
    return objects(collection).containsKey(key(object))
        ? answer(409, Api.JSON.createObjectNode())
        : answer(201, put(collection, object));
  }

  private void delete(String collection, ObjectNode object) {
    if (bug == WitnessBug.COLLECT_EARLY) {
      collect(collection, uid(object));
    }
    if (bug == WitnessBug.FORGET_FINALIZERS || !metadata(object).has("finalizers")) {
      remove(collection, object);
      collect(collection, uid(object));
    } else {
      metadata(object).put("deletionTimestamp", "2026-11-30T12:00:00Z");
      note("MODIFIED", collection, object);
    }
  }

  private void release(String collection, ObjectNode object) {
    metadata(object).remove("finalizers");
    if (metadata(object).has("deletionTimestamp")) {
      remove(collection, object);
      collect(collection, uid(object));
    } else {
      note("MODIFIED", collection, object);
    }
  }

  private void collect(String collection, String owner) {
    if (bug != WitnessBug.COLLECT_NEVER) {
      List.copyOf(objects(collection).values()).stream()
          .filter(object -> object.at("/metadata/ownerReferences/0/uid").asString("").equals(owner))
          .forEach(object -> remove(collection, object));
    }
  }

  private ObjectNode list(String collection, String path) {
    atRest |= collection.equals("nodes");
    var list = Api.JSON.createObjectNode();
    list.putObject("metadata").put("resourceVersion", Long.toString(version));
    var items = list.putArray("items");
    objects(collection).values().stream()
        .filter(object -> isSelected(object, path))
        .forEach(items::add);
    return list;
  }

  private static boolean isSelected(JsonNode object, String path) {
    return !path.contains("labelSelector")
        || object.path("metadata").path("labels").has(FamilyMaker.LABEL);
  }

  @Override
  public synchronized InputStream watch(String path) {
    if (atRest && bug == WitnessBug.TAKE_A_POD_AWAY && path.contains("/pods")) {
      List.copyOf(objects("pods").values()).stream().limit(1).forEach(pod -> remove("pods", pod));
    }
    var words = path.replaceFirst("\\?.*", "").split("/");
    var collection = words[words.length - 1];
    long after = Long.parseLong(path.replaceFirst(".*resourceVersion=", ""));
    if (after < horizon) {
      return stream("{\"type\":\"ERROR\",\"object\":{\"code\":410}}\n");
    }
    var shown = shown(collection, path, after);
    try {
      for (int i = 0; i < WAITS && shown.isEmpty(); i++) {
        wait(WAIT_MILLIS);
        shown = shown(collection, path, after);
      }
    } catch (InterruptedException shaken) {
      throw new UncheckedIOException(new IOException(shaken));
    }
    return stream(shown);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private String shown(String collection, String path, long after) {
    var lines = new StringBuilder();
    boolean isPast = after < version - RECENT;
    boolean isCut = isPast && bug == WitnessBug.FORGET_THE_PAST;
    long from = isCut ? version - RECENT : after;
    for (var change : log) {
      if (change.version() > from
          && change.collection().equals(collection)
          && isSelected(change.object(), path)
          && !isHidden(change)) {
        var event = Api.JSON.createObjectNode().put("type", change.type());
        event.set("object", remembered(change, isPast));
        lines.append(event).append('\n');
      }
    }
    return lines.toString();
  }

  private boolean isHidden(Change change) {
    return bug == WitnessBug.HIDE_DELETIONS
        && change.type().equals("DELETED")
        && key(change.object()).endsWith("-1");
  }

  private JsonNode remembered(Change change, boolean isPast) {
    var object = (ObjectNode) change.object().deepCopy();
    if (isPast && bug == WitnessBug.CHANGE_THE_PAST && change.type().equals("ADDED")) {
      object.putObject("data").put("value", "another");
    }
    return object;
  }
}
