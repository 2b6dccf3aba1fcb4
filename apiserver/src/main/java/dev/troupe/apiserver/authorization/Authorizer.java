package dev.troupe.apiserver.authorization;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.apiserver.authentication.User;
import dev.troupe.apiserver.authorization.AccessRequest.ToPath;
import dev.troupe.apiserver.authorization.AccessRequest.ToResource;
import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.Refusal.Details;
import java.util.List;
import java.util.Map;

/// Decides by the groups of a user: administrators may do everything, whoever is known may look
/// around and ask about himself, and whoever is not may ask for the server's health.
public final class Authorizer {

  private static final List<String> PUBLIC =
      List.of("/healthz", "/livez", "/readyz", "/version", "/version/");

  private static final Map<String, List<AccessRule>> RULES =
      Map.of(
          "system:masters",
          List.of(
              new AccessRule.OfResources(List.of("*"), List.of("*"), List.of("*")),
              new AccessRule.OfPaths(List.of("*"), List.of("*"))),
          User.AUTHENTICATED,
          List.of(
              new AccessRule.OfResources(
                  List.of("create"),
                  List.of("authorization.k8s.io"),
                  List.of("selfsubjectaccessreviews", "selfsubjectrulesreviews")),
              new AccessRule.OfResources(
                  List.of("create"),
                  List.of("authentication.k8s.io"),
                  List.of("selfsubjectreviews")),
              new AccessRule.OfPaths(
                  List.of("get"),
                  List.of("/api", "/api/*", "/apis", "/apis/*", "/openapi", "/openapi/*")),
              new AccessRule.OfPaths(List.of("get"), PUBLIC)),
          User.UNAUTHENTICATED,
          List.of(new AccessRule.OfPaths(List.of("get"), PUBLIC)));

  /// What the groups of the user allow.
  public List<AccessRule> rules(User user) {
    return user.groups().stream()
        .flatMap(group -> RULES.getOrDefault(group, List.of()).stream())
        .toList();
  }

  public boolean allows(User user, AccessRequest request) {
    for (String group : user.groups()) {
      for (AccessRule rule : RULES.getOrDefault(group, List.of())) {
        if (rule.allows(request)) {
          return true;
        }
      }
    }
    return false;
  }

  /// @throws RefusedException with 401 for whoever has shown no credentials, else with 403
  public void check(User user, AccessRequest request) {
    AccessRequest asked =
        request instanceof ToPath(var verb, var path) && verb.equals("head")
            ? new ToPath("get", path)
            : request;
    if (!allows(user, asked)) {
      throw new RefusedException(
          user.anonymous() ? Refusals.unauthorized() : forbidden(user, request));
    }
  }

  private static Refusal forbidden(User user, AccessRequest request) {
    return switch (request) {
      case ToPath(var verb, var path) ->
          refusal(
              "forbidden: User \"%s\" cannot %s path \"%s\"".formatted(user.name(), verb, path),
              Details.NONE);
      case ToResource to -> {
        String qualified = to.group().isEmpty() ? to.resource() : to.resource() + "." + to.group();
        String scope =
            to.namespace().isEmpty()
                ? "at the cluster scope"
                : "in the namespace \"" + to.namespace() + "\"";
        yield refusal(
            "%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
                .formatted(
                    to.name().isEmpty() ? qualified : qualified + " \"" + to.name() + "\"",
                    user.name(),
                    to.verb(),
                    to.path(),
                    to.group(),
                    scope),
            new Details(to.name(), to.group(), to.resource(), "", List.of()));
      }
    };
  }

  private static Refusal refusal(String message, Details details) {
    return new Refusal(StatusReason.FORBIDDEN, message, details, 0);
  }
}
