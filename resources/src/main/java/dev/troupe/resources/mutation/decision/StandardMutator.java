package dev.troupe.resources.mutation.decision;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.conversion.Converter;
import dev.troupe.resources.conversion.KnownConversions;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.mutation.AboutMetadata;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.ownership.OwnershipRules;
import dev.troupe.resources.patch.Merge;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.registry.ResourceType.Served;
import dev.troupe.resources.schema.Conformer;
import dev.troupe.resources.schema.Schemas;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.resources.subresource.Whole;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The rules of Kubernetes for the types of a registry.
public final class StandardMutator implements Mutator {

  /// What strategic patches go by is said by no definition.
  private static final Refusal NO_STRATEGIC_PATCH =
      new Refusal(
          StatusReason.UNSUPPORTED_MEDIA_TYPE,
          "the body of the request was in an unknown format - accepted media types include:"
              + " application/json-patch+json, application/merge-patch+json,"
              + " application/apply-patch+yaml",
          null,
          0);

  private static final Refusal ELSEWHERE =
      Refusal.unavailable("the object is stored in another version; try again");

  private final ResourceRegistry registry;
  private final Schemas schemas;
  private final BodyDecoding decoding;
  private final CreationRules creation;
  private final FormedWrite formed;
  private final Patching patching;
  private final OwnershipRules ownership;

  /// For each type that is defined.
  private final Map<TypeRef, OfDefined> defined = new ConcurrentHashMap<>();

  private record OfDefined(Kind kind, StandardMutator rules) {}

  private StandardMutator(ResourceRegistry registry, Schemas schemas, Conformer conformer) {
    this.registry = registry;
    this.schemas = schemas;
    this.decoding = new BodyDecoding(conformer);
    this.creation = new CreationRules(decoding);
    this.formed = new FormedWrite(decoding);
    this.patching = new Patching(schemas, decoding);
    this.ownership = new OwnershipRules(schemas, conformer);
  }

  public static StandardMutator of(ResourceRegistry registry) {
    var schemas = registry.schemas();
    return new StandardMutator(registry, schemas, new Conformer(schemas));
  }

  /// For the types that Troupe serves by itself.
  public static StandardMutator standard() {
    return of(ResourceRegistry.standard());
  }

  /// Answers a bug of its own with `InternalError` too, so that no input can end the one who asks.
  @Override
  @SuppressWarnings("ReferenceEquality") // whether anything was recalled
  public MutationResult apply(@Nullable ObjectNode current, MutationRequest request) {
    try {
      var type = type(request);
      if (request.mutation() instanceof Mutation.Decided decided) {
        return ChangeRules.settle(type, current, request, decided);
      }
      return type.kind().conversionHook().isPresent()
          ? applyWhereItIs(type, current, request)
          : decide(current, request, type, Converter.of(type.kind().spelling(), stored(type)));
    } catch (Refusing refusing) {
      return new MutationResult.Refused(refusing.refusal());
    } catch (RuntimeException | StackOverflowError bug) {
      return new MutationResult.Refused(
          new Refusal(StatusReason.INTERNAL_ERROR, "Internal error occurred: " + bug, null, 0));
    }
  }

  /// Decides where somebody else converts the objects of the type: everything is in the version of
  /// the request, and the result is, too.
  ///
  /// @param current in the version of the request, as its type has it now
  /// @throws KnownConversions.Wanting if it must be known how an object looks in another version
  public MutationResult apply(
      @Nullable ObjectNode current, MutationRequest request, KnownConversions known) {
    try {
      var type = type(request).storedAs(request.apiVersion());
      var target = target(type, request, known);
      return of(type).decide(current, target);
    } catch (Refusing refusing) {
      return new MutationResult.Refused(refusing.refusal());
    }
  }

  /// Nobody is asked to convert where objects are: only what is written in the version in which it
  /// is there is decided, and what is about metadata alone in that version.
  private MutationResult applyWhereItIs(
      ResourceType type, @Nullable ObjectNode current, MutationRequest request) {
    var there = current == null ? stored(type) : known(type, Json.text(current, "apiVersion"));
    boolean isThere = there.equals(stored(type)) && there.equals(request.apiVersion());
    if (!isThere && !AboutMetadata.is(request)) {
      throw new Refusing(ELSEWHERE);
    }
    var wanted = isThere ? request : AboutMetadata.in(there, request);
    return decide(current, wanted, type.storedAs(there), Converter.NOBODY);
  }

  private MutationResult decide(
      @Nullable ObjectNode current,
      MutationRequest request,
      ResourceType type,
      Converter converter) {
    var target = target(type, request, converter);
    var seen = current == null ? null : target.recalled(current);
    var result = of(type).decide(seen, target);
    return seen == null || !type.kind().isDefined() ? result : renewed(result, seen, current);
  }

  /// A version that the type has not any more is as good as the stored one.
  private static String known(ResourceType type, String apiVersion) {
    return type.served().stream().anyMatch(one -> one.apiVersion().equals(apiVersion))
        ? apiVersion
        : stored(type);
  }

  private static String stored(ResourceType type) {
    return type.storage().apiVersion();
  }

  /// What is written as it was is stored nevertheless if its type has it otherwise now: so objects
  /// get from one stored version to another.
  private static MutationResult renewed(
      MutationResult result, ObjectNode seen, @Nullable ObjectNode current) {
    return result instanceof MutationResult.Unchanged(_, var warnings) && !Json.same(seen, current)
        ? new MutationResult.Stored(Metadata.arranged(seen), false, warnings)
        : result;
  }

  /// By the schemas that the type itself brings, if it is not one of those that are always there.
  private StandardMutator of(ResourceType type) {
    if (registry.builtIn().find(type.ref()).isPresent()) {
      return this;
    }
    var known = defined.get(type.ref());
    if (known != null && known.kind().equals(type.kind())) {
      return known.rules();
    }
    var schemas = type.schemas();
    var rules = new StandardMutator(registry, schemas, new Conformer(schemas));
    defined.keySet().removeIf(ref -> registry.find(ref).isEmpty());
    defined.put(type.ref(), new OfDefined(type.kind(), rules));
    return rules;
  }

  private ResourceType type(MutationRequest request) {
    var type =
        registry
            .find(request.key().type())
            .orElseThrow(StandardMutator::notServed)
            .at(request.apiVersion());
    if (!type.stored() || !type.has(request.subresource())) {
      throw notServed();
    }
    return type;
  }

  private MutationTarget target(ResourceType type, MutationRequest request, Converter converter) {
    return new MutationTarget(
        type, served(type, request.apiVersion()), request, of(type).ownership, converter);
  }

  private static Served served(ResourceType type, String apiVersion) {
    return type.served().stream()
        .filter(served -> served.apiVersion().equals(apiVersion))
        .findFirst()
        .orElseThrow(StandardMutator::notServed);
  }

  private static Refusing notServed() {
    return new Refusing(
        new Refusal(
            StatusReason.NOT_FOUND,
            "the server could not find the requested resource",
            Refusal.Details.NONE,
            0));
  }

  private MutationResult decide(@Nullable ObjectNode current, MutationTarget target) {
    if (current == null) {
      return decideWithout(target);
    }
    if (target.request().mutation() instanceof Mutation.Patch(var form, _)
        && form == Mutation.PatchType.STRATEGIC
        && target.type().kind().isDefined()) {
      throw new Refusing(NO_STRATEGIC_PATCH);
    }
    return switch (target.subresource()) {
      case Whole whole -> decideWith(current, target, whole);
      case Subresource.Part part -> decidePart(current, target, part);
      case Subresource.View view -> view(current, target, view);
      case Subresource.Action action -> act(current, target, action);
      case Subresource.Dismissal removal -> remove(current, target, removal);
      case Subresource.Stream _, Subresource.Unknown _ -> throw notServed();
    };
  }

  private MutationResult decideWithout(MutationTarget target) {
    boolean whole = target.subresource() instanceof Whole;
    return switch (target.request().mutation()) {
      case Mutation.Create(var object) when whole -> creation.create(target, object);
      case Mutation.Merge(var planned) when whole -> creation.create(target, planned);
      case Mutation.Apply apply when whole -> {
        patching.check(target, apply.object());
        yield creation.createApplied(target, apply);
      }
      case Mutation.Update(var object) when whole && target.type().lifecycle().createOnUpdate() ->
          creation.createOnUpdate(target, decoding.decode(target, object, null));
      default -> throw new Refusing(Refusal.notFound(target.key()));
    };
  }

  private MutationResult decideWith(ObjectNode current, MutationTarget target, Whole whole) {
    return switch (target.request().mutation()) {
      case Mutation.Create(var object) -> throw taken(target, object);
      case Mutation.Delete(var options) -> DeletionRules.delete(target, options, current);
      case Mutation.Decided _ -> throw notAllowed(target);
      case Mutation.Update _, Mutation.Patch _, Mutation.Merge _, Mutation.Apply _ ->
          decidePart(current, target, whole);
    };
  }

  /// What is wrong with an object is said before that its name is taken.
  private Refusing taken(MutationTarget target, ObjectNode object) {
    creation.create(target, object);
    return new Refusing(Refusal.alreadyExists(target.key()));
  }

  private MutationResult decidePart(
      ObjectNode current, MutationTarget target, Subresource.Part part) {
    return switch (target.request().mutation()) {
      case Mutation.Update(var object) -> update(target, part, object, current);
      case Mutation.Patch patch -> patch(target, part, patch, current);
      case Mutation.Merge(var planned) -> merge(target, part, planned, current);
      case Mutation.Apply apply -> apply(target, part, apply, current);
      case Mutation.Create _, Mutation.Delete _, Mutation.Decided _ -> throw notAllowed(target);
    };
  }

  private MutationResult update(
      MutationTarget target, Subresource.Part part, ObjectNode body, ObjectNode current) {
    var object = decoding.decode(target, body, null);
    boolean unconditional = target.type().lifecycle().unconditionalUpdate();
    return ChangeRules.apply(target, part, object, current, unconditional);
  }

  private MutationResult patch(
      MutationTarget target, Subresource.Part part, Mutation.Patch patch, ObjectNode current) {
    var document = target.shown(current);
    var patched =
        patching.patch(document, patch.type(), patch.patch(), target.served().schemaType());
    var object = decoding.decode(target, patched, patch.patch());
    return ChangeRules.apply(target, part, object, current, true);
  }

  private MutationResult merge(
      MutationTarget target, Subresource.Part part, ObjectNode planned, ObjectNode current) {
    var document = target.shown(current);
    var merged = Merge.apply(document, planned, schemas, target.served().schemaType());
    return ChangeRules.apply(target, part, decoding.decode(target, merged, null), current, true);
  }

  private MutationResult apply(
      MutationTarget target, Subresource.Part part, Mutation.Apply apply, ObjectNode current) {
    patching.check(target, apply.object());
    var object = patching.apply(target, apply, current);
    return ChangeRules.apply(target, part, object, current, true);
  }

  private MutationResult view(ObjectNode current, MutationTarget target, Subresource.View view) {
    var written =
        switch (target.request().mutation()) {
          case Mutation.Update(var object) -> object;
          case Mutation.Patch(var type, var patch) ->
              patching.patch(view.of(current), type, patch, view.form().schemaType());
          case Mutation.Apply(var object, _, _) ->
              Merge.apply(view.of(current), object, schemas, view.form().schemaType());
          case Mutation.Create _, Mutation.Merge _, Mutation.Delete _, Mutation.Decided _ ->
              throw notAllowed(target);
        };
    var changed = formed.view(target, view, written, current);
    var object =
        target.request().mutation() instanceof Mutation.Apply apply
            ? patching.apply(target, view, apply, current)
            : changed;
    return ChangeRules.apply(target, Subresources.WHOLE, object, current, true);
  }

  private MutationResult act(ObjectNode current, MutationTarget target, Subresource.Action action) {
    if (target.request().mutation() instanceof Mutation.Create(var order)) {
      return ChangeRules.store(target, formed.act(target, action, order, current), current);
    }
    throw notAllowed(target);
  }

  private MutationResult remove(
      ObjectNode current, MutationTarget target, Subresource.Dismissal removal) {
    if (target.request().mutation() instanceof Mutation.Create(var order)) {
      return DeletionRules.delete(target, formed.remove(target, removal, order), current);
    }
    throw notAllowed(target);
  }

  private static Refusing notAllowed(MutationTarget target) {
    return new Refusing(
        new Refusal(
            StatusReason.METHOD_NOT_ALLOWED,
            "the server does not allow this method on the requested resource",
            new Refusal.Details("", target.group(), target.type().names().plural(), "", List.of()),
            0));
  }
}
