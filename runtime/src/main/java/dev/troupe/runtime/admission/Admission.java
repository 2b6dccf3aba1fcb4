package dev.troupe.runtime.admission;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.kind.Sponsor;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.admission.AdmissionStep.Asked;
import dev.troupe.runtime.admission.AdmissionStep.OfRequest;
import dev.troupe.runtime.admission.AdmissionStep.OfResult;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.nearby.Nearby;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The resources behind the one chain of steps that every write passes, be it a person's, a
/// controller's or the member's own. Reads and watches are not touched.
public final class Admission implements Resources {

  private final Resources resources;
  private final List<OfRequest> ofRequest = new ArrayList<>();
  private final List<OfResult> ofResult = new ArrayList<>();
  private final Foresight foresight;

  /// @param resources as they are without admission
  /// @param steps in the order in which they are asked, those of requests before those of results
  Admission(
      Resources resources,
      ResourceRegistry registry,
      Mutator mutator,
      List<? extends AdmissionStep> steps) {
    this.resources = resources;
    this.foresight = new Foresight(resources, registry, mutator);
    for (var step : steps) {
      switch (step) {
        case OfRequest one -> ofRequest.add(one);
        case OfResult one -> ofResult.add(one);
      }
    }
  }

  /// The types whose resources other writes are held against, one write or another all the time.
  public static Set<TypeRef> consulted(ResourceRegistry registry) {
    return Stream.concat(
            Stream.of(NamespaceLifecycle.NAMESPACES),
            registry.all().stream()
                .flatMap(type -> type.kind().sponsors().stream())
                .map(Sponsor::type))
        .filter(type -> registry.find(type).filter(ResourceType::stored).isPresent())
        .collect(Collectors.toSet());
  }

  /// The steps of Kubernetes that Troupe has, where everything is here.
  ///
  /// @param random safe for several threads
  /// @param ids makes uids, each only once
  public static Admission standard(
      Resources resources,
      ResourceRegistry registry,
      Mutator mutator,
      RandomGenerator random,
      Supplier<String> ids) {
    return standard(resources, Nearby.NOTHING, registry, mutator, random, ids);
  }

  /// The same where it is not.
  ///
  /// @param nearby what is asked before those who know for certain
  /// @param random safe for several threads
  /// @param ids makes uids, each only once
  public static Admission standard(
      Resources resources,
      Nearby nearby,
      ResourceRegistry registry,
      Mutator mutator,
      RandomGenerator random,
      Supplier<String> ids) {
    return new Admission(
        resources,
        registry,
        mutator,
        List.of(
            new DeletionProtection(registry),
            new NamespaceLifecycle(resources, nearby, registry),
            new SponsorStep(resources, nearby, registry),
            new DistinctionStep(resources, registry),
            new ClaimStep(registry, new ClaimRegister(resources, registry, random, ids))));
  }

  @Override
  public CompletionStage<WriteReply> write(WriteRequest request) {
    return ask(0, request, resources::write);
  }

  @Override
  public CompletionStage<WriteReply> write(WriteRequest request, Executor thread) {
    return ask(0, request, admitted -> resources.write(admitted, thread));
  }

  /// Asks the steps of requests from `first` on.
  ///
  /// @param write what is done at last
  private CompletionStage<WriteReply> ask(
      int first, WriteRequest request, Function<WriteRequest, CompletionStage<WriteReply>> write) {
    for (int i = first; i < ofRequest.size(); i++) {
      var step = ofRequest.get(i);
      if (step.concerns(request.mutation())) {
        int next = i + 1;
        return step.admit(request).thenCompose(asked -> goOn(next, asked, write));
      }
    }
    return foresee(request, write);
  }

  private CompletionStage<WriteReply> goOn(
      int next, Asked asked, Function<WriteRequest, CompletionStage<WriteReply>> write) {
    return switch (asked) {
      case Asked.Passed(var passed) -> ask(next, passed, write);
      case Asked.Believed(var passed, var isOutdated, var exactly) ->
          ask(next, passed, write)
              .thenCompose(reply ->
                  isOutdated.test(reply)
                      ? exactly.get().thenCompose(known -> goOn(next, known, write))
                      : CompletableFuture.completedFuture(reply));
      case Asked.Refused(var refusal) ->
          CompletableFuture.completedFuture(new WriteReply.Refused(refusal));
    };
  }

  private CompletionStage<WriteReply> foresee(
      WriteRequest request, Function<WriteRequest, CompletionStage<WriteReply>> write) {
    for (var step : ofResult) {
      if (step.concerns(request.mutation())) {
        var concerned = ofResult.stream().filter(one -> one.concerns(request.mutation())).toList();
        return foresight.write(request, concerned);
      }
    }
    return write.apply(request);
  }

  @Override
  public CompletionStage<Optional<StoredResource>> get(ResourceKey key, long atLeast) {
    return resources.get(key, atLeast);
  }

  @Override
  public CompletionStage<Snapshot> snapshot(TypeRef collection, @Nullable String namespace) {
    return resources.snapshot(collection, namespace);
  }

  @Override
  public CompletionStage<Snapshot> snapshotAt(
      TypeRef collection, @Nullable String namespace, long version) {
    return resources.snapshotAt(collection, namespace, version);
  }

  @Override
  public CompletionStage<ListCursor> list(ListQuery query) {
    return resources.list(query);
  }

  @Override
  public Flow.Publisher<WatchItem> watch(
      TypeRef collection, @Nullable String namespace, long after) {
    return resources.watch(collection, namespace, after);
  }

  @Override
  public Flow.Publisher<WatchItem> follow(PartitionId partition, long after) {
    return resources.follow(partition, after);
  }

  @Override
  public CompletionStage<Void> closeNamespace(String namespace, String uid, Duration keep) {
    return resources.closeNamespace(namespace, uid, keep);
  }

  @Override
  public CompletionStage<Void> closeCollection(TypeRef collection, String uid, Duration keep) {
    return resources.closeCollection(collection, uid, keep);
  }
}
