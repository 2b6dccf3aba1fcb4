package dev.troupe.controllers.deployment;

import dev.troupe.controllers.objects.ObjectTree;
import dev.troupe.controllers.objects.SafeNames;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/// Tells pod templates apart: by content when they are compared, by hash when a replica set is
/// named.
final class TemplateHash {

  static final String LABEL = "pod-template-hash";

  private TemplateHash() {}

  /// The template's content without the hash label, as one text.
  static String content(PodTemplateSpec template) {
    return ObjectTree.canonical(withHash(template, null));
  }

  /// A short hash of the content. Another collision count gives another hash.
  static String of(String content, @Nullable Integer collisionCount) {
    int hash = 0x811c9dc5;
    var text = collisionCount == null || collisionCount == 0 ? content : content + collisionCount;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x01000193;
    }
    return SafeNames.encode(Integer.toUnsignedString(hash));
  }

  /// A copy of the template whose hash label is `hash`, or that has none.
  static PodTemplateSpec withHash(PodTemplateSpec template, @Nullable String hash) {
    var copy = new PodTemplateSpecBuilder(template).editOrNewMetadata();
    var given = template.getMetadata() == null ? null : template.getMetadata().getLabels();
    var labels = given == null ? new HashMap<String, String>() : new HashMap<>(given);
    if (hash == null) {
      labels.remove(LABEL);
    } else {
      labels.put(LABEL, hash);
    }
    return copy.withLabels(labels).endMetadata().build();
  }
}
