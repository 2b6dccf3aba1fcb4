package dev.troupe.resources.codec.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.proto.IntStr;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apiextensions;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Autoscaling;
import io.kubernetes.client.proto.V1Coordination;
import io.kubernetes.client.proto.V1Discovery;
import io.kubernetes.client.proto.V1Events;
import io.kubernetes.client.proto.V1Networking;
import io.kubernetes.client.proto.V1Policy;
import io.kubernetes.client.proto.V1Scheduling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The protobuf messages of Kubernetes' types, by the long name of the schema.
final class MessageTypes {

  /// One file per group-version: a new one is a line here.
  private static final List<FileDescriptor> FILES =
      List.of(
          IntStr.getDescriptor(),
          Meta.getDescriptor(),
          Resource.getDescriptor(),
          Runtime.getDescriptor(),
          V1.getDescriptor(),
          V1Apiextensions.getDescriptor(),
          V1Apps.getDescriptor(),
          V1Authentication.getDescriptor(),
          V1Authorization.getDescriptor(),
          V1Autoscaling.getDescriptor(),
          V1Coordination.getDescriptor(),
          V1Discovery.getDescriptor(),
          V1Events.getDescriptor(),
          V1Networking.getDescriptor(),
          V1Policy.getDescriptor(),
          V1Scheduling.getDescriptor());

  private static final Map<String, Descriptor> BY_SCHEMA = bySchema();

  private MessageTypes() {}

  static @Nullable Descriptor find(String schema) {
    return BY_SCHEMA.get(schema);
  }

  /// `k8s.io.api.apps.v1.Deployment` is `io.k8s.api.apps.v1.Deployment` in the schemas. A dash, as
  /// in `apiextensions-apiserver`, is an underscore in protobuf.
  static String schemaOf(Descriptor message) {
    return "io.k8s." + message.getFullName().substring("k8s.io.".length()).replace('_', '-');
  }

  private static Map<String, Descriptor> bySchema() {
    var messages = new HashMap<String, Descriptor>();
    FILES.forEach(
        file -> file.getMessageTypes().forEach(type -> messages.put(schemaOf(type), type)));
    return messages;
  }
}
