package dev.troupe.apiserver.options;

import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.registry.ResourceType.Served;
import dev.troupe.resources.registry.SelectableFields;
import dev.troupe.resources.selector.FieldSelector;
import dev.troupe.resources.selector.InvalidSelectorException;
import dev.troupe.resources.selector.LabelSelector;
import dev.troupe.runtime.collection.Sought;
import dev.troupe.runtime.resource.StoredResource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which resources of a collection are meant.
///
/// @param onlyName the only name that can match; null if there may be several
public record Selection(LabelSelector labels, FieldSelector fields, @Nullable String onlyName) {

  public static final Selection EVERYTHING =
      new Selection(LabelSelector.EVERYTHING, FieldSelector.EVERYTHING, null);

  /// @param name of the path, empty if it names a collection
  /// @throws RefusedException with 400 if a selector is malformed or names a field that cannot be
  ///   selected
  public static Selection parse(
      ListOptions options, ResourceType type, Served served, String name) {
    if (options.labelSelector().isEmpty() && options.fieldSelector().isEmpty() && name.isEmpty()) {
      return EVERYTHING;
    }
    try {
      var labels = LabelSelector.parse(options.labelSelector());
      var fields = FieldSelector.parse(options.fieldSelector(), SelectableFields.of(type, served));
      if (!name.isEmpty()
          && !fields.isEverything()
          && !fields.exact(FieldSelector.NAME).orElse("").equals(name)) {
        throw RefusedException.badRequest(
            "fieldSelector metadata.name doesn't match requested name");
      }
      String only = name.isEmpty() ? fields.exact(FieldSelector.NAME).orElse(null) : name;
      return new Selection(labels, fields, only);
    } catch (InvalidSelectorException e) {
      throw RefusedException.badRequest(e.message());
    }
  }

  public boolean matches(StoredResource resource) {
    return matches(
        resource.key().namespace(), resource.key().name(), resource.labels(), resource.fields());
  }

  public boolean matches(
      String namespace,
      String name,
      Map<String, String> labelValues,
      Map<String, String> fieldValues) {
    return (onlyName == null || onlyName.equals(name))
        && labels.matches(labelValues)
        && fields.matches(namespace, name, fieldValues);
  }

  /// What an index can know of the resources that match.
  public @Nullable Sought wanted() {
    return Sought.by(labels, fields);
  }

  /// Whether there is no condition at all.
  public boolean everything() {
    return onlyName == null && labels.isEverything() && fields.isEverything();
  }
}
