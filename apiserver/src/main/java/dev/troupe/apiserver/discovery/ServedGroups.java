package dev.troupe.apiserver.discovery;

import dev.troupe.resources.registry.KnownTypes;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.registry.ResourceType.Served;
import dev.troupe.resources.registry.VersionOrder;
import dev.troupe.resources.subresource.Form;
import dev.troupe.resources.subresource.Subresource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All types by group and version, in the order in which clients prefer groups.
public final class ServedGroups {

  /// Groups that come first; the others follow in alphabetical order.
  private static final List<String> PREFERRED = List.of("", "apps", "events.k8s.io");

  /// A type under one of its group-versions.
  public record ServedType(ResourceType type, Served served) {

    /// The form in which a subresource of it is sent and answered.
    public Form form(Subresource subresource) {
      return switch (subresource) {
        case Subresource.Formed formed -> formed.form();
        case Subresource.Part _, Subresource.Stream _, Subresource.Unknown _ ->
            new Form(served.group(), served.version(), type.names().kind(), served.schemaType());
      };
    }

    /// Its subresources by name; those of a definition have their status first.
    List<Subresource> subresources() {
      var order = Comparator.comparing(Subresource::name);
      return type.subresources().stream()
          .sorted(type.kind().isDefined() ? order.reversed() : order)
          .toList();
    }
  }

  private final Map<String, Map<String, List<ServedType>>> groups = new TreeMap<>(order());

  public ServedGroups(KnownTypes all) {
    for (var type : all.published()) {
      for (var served : type.shown()) {
        groups
            .computeIfAbsent(served.group(), _ -> new TreeMap<>(new VersionOrder()))
            .computeIfAbsent(served.version(), _ -> new ArrayList<>())
            .add(new ServedType(type.at(served.apiVersion()), served));
      }
    }
    var byName = Comparator.comparing((ServedType served) -> served.type().names().plural());
    groups.values().forEach(versions -> versions.values().forEach(types -> types.sort(byName)));
  }

  private static Comparator<String> order() {
    return Comparator.<String>comparingInt(
            group -> PREFERRED.contains(group) ? PREFERRED.indexOf(group) : PREFERRED.size())
        .thenComparing(Comparator.naturalOrder());
  }

  /// The versions of each group and their types, sorted by plural.
  public Map<String, Map<String, List<ServedType>>> groups() {
    return groups;
  }

  /// `apps/v1`, or `v1` for the core group.
  public static String apiVersion(String group, String version) {
    return group.isEmpty() ? version : group + "/" + version;
  }
}
