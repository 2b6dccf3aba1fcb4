package dev.troupe.runtime.controller;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.plan.WriteOutcome;
import dev.troupe.runtime.controller.view.Json;
import dev.troupe.runtime.resource.WriteReply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Sends what controllers plan to the resources. What may create an object carries the uid of its
/// namespace, as a user's create does.
final class Writer {

  private static final TypeRef NAMESPACES = TypeRef.core("namespaces");

  private final Resources resources;
  private final InstantSource time;
  private final Duration patience;
  private final WriteLanes lanes;

  Writer(Resources resources, InstantSource time, Duration patience, WriteLanes lanes) {
    this.resources = resources;
    this.time = time;
    this.patience = patience;
    this.lanes = lanes;
  }

  /// @param seen the highest version that the controller has seen
  /// @return never fails for expected reasons
  CompletionStage<WriteOutcome> write(PlannedWrite write, long seen) {
    return lanes.enter(() -> admitted(write, seen)).thenApply(r -> WriteOutcome.of(write, r));
  }

  private CompletionStage<WriteReply> admitted(PlannedWrite write, long seen) {
    if (!write.creates() || write.key().namespace().isEmpty()) {
      return send(write, null, seen);
    }
    return resources
        .snapshot(NAMESPACES, null)
        .thenCompose(namespaces -> create(write, namespaces, seen));
  }

  private CompletionStage<WriteReply> create(PlannedWrite write, Snapshot namespaces, long seen) {
    var name = write.key().namespace();
    var namespace = namespaces.get("", name);
    if (namespace.isEmpty()) {
      return refused(
          new Refusal(StatusReason.NOT_FOUND, "namespaces \"" + name + "\" not found", null, 0));
    }
    boolean terminating =
        Json.object(namespace.get().json()).path("metadata").hasNonNull("deletionTimestamp");
    if (terminating) {
      return exists(write)
          .thenCompose(exists ->
              exists
                  ? send(write, namespace.get().uid(), seen)
                  : refused(
                      Refusal.forbidden(
                          write.key(),
                          "unable to create new content in namespace "
                              + name
                              + " because it is being terminated",
                          List.of())));
    }
    return send(write, namespace.get().uid(), seen);
  }

  private CompletionStage<Boolean> exists(PlannedWrite write) {
    var key = write.key();
    return resources
        .snapshot(key.type(), key.namespace())
        .thenApply(snapshot -> snapshot.get(key.namespace(), key.name()).isPresent());
  }

  private static CompletionStage<WriteReply> refused(Refusal refusal) {
    return CompletableFuture.completedStage(new WriteReply.Refused(refusal));
  }

  private CompletionStage<WriteReply> send(
      PlannedWrite write, @Nullable String namespaceUid, long seen) {
    return resources.write(write.request(time.instant(), namespaceUid, seen, patience));
  }
}
