package dev.troupe.apiserver.conversion;

import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.JsonEncoder;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.resource.StoredResource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.ObjectNode;

/// Stored objects of a type as they are under one of its versions.
final class ConvertedObjects {

  private final Conversions conversions;
  private final ResourceType type;
  private final String apiVersion;
  private final IndexEntryReader reader;

  /// @param type as it is under the version
  ConvertedObjects(Conversions conversions, ResourceType type, String apiVersion) {
    this.conversions = conversions;
    this.type = type;
    this.apiVersion = apiVersion;
    this.reader = IndexEntryReader.of(type);
  }

  ResourceType type() {
    return type;
  }

  String apiVersion() {
    return apiVersion;
  }

  /// With what they can be selected by under the version.
  CompletionStage<List<StoredResource>> of(List<StoredResource> stored) {
    return objects(stored.stream().map(StoredResource::json).toList())
        .thenApply(objects -> {
          var converted = new ArrayList<StoredResource>(objects.size());
          for (int i = 0; i < objects.size(); i++) {
            var from = stored.get(i);
            var object = objects.get(i);
            var json = JsonEncoder.encode(object);
            converted.add(StoredResource.of(from.key(), from.version(), json, reader.read(object)));
          }
          return converted;
        });
  }

  CompletionStage<List<ObjectNode>> objects(List<byte[]> stored) {
    var recalled = stored.stream().map(JsonDecoder::stored).map(type.kind()::recalled).toList();
    return conversions.convert(type.kind(), recalled, apiVersion);
  }

  /// Of objects that are as their version has them now.
  CompletionStage<ObjectNode> one(ObjectNode object, String version) {
    return conversions.convert(type.kind(), List.of(object), version).thenApply(List::getFirst);
  }
}
