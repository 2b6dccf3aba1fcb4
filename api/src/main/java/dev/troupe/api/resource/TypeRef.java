package dev.troupe.api.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// Names a collection: the API group (empty for the core group) and the plural under which its
/// resources are served.
public record TypeRef(String group, String plural) implements Comparable<TypeRef> {

  /// Asking a class for its annotations takes longer than most of what is done with the answer.
  private static final ClassValue<TypeRef> BY_CLASS =
      new ClassValue<>() {
        @Override
        protected TypeRef computeValue(Class<?> type) {
          return new TypeRef(HasMetadata.getGroup(type), HasMetadata.getPlural(type));
        }
      };

  public TypeRef {
    if (plural.isEmpty()) {
      throw new IllegalArgumentException("a resource type needs a plural name");
    }
  }

  /// A type of the core group, such as `pods`.
  public static TypeRef core(String plural) {
    return new TypeRef("", plural);
  }

  /// The type that a class stands for.
  public static TypeRef of(Class<? extends HasMetadata> type) {
    return BY_CLASS.get(type);
  }

  /// Reads the form that [#toString()] writes.
  public static TypeRef parse(String text) {
    int dot = text.indexOf('.');
    return dot < 0 ? core(text) : new TypeRef(text.substring(dot + 1), text.substring(0, dot));
  }

  @Override
  public int compareTo(TypeRef other) {
    int byGroup = group.compareTo(other.group);
    return byGroup != 0 ? byGroup : plural.compareTo(other.plural);
  }

  /// `plural.group`, or `plural` alone for the core group, as in Kubernetes' `GroupResource`.
  @Override
  public String toString() {
    return group.isEmpty() ? plural : plural + "." + group;
  }
}
