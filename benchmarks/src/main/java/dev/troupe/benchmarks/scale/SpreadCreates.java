package dev.troupe.benchmarks.scale;

import dev.troupe.benchmarks.client.ApiClient;
import dev.troupe.benchmarks.load.LoadTarget;
import dev.troupe.benchmarks.server.Bodies;
import dev.troupe.testkit.members.MemberServer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// Creates of config maps in namespaces of all partitions, through all members in turn.
final class SpreadCreates implements LoadTarget {

  private final List<ApiClient> clients;
  private final List<String> namespaces;
  private final String prefix;
  private final boolean isUndone;

  /// @param connections to each member
  /// @param prefix of the names, different each time
  /// @param isUndone whether each object is deleted at once, so that there are never many
  SpreadCreates(
      List<MemberServer> members,
      int connections,
      List<String> namespaces,
      String prefix,
      boolean isUndone) {
    this.clients =
        members.stream().map(member -> new ApiClient(member.kubeconfig(), connections)).toList();
    this.namespaces = namespaces;
    this.prefix = prefix;
    this.isUndone = isUndone;
  }

  @Override
  public CompletionStage<?> store(long number) {
    var namespace = namespaces.get((int) (number / clients.size() % namespaces.size()));
    var client = clients.get((int) (number % clients.size()));
    var path = "/api/v1/namespaces/" + namespace + "/configmaps";
    var created = client.create(path, Bodies.configMap(prefix, number));
    return (isUndone
            ? created.compose(_ -> client.delete(path + "/" + prefix + "-" + number))
            : created)
        .toCompletionStage();
  }

  @Override
  public Executor writers() {
    return clients.getFirst().eventLoop();
  }

  @Override
  public void close() {
    clients.forEach(ApiClient::close);
  }
}
