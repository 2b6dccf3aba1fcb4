package dev.troupe.testkit.load;

import dev.troupe.testkit.audit.RecordingApi;
import java.util.List;

/// One of several clients that go round namespaces together, in each of which they change an object
/// and read it.
final class WalkingClient implements LoadClients.Request {

  private static final String OBJECT = "walk";

  private final LoadClients clients;
  private final RecordingApi api;
  private final List<LoadSettings.Namespace> namespaces;
  private final int stride;
  private long step;

  /// @param first where it begins
  /// @param stride how many of them there are
  WalkingClient(
      LoadClients clients,
      PatientClient client,
      List<LoadSettings.Namespace> namespaces,
      int first,
      int stride) {
    this.clients = clients;
    this.api = clients.recording(client);
    this.namespaces = List.copyOf(namespaces);
    this.step = first;
    this.stride = stride;
  }

  /// The object of a namespace.
  static String key(LoadClients clients, LoadSettings.Namespace namespace) {
    return clients.key(namespace, OBJECT);
  }

  @Override
  public String ask() {
    var namespace = namespaces.get((int) (step / 2 % namespaces.size()));
    var key = key(clients, namespace);
    var _ = step % 2 == 0 ? api.patch(key, clients.nextValue()) : api.get(key);
    step += stride;
    return namespace.partition();
  }
}
