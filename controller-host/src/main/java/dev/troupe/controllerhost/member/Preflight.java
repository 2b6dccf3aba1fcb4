package dev.troupe.controllerhost.member;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.controllerhost.connection.ApiConnection;
import dev.troupe.controllerhost.connection.RemoteAnswer;
import dev.troupe.controllerhost.connection.RemoteCall;
import dev.troupe.controllerhost.request.ApiPaths;
import dev.troupe.controllerhost.request.StatusReader;
import dev.troupe.controllerhost.type.RemoteTypes;
import dev.troupe.runtime.failure.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;

/// Looks before the first step whether the server has what controllers name, and lets them read it:
/// what is wrong from the beginning is better said than tried again for ever.
record Preflight(ApiConnection connection, RemoteTypes types, String namespace) {

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  /// @throws CannotRunException with all that is wrong
  void check(Set<TypeRef> followed) {
    var wrong = new ArrayList<String>();
    for (var type : followed) {
      check(type, wrong);
    }
    if (!wrong.isEmpty()) {
      throw new CannotRunException(String.join("\n", wrong), null);
    }
  }

  private void check(TypeRef type, List<String> wrong) {
    var apiVersion = types.apiVersion(type);
    var scope = types.find(type).namespaced() ? namespace : "";
    var list = send(ApiPaths.collection(type, apiVersion, scope) + "?limit=1");
    if (list.code() == NOT_FOUND) {
      wrong.add(
          "%s does not serve %s in %s: install its CustomResourceDefinition first"
              .formatted(connection.server(), type, apiVersion));
      return;
    }
    if (list.code() == UNAUTHORIZED) {
      throw new CannotRunException(
          connection.server()
              + " does not know who asks: look at the user of the kubeconfig, or at the token of"
              + " the service account",
          null);
    }
    if (list.code() == FORBIDDEN) {
      wrong.add(
          StatusReader.refusal(list).message()
              + " (controllers list and watch this: `rbac` prints all that they must be allowed)");
    } else if (!list.isGood()) {
      wrong.add("%s cannot be listed: %s".formatted(type, StatusReader.refusal(list).message()));
    }
  }

  private RemoteAnswer send(String path) {
    try {
      return connection.send(RemoteCall.get(path)).toCompletableFuture().join();
    } catch (CompletionException failure) {
      var cause = Failures.cause(failure);
      throw new CannotRunException(String.valueOf(cause.getMessage()), cause);
    }
  }
}
