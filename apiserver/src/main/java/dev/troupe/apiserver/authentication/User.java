package dev.troupe.apiserver.authentication;

import java.util.List;
import java.util.Map;

/// Who is calling.
///
/// @param extra more about the credentials, as in `UserInfo`
public record User(String name, List<String> groups, Map<String, List<String>> extra) {

  public static final String AUTHENTICATED = "system:authenticated";
  public static final String UNAUTHENTICATED = "system:unauthenticated";

  /// Whoever has shown no credentials.
  public static final User ANONYMOUS =
      new User("system:anonymous", List.of(UNAUTHENTICATED), Map.of());

  public User {
    groups = List.copyOf(groups);
    extra = Map.copyOf(extra);
  }

  public boolean anonymous() {
    return groups.contains(UNAUTHENTICATED);
  }
}
