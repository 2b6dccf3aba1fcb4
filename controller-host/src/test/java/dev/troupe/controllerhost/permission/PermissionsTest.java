package dev.troupe.controllerhost.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllerhost.type.NamedTypes;
import dev.troupe.samples.webpage.WebPageController;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What the controllers say of themselves is what they must be allowed.
class PermissionsTest {

  private static final Permissions.Account ACCOUNT = new Permissions.Account("pages", "web");

  private final Permissions permissions =
      Permissions.of(List.of(NamedTypes.of(new WebPageController())), List.of(Secret.class), false);

  private static List<Object> documents(String yaml) {
    return List.of(yaml.split("(?m)^---\n")).stream()
        .filter(one -> !one.isBlank())
        .<Object>map(one -> new KubernetesSerialization().unmarshal(one))
        .toList();
  }

  private static Map<String, List<String>> verbs(List<PolicyRule> rules) {
    return rules.stream()
        .collect(Collectors.toMap(rule -> rule.getResources().getFirst(), PolicyRule::getVerbs));
  }

  @Test
  void roleAllowsWhatControllersReadAndWrite() {
    var documents = documents(permissions.yaml(ACCOUNT, ""));

    assertThat(documents).hasSize(3);
    assertThat(documents.get(1))
        .isInstanceOfSatisfying(
            ClusterRole.class,
            role ->
                assertThat(verbs(role.getRules()))
                    .containsEntry("webpages", List.of("get", "list", "patch", "watch"))
                    .containsEntry("webpages/status", List.of("patch"))
                    .containsEntry("webpages/finalizers", List.of("update"))
                    .containsEntry(
                        "deployments",
                        List.of("create", "delete", "get", "list", "patch", "update", "watch"))
                    .containsEntry("secrets", List.of("create", "delete", "patch", "update"))
                    .containsEntry("events", List.of("create", "patch"))
                    .doesNotContainKey("customresourcedefinitions"));
  }

  @Test
  void roleOfOneNamespaceIsThere() {
    assertThat(documents(permissions.yaml(ACCOUNT, "pages")).get(1))
        .isInstanceOfSatisfying(
            Role.class, role -> assertThat(role.getMetadata().getNamespace()).isEqualTo("pages"));
  }
}
