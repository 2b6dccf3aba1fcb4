package dev.troupe.resources.subresource;

/// The type of the objects that a subresource is sent and answered in.
///
/// @param schemaType such as `io.k8s.api.autoscaling.v1.Scale`
public record Form(String group, String version, String kind, String schemaType) {

  /// `autoscaling/v1`, or `v1` for the core group.
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }
}
