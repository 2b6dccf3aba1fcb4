package dev.troupe.controllerhost.permission;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.controllerhost.type.NamedTypes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// What controllers must be allowed to do, found out from what they say of themselves.
///
/// @param verbs by the plural of a type, or of a part of it such as `pods/status`, and its group
public record Permissions(Map<TypeRef, TreeSet<String>> verbs) {

  private static final List<String> READ = List.of("get", "list", "watch");
  private static final List<String> WRITE = List.of("create", "patch", "update", "delete");
  private static final TypeRef DEFINITIONS =
      new TypeRef("apiextensions.k8s.io", "customresourcedefinitions");

  private static final String ROLE = "troupe-controllers";
  private static final String RBAC = "rbac.authorization.k8s.io";

  /// The service account that controllers run under.
  public record Account(String name, String namespace) {}

  /// @param written types of objects that they write, and do not look at
  /// @param installs whether they install definitions
  public static Permissions of(
      Collection<NamedTypes> named,
      Collection<Class<? extends HasMetadata>> written,
      boolean installs) {
    var verbs = new TreeMap<TypeRef, TreeSet<String>>();
    for (var types : named) {
      types.all().forEach(type -> add(verbs, TypeRef.of(type), READ));
      for (var type : types.reconciled()) {
        var ref = TypeRef.of(type);
        add(verbs, ref, List.of("patch"));
        add(verbs, part(ref, "status"), List.of("patch"));
        // Whoever blocks the deletion of an owner must be allowed to.
        add(verbs, part(ref, "finalizers"), List.of("update"));
      }
      types.owned().forEach(type -> add(verbs, TypeRef.of(type), WRITE));
    }
    written.forEach(type -> add(verbs, TypeRef.of(type), WRITE));
    add(verbs, TypeRef.core("events"), List.of("create", "patch"));
    if (installs) {
      add(verbs, DEFINITIONS, List.of("get", "create", "patch"));
    }
    return new Permissions(verbs);
  }

  private static TypeRef part(TypeRef type, String part) {
    return new TypeRef(type.group(), type.plural() + "/" + part);
  }

  private static void add(
      Map<TypeRef, TreeSet<String>> verbs, TypeRef type, Collection<String> more) {
    verbs.computeIfAbsent(type, _ -> new TreeSet<>()).addAll(more);
  }

  private List<PolicyRule> rules() {
    var rules = new ArrayList<PolicyRule>();
    verbs.forEach((type, allowed) ->
        rules.add(
            new PolicyRuleBuilder()
                .withApiGroups(type.group())
                .withResources(type.plural())
                .withVerbs(List.copyOf(allowed))
                .build()));
    return rules;
  }

  /// A service account, a role, and what binds them.
  ///
  /// @param namespace the only one that is looked at; empty for all
  public String yaml(Account account, String namespace) {
    return serviceAccount(account)
        + (namespace.isEmpty() ? ofAll(account) : of(account, namespace));
  }

  private static String serviceAccount(Account account) {
    return Serialization.asYaml(
        new ServiceAccountBuilder()
            .withNewMetadata()
            .withName(account.name())
            .withNamespace(account.namespace())
            .endMetadata()
            .build());
  }

  private String ofAll(Account account) {
    var role =
        new ClusterRoleBuilder()
            .withNewMetadata()
            .withName(ROLE)
            .endMetadata()
            .withRules(rules())
            .build();
    var binding =
        new ClusterRoleBindingBuilder()
            .withNewMetadata()
            .withName(ROLE)
            .endMetadata()
            .withNewRoleRef(RBAC, "ClusterRole", ROLE)
            .addNewSubject("", "ServiceAccount", account.name(), account.namespace())
            .build();
    return Serialization.asYaml(role) + Serialization.asYaml(binding);
  }

  private String of(Account account, String namespace) {
    var role =
        new RoleBuilder()
            .withNewMetadata()
            .withName(ROLE)
            .withNamespace(namespace)
            .endMetadata()
            .withRules(rules())
            .build();
    var binding =
        new RoleBindingBuilder()
            .withNewMetadata()
            .withName(ROLE)
            .withNamespace(namespace)
            .endMetadata()
            .withNewRoleRef(RBAC, "Role", ROLE)
            .addNewSubject("", "ServiceAccount", account.name(), account.namespace())
            .build();
    return Serialization.asYaml(role) + Serialization.asYaml(binding);
  }
}
