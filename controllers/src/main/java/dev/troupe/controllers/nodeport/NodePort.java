package dev.troupe.controllers.nodeport;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/// The claim of a service on the number that the object is named like. Troupe's own: the API does
/// not show it.
@Group("internal.troupe.dev")
@Version("v1")
@Kind("NodePort")
@Plural("nodeports")
@JsonDeserialize(using = ValueDeserializer.None.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public final class NodePort implements HasMetadata {

  private static final long serialVersionUID = 1;

  private ObjectMeta metadata = new ObjectMeta();
  private Spec spec = new Spec("", "", "");

  /// The service that claims the number.
  ///
  /// @param uid that the service has, or will have
  public record Spec(String namespace, String service, String uid)
      implements java.io.Serializable {}

  @Override
  public ObjectMeta getMetadata() {
    return metadata;
  }

  @Override
  public void setMetadata(ObjectMeta metadata) {
    this.metadata = metadata;
  }

  /// There is one version, and it is that of the class.
  @Override
  public void setApiVersion(String version) {}

  public Spec getSpec() {
    return spec;
  }

  public void setSpec(Spec spec) {
    this.spec = spec;
  }

  /// The number that is claimed.
  int number() {
    return Integer.parseInt(metadata.getName());
  }
}
