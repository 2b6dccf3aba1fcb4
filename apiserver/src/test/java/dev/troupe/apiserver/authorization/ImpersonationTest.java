package dev.troupe.apiserver.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.apiserver.authentication.User;
import dev.troupe.apiserver.status.RefusedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImpersonationTest {

  private static final User ADMINISTRATOR =
      new User("admin", List.of("system:masters", User.AUTHENTICATED), Map.of());
  private static final User BOB = new User("bob", List.of(User.AUTHENTICATED), Map.of());

  private final Impersonation impersonation = new Impersonation(new Authorizer());

  @Test
  void whoNamesNobodyIsHimself() {
    assertThat(impersonation.of(BOB, List.of(Map.entry("accept", "*/*")))).isSameAs(BOB);
  }

  @Test
  void anAdministratorActsAsTheOneHeNames() {
    var headers =
        List.of(
            Map.entry("Impersonate-User", "bob"),
            Map.entry("impersonate-group", "devs"),
            Map.entry("Impersonate-Group", "ops"),
            Map.entry("Impersonate-Extra-Scopes", "view"));

    assertThat(impersonation.of(ADMINISTRATOR, headers))
        .isEqualTo(
            new User(
                "bob",
                List.of("devs", "ops", User.AUTHENTICATED),
                Map.of("scopes", List.of("view"))));
  }

  @Test
  void aServiceAccountHasItsGroups() {
    var headers = List.of(Map.entry("Impersonate-User", "system:serviceaccount:ns:robot"));

    assertThat(impersonation.of(ADMINISTRATOR, headers).groups())
        .containsExactly("system:serviceaccounts", "system:serviceaccounts:ns", User.AUTHENTICATED);
  }

  @Test
  void nobodyElseMayActAsAnother() {
    assertThatThrownBy(() -> impersonation.of(BOB, List.of(Map.entry("Impersonate-User", "admin"))))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused ->
                assertThat(refused.refusal().message())
                    .isEqualTo(
                        "users \"admin\" is forbidden: User \"bob\" cannot impersonate resource"
                            + " \"users\" in API group \"\" at the cluster scope"));
  }

  @Test
  void groupsWithoutUserAreRefused() {
    var headers = List.of(Map.entry("Impersonate-Group", "system:masters"));

    assertThatThrownBy(() -> impersonation.of(ADMINISTRATOR, headers))
        .isInstanceOfSatisfying(
            RefusedException.class, refused -> assertThat(refused.refusal().code()).isEqualTo(400));
  }
}
