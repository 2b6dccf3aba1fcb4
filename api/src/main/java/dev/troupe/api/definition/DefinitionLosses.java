package dev.troupe.api.definition;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What of stored objects would be lost, or could not be read any more, if their definition became
/// another: fields that go, types that change, a version that goes and is stored.
public final class DefinitionLosses {

  private DefinitionLosses() {}

  /// A sentence for each loss; none if the change can be made.
  public static List<String> between(
      CustomResourceDefinition present, CustomResourceDefinition planned) {
    var losses = new ArrayList<String>();
    var was = present.getSpec();
    var becomes = planned.getSpec();
    changed("the scope", was.getScope(), becomes.getScope(), losses);
    changed("the kind", was.getNames().getKind(), becomes.getNames().getKind(), losses);
    var versions =
        becomes.getVersions().stream()
            .collect(
                Collectors.toMap(CustomResourceDefinitionVersion::getName, Function.identity()));
    for (var name : stored(present)) {
      if (!versions.containsKey(name)) {
        losses.add("version %s would go, and objects are stored in it".formatted(name));
      }
    }
    for (var version : was.getVersions()) {
      var next = versions.get(version.getName());
      if (next != null) {
        compare(version, next, losses);
      }
    }
    return List.copyOf(losses);
  }

  private static void changed(
      String what, @Nullable String was, @Nullable String becomes, List<String> losses) {
    if (!Objects.equals(was, becomes)) {
      losses.add("%s is %s and would be %s".formatted(what, was, becomes));
    }
  }

  private static Set<String> stored(CustomResourceDefinition present) {
    var kept =
        present.getStatus() == null ? List.<String>of() : present.getStatus().getStoredVersions();
    var storage =
        present.getSpec().getVersions().stream()
            .filter(version -> Boolean.TRUE.equals(version.getStorage()))
            .map(CustomResourceDefinitionVersion::getName);
    return Stream.concat(kept == null ? Stream.of() : kept.stream(), storage)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static void compare(
      CustomResourceDefinitionVersion was,
      CustomResourceDefinitionVersion becomes,
      List<String> losses) {
    var before = was.getSchema() == null ? null : was.getSchema().getOpenAPIV3Schema();
    var after = becomes.getSchema() == null ? null : becomes.getSchema().getOpenAPIV3Schema();
    if (before != null && after != null) {
      new SchemaLosses(was.getName(), losses).compare("", before, after);
    }
  }
}
