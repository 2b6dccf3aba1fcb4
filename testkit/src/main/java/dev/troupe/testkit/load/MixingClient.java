package dev.troupe.testkit.load;

import dev.troupe.testkit.audit.RecordingApi;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A client that does everything that can be done with objects, in an order that follows from a
/// seed. Others do the same with the same objects: that one is there already, or is not there any
/// more, is no fault.
final class MixingClient implements LoadClients.Request {

  private static final int SIDES = 16;
  private static final int READS = 4;
  private static final int CREATES = 8;
  private static final int CHANGES = 11;
  private static final int REPLACEMENTS = 14;

  private final LoadClients clients;
  private final RecordingApi api;
  private final List<LoadSettings.Namespace> namespaces;
  private final int objects;
  private final Random random;
  private final Map<String, Long> versions = new HashMap<>();

  MixingClient(
      LoadClients clients,
      PatientClient client,
      List<LoadSettings.Namespace> namespaces,
      int objects,
      long seed) {
    this.clients = clients;
    this.api = clients.recording(client);
    this.namespaces = List.copyOf(namespaces);
    this.objects = objects;
    this.random = new Random(seed);
  }

  /// Of what went wrong, what is a fault.
  static String fault(String said) {
    return said.startsWith("404 ") || said.startsWith("409 ") ? "" : said;
  }

  @Override
  public String ask() {
    int object = random.nextInt(objects);
    var namespace = namespaces.get(object % namespaces.size());
    var key = clients.key(namespace, "mix-" + object);
    var done = ask(key, random.nextInt(SIDES));
    if (done.version() == 0) {
      versions.remove(key);
    } else {
      versions.put(key, done.version());
    }
    return namespace.partition();
  }

  /// Nothing can be replaced that was not seen.
  private RecordingApi.Done ask(String key, int dice) {
    var version = versions.get(key);
    if (dice < READS) {
      return api.get(key);
    }
    if (dice < CREATES || (dice >= CHANGES && dice < REPLACEMENTS && version == null)) {
      return api.create(key, clients.nextValue());
    }
    if (dice < CHANGES) {
      return api.patch(key, clients.nextValue());
    }
    return dice < REPLACEMENTS && version != null
        ? api.update(key, clients.nextValue(), version)
        : api.delete(key);
  }
}
