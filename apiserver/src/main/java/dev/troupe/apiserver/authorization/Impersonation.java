package dev.troupe.apiserver.authorization;

import dev.troupe.apiserver.authentication.User;
import dev.troupe.apiserver.authorization.AccessRequest.ToResource;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.mutation.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Lets one who may do so act as somebody else: the headers `Impersonate-User`, `-Group` and
/// `-Extra-`. To leave one of them unread would carry a request out with more rights than it asked
/// for.
public final class Impersonation {

  private static final String PREFIX = "impersonate-";
  private static final String EXTRA = "extra-";
  private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

  private final Authorizer authorizer;

  public Impersonation(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /// As whom a request is carried out: the caller, or whom its headers name.
  ///
  /// @throws RefusedException with 400 if the headers make no sense, with 401 or 403 if the caller
  ///   may not act as the one they name
  public User of(User caller, Iterable<Map.Entry<String, String>> headers) {
    var asked = new Asked();
    for (var header : headers) {
      var name = header.getKey();
      if (name.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
        asked.add(name.substring(PREFIX.length()).toLowerCase(Locale.ROOT), header.getValue());
      }
    }
    return asked.nothing() ? caller : permitted(caller, asked);
  }

  private User permitted(User caller, Asked asked) {
    if (asked.user.isEmpty()) {
      throw refused("requested impersonation without impersonating a user");
    }
    authorizer.check(caller, ofUser(asked.user));
    asked.groups.forEach(group -> authorizer.check(caller, access("", "groups", "", "", group)));
    asked.extra.forEach((key, values) ->
        values.forEach(value ->
            authorizer.check(
                caller, access("authentication.k8s.io", "userextras", key, "", value))));
    return new User(asked.user, groups(asked), asked.extra);
  }

  private static AccessRequest ofUser(String user) {
    var account = account(user);
    return account.isEmpty()
        ? access("", "users", "", "", user)
        : access("", "serviceaccounts", "", account.getFirst(), account.getLast());
  }

  private static AccessRequest access(
      String group, String resource, String subresource, String namespace, String name) {
    return new ToResource("impersonate", group, resource, subresource, namespace, name);
  }

  /// Namespace and name of the service account that the user is, if it is one.
  private static List<String> account(String user) {
    var parts = user.startsWith(SERVICE_ACCOUNT) ? user.split(":", -1) : new String[0];
    return parts.length == 4 ? List.of(parts[2], parts[3]) : List.of();
  }

  private static List<String> groups(Asked asked) {
    var groups = new ArrayList<>(asked.groups);
    var account = account(asked.user);
    if (groups.isEmpty() && !account.isEmpty()) {
      groups.add("system:serviceaccounts");
      groups.add("system:serviceaccounts:" + account.getFirst());
    }
    var standing =
        asked.user.equals(User.ANONYMOUS.name()) ? User.UNAUTHENTICATED : User.AUTHENTICATED;
    if (!groups.contains(User.AUTHENTICATED) && !groups.contains(User.UNAUTHENTICATED)) {
      groups.add(standing);
    }
    return groups;
  }

  private static RefusedException refused(String why) {
    return new RefusedException(Refusal.badRequest(why));
  }

  /// What the headers of one request ask for.
  private static final class Asked {

    private String user = "";
    private final List<String> groups = new ArrayList<>();
    private final Map<String, List<String>> extra = new LinkedHashMap<>();
    private boolean any;

    void add(String name, String value) {
      any = true;
      if (name.equals("user")) {
        user = value;
      } else if (name.equals("group")) {
        groups.add(value);
      } else if (name.startsWith(EXTRA)) {
        extra.computeIfAbsent(name.substring(EXTRA.length()), _ -> new ArrayList<>()).add(value);
      } else {
        throw refused("impersonating by the header Impersonate-" + name + " is not supported");
      }
    }

    boolean nothing() {
      return !any;
    }
  }
}
