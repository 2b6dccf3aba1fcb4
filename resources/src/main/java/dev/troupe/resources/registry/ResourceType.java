package dev.troupe.resources.registry;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.schema.Schemas;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Verb;
import dev.troupe.resources.subresource.Whole;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One row of the registry: an endpoint of the API and the facts that every room needs about it,
/// with the kind that says how its objects behave.
///
/// @param ref the collection that stores the resources; `served` may show it under a second group
///   (`events`)
/// @param stored false for types that are answered and never kept (access reviews)
/// @param served the group-versions under which it is served; the first is the one that is stored
/// @param selectableFields field selector name to the dotted path in the stored version, beside
///   `metadata.name` and `metadata.namespace`; a second path after `|` is used where the first
///   leads to nothing
/// @param differing what is otherwise under some of the group-versions, by `apiVersion`
public record ResourceType(
    TypeRef ref,
    Names names,
    boolean namespaced,
    boolean stored,
    List<Served> served,
    Set<Verb> verbs,
    Set<Subresource> subresources,
    Map<String, String> selectableFields,
    Lifecycle lifecycle,
    Kind kind,
    Map<String, VersionParts> differing) {

  /// A type that has the same parts under all its group-versions.
  public ResourceType(
      TypeRef ref,
      Names names,
      boolean namespaced,
      boolean stored,
      List<Served> served,
      Set<Verb> verbs,
      Set<Subresource> subresources,
      Map<String, String> selectableFields,
      Lifecycle lifecycle,
      Kind kind) {
    this(
        ref,
        names,
        namespaced,
        stored,
        served,
        verbs,
        subresources,
        selectableFields,
        lifecycle,
        kind,
        Map.of());
  }

  /// What a type has under one group-version.
  ///
  /// @param selectableFields as of the type
  public record VersionParts(Set<Subresource> subresources, Map<String, String> selectableFields) {}

  /// @param listKind what a list of them is
  public record Names(
      String plural,
      String singular,
      String kind,
      String listKind,
      List<String> shortNames,
      List<String> categories) {

    /// The names of a type whose lists are called after it.
    public Names(
        String plural,
        String singular,
        String kind,
        List<String> shortNames,
        List<String> categories) {
      this(plural, singular, kind, kind + "List", shortNames, categories);
    }
  }

  /// A group-version and the schema type (`io.k8s.api.apps.v1.Deployment`) of the objects served
  /// under it.
  public record Served(String group, String version, String schemaType) {

    /// `apps/v1`, or `v1` for the core group.
    public String apiVersion() {
      return group.isEmpty() ? version : group + "/" + version;
    }
  }

  /// How writes to resources of the type behave.
  ///
  /// @param tracksGeneration metadata.generation counts changes outside metadata and status
  /// @param createOnUpdate a PUT of a missing object creates it
  /// @param unconditionalUpdate a PUT without resourceVersion is allowed
  public record Lifecycle(
      boolean tracksGeneration, boolean createOnUpdate, boolean unconditionalUpdate) {}

  /// The type as it is under one of its group-versions.
  public ResourceType at(String apiVersion) {
    var parts = differing.get(apiVersion);
    return parts == null
        ? this
        : with(served, verbs, parts.subresources(), parts.selectableFields());
  }

  /// The same without one of its verbs.
  public ResourceType without(Verb verb) {
    var fewer = EnumSet.copyOf(verbs);
    fewer.remove(verb);
    return with(served, fewer, subresources, selectableFields);
  }

  /// The type as if objects were stored in another of its group-versions.
  public ResourceType storedAs(String apiVersion) {
    var order = new ArrayList<>(served);
    order.removeIf(each -> !each.apiVersion().equals(apiVersion));
    served.stream().filter(each -> !order.contains(each)).forEach(order::add);
    return with(order, verbs, subresources, selectableFields);
  }

  private ResourceType with(
      List<Served> order, Set<Verb> some, Set<Subresource> parts, Map<String, String> fields) {
    return new ResourceType(
        ref, names, namespaced, stored, order, some, parts, fields, lifecycle, kind, differing);
  }

  /// Whether clients can see it. A type without verbs is kept for Troupe's own use: no path leads
  /// to it.
  public boolean published() {
    return !verbs.isEmpty();
  }

  public boolean has(Subresource subresource) {
    return subresource instanceof Whole
        || subresources.stream().anyMatch(own -> own.name().equals(subresource.name()));
  }

  /// The subresource as the type has it: of the same name, it may work in another way. Itself if
  /// the type has none of that name.
  public Subresource own(Subresource subresource) {
    return subresources.stream()
        .filter(own -> own.name().equals(subresource.name()))
        .findFirst()
        .orElse(subresource);
  }

  /// What clients may do with the whole or a part; nothing if the type has no such part.
  public Set<Verb> verbs(Subresource subresource) {
    if (subresource instanceof Whole) {
      return verbs;
    }
    return has(subresource) ? subresource.verbs() : Set.of();
  }

  /// All schemas, those included that the kind brings along.
  public Schemas schemas() {
    return Schemas.standard().with(kind.schemas());
  }

  /// The group-versions that clients can see it under.
  public List<Served> shown() {
    return served.stream().filter(each -> kind.serves(each.apiVersion())).toList();
  }

  /// The stored group-version.
  public Served storage() {
    return served.getFirst();
  }
}
