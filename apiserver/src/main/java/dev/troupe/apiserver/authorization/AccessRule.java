package dev.troupe.apiserver.authorization;

import dev.troupe.apiserver.authorization.AccessRequest.ToPath;
import dev.troupe.apiserver.authorization.AccessRequest.ToResource;
import java.util.List;

/// Something that is allowed. `*` stands for everything.
public sealed interface AccessRule {

  List<String> verbs();

  /// @param resources such as `pods` or `pods/log`
  record OfResources(List<String> verbs, List<String> groups, List<String> resources)
      implements AccessRule {}

  /// @param paths exact, or with a `*` at the end
  record OfPaths(List<String> verbs, List<String> paths) implements AccessRule {}

  default boolean allows(AccessRequest request) {
    return contains(verbs(), request.verb())
        && switch (this) {
          case OfResources rule ->
              request instanceof ToResource to
                  && contains(rule.groups, to.group())
                  && contains(rule.resources, to.path());
          case OfPaths rule ->
              request instanceof ToPath to
                  && rule.paths.stream().anyMatch(pattern -> matches(pattern, to.path()));
        };
  }

  private static boolean contains(List<String> list, String value) {
    return list.contains("*") || list.contains(value);
  }

  private static boolean matches(String pattern, String path) {
    return pattern.endsWith("*")
        ? path.startsWith(pattern.substring(0, pattern.length() - 1))
        : path.equals(pattern);
  }
}
