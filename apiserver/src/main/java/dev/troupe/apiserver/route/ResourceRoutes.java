package dev.troupe.apiserver.route;

import dev.troupe.api.controller.PodLogs;
import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.authorization.Authorizer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.BodyReader;
import dev.troupe.apiserver.call.Call;
import dev.troupe.apiserver.call.VerbHandler;
import dev.troupe.apiserver.conversion.VersionedResources;
import dev.troupe.apiserver.encoding.Endpoint;
import dev.troupe.apiserver.journal.JournalHandler;
import dev.troupe.apiserver.log.PodLogHandler;
import dev.troupe.apiserver.read.GetHandler;
import dev.troupe.apiserver.read.ListHandler;
import dev.troupe.apiserver.read.ResourceReader;
import dev.troupe.apiserver.read.WatchHandler;
import dev.troupe.apiserver.request.Target;
import dev.troupe.apiserver.review.AccessReviews;
import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.apiserver.watch.Watches;
import dev.troupe.apiserver.write.ActionHandler;
import dev.troupe.apiserver.write.CreateHandler;
import dev.troupe.apiserver.write.DeleteCollectionHandler;
import dev.troupe.apiserver.write.DeleteHandler;
import dev.troupe.apiserver.write.GeneratedNames;
import dev.troupe.apiserver.write.MutationSender;
import dev.troupe.apiserver.write.PatchHandler;
import dev.troupe.apiserver.write.UpdateHandler;
import dev.troupe.apiserver.write.WriteAnswer;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.subresource.Log;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Verb;
import dev.troupe.resources.subresource.Whole;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.definition.LateTypes;
import dev.troupe.runtime.journal.Journal;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Finds the handler of a request about resources.
public final class ResourceRoutes {

  private final ResourceRegistry registry;
  private final LateTypes late;
  private final Map<Verb, VerbHandler> verbs = new EnumMap<>(Verb.class);
  private final VerbHandler actions;
  private final VerbHandler podLogs;
  private final VerbHandler told;
  private final VerbHandler reviews;

  public ResourceRoutes(
      ResourceRegistry registry,
      LateTypes late,
      Resources resources,
      VersionedResources versions,
      PodLogs logs,
      Authorizer authorizer,
      InstantSource clock,
      Supplier<String> ids,
      RandomGenerator random,
      Journal journal,
      List<String> controllers) {
    this.registry = registry;
    this.late = late;
    var bodies = new BodyReader(registry);
    var reader = new ResourceReader(resources);
    var writer = new MutationSender(versions, ids);
    var answers = new WriteAnswer(clock);
    var deletion = new DeleteHandler(bodies, writer, answers);
    verbs.put(Verb.GET, new GetHandler(versions, clock));
    verbs.put(Verb.LIST, new ListHandler(versions, clock));
    verbs.put(Verb.WATCH, new WatchHandler(versions, new Watches(random), clock));
    verbs.put(Verb.CREATE, new CreateHandler(bodies, writer, answers, new GeneratedNames(random)));
    verbs.put(Verb.UPDATE, new UpdateHandler(bodies, writer, answers));
    verbs.put(Verb.PATCH, new PatchHandler(bodies, writer, answers, reader));
    verbs.put(Verb.DELETE, deletion);
    verbs.put(
        Verb.DELETECOLLECTION, new DeleteCollectionHandler(bodies, versions, deletion, clock));
    actions = new ActionHandler(bodies, writer, answers);
    podLogs = new PodLogHandler(reader, logs);
    told = new JournalHandler(journal, controllers);
    reviews = new AccessReviews(bodies, registry.schemas(), authorizer, clock);
  }

  /// Carries out the request. Fails with [RefusedException], or throws it.
  public CompletionStage<Answer> handle(Call call, Target.OfResource target) {
    var known = registry.endpoint(target.apiVersion(), target.resource());
    return known.isPresent()
        ? handle(call, target, known.get())
        : call.thenStage(
            late.learn(target.group(), target.resource()), _ -> handleLate(call, target));
  }

  /// What others serve already is no unknown path here.
  private CompletionStage<Answer> handleLate(Call call, Target.OfResource target) {
    var type =
        registry
            .endpoint(target.apiVersion(), target.resource())
            .orElseThrow(() -> new RefusedException(Refusals.unknownPath()));
    return handle(call, target, type);
  }

  private CompletionStage<Answer> handle(Call call, Target.OfResource target, ResourceType type) {
    var served =
        type.served().stream()
            .filter(each -> each.apiVersion().equals(target.apiVersion()))
            .findFirst()
            .orElseThrow(() -> new RefusedException(Refusals.unknownPath()));
    checkScope(type, target);
    VerbHandler handler = handler(type, target);
    if (handler == null) {
      throw new RefusedException(
          Refusals.methodNotAllowed(target.action(), target.groupResource()));
    }
    var ask = new Ask(call, new Endpoint(type, served), target);
    var answer = asksJournal(type, target, call) ? told.handle(ask) : handler.handle(ask);
    var deprecation = type.kind().deprecation(served.apiVersion());
    return deprecation.isEmpty()
        ? answer
        : answer.thenApply(one -> one.withWarnings(List.of(deprecation.get())));
  }

  private static boolean asksJournal(ResourceType type, Target.OfResource target, Call call) {
    return target.verb() == Verb.GET
        && target.subresource() instanceof Whole
        && type.stored()
        && JournalHandler.isAskedBy(call.request().query());
  }

  /// A cluster-scoped type is not found below a namespace, nor one object of another outside; of a
  /// type that a definition describes nothing is but what is read.
  private static void checkScope(ResourceType type, Target.OfResource target) {
    boolean everywhere = type.namespaced() && target.namespace().isEmpty();
    boolean forbidden = everywhere && !readsCollection(target.verb());
    boolean wrong =
        type.namespaced()
            ? (everywhere && !target.name().isEmpty()) || (forbidden && type.kind().isDefined())
            : target.isInNamespace();
    if (wrong) {
      throw new RefusedException(Refusals.unknownPath());
    }
    if (forbidden) {
      throw new RefusedException(
          Refusals.methodNotAllowed(target.action(), target.groupResource()));
    }
  }

  private static boolean readsCollection(Verb verb) {
    return verb == Verb.LIST || verb == Verb.WATCH;
  }

  private @Nullable VerbHandler handler(ResourceType type, Target.OfResource target) {
    var subresource = target.subresource();
    if (!type.has(subresource)) {
      throw new RefusedException(Refusals.unknownPath());
    }
    var verb = target.verb();
    if (!type.verbs(subresource).contains(verb)) {
      return null;
    }
    return switch (subresource) {
      case Whole _ -> fits(verb, !target.name().isEmpty()) ? whole(type, verb) : null;
      case Subresource.Part _, Subresource.View _ -> verbs.get(verb);
      case Subresource.Action _, Subresource.Dismissal _ -> actions;
      case Log _ -> podLogs;
      case Subresource.Unknown _ -> null;
    };
  }

  /// Whether the verb is for one object or for a collection, as the path is.
  private static boolean fits(Verb verb, boolean named) {
    return switch (verb) {
      case CREATE -> !named;
      case UPDATE, PATCH -> named;
      case DELETE, DELETECOLLECTION, GET, LIST, WATCH -> true;
    };
  }

  private @Nullable VerbHandler whole(ResourceType type, Verb verb) {
    return type.stored() ? verbs.get(verb) : reviews;
  }
}
