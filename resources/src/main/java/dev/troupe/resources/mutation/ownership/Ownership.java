package dev.troupe.resources.mutation.ownership;

import dev.troupe.resources.conversion.Converter;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.ownership.FieldOwner.Operation;
import dev.troupe.resources.ownership.field.FieldSet;
import dev.troupe.resources.ownership.merging.Fitting;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.registry.ResourceType.Served;
import dev.troupe.resources.schema.shape.MergeShape;
import dev.troupe.resources.subresource.Status;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.resources.subresource.Whole;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Who owns which fields of the object that one request writes. Objects have their owners in
/// `metadata.managedFields`; but for what is applied they are in the version that is stored.
public final class Ownership {

  private static final String MANAGED_FIELDS = "managedFields";

  private final OwnershipRules rules;
  private final ResourceType type;
  private final Served served;
  private final MutationRequest request;
  private final ObjectVersions versions;

  Ownership(
      OwnershipRules rules,
      ResourceType type,
      Served served,
      MutationRequest request,
      Converter converter) {
    this.rules = rules;
    this.type = type;
    this.served = served;
    this.request = request;
    this.versions = new TypeVersions(rules, type, converter);
  }

  /// The group-versions of a type.
  private record TypeVersions(OwnershipRules rules, ResourceType type, Converter converter)
      implements ObjectVersions {

    @Override
    public @Nullable MergeShape shape(String apiVersion) {
      return rules.shape(type, apiVersion);
    }

    @Override
    public @Nullable ObjectNode convert(ObjectNode object, String apiVersion) {
      return converter.convert(object, apiVersion);
    }
  }

  /// Whether an object comes with its owners, so that nothing is to be found out.
  private boolean isSettled() {
    return request.options().ownersSettled() || !type.published();
  }

  private FieldOwner writer(Operation operation) {
    var name = request.options().fieldManager();
    return owner(name.isEmpty() ? "unknown" : name, operation);
  }

  private FieldOwner owner(String name, Operation operation) {
    return new FieldOwner(name, operation, served.apiVersion(), request.subresource().name());
  }

  private String now() {
    return request.facts().now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// What of a set this kind of write can own: nothing that it does not write.
  private FieldSet ownable(FieldSet set) {
    if (request.subresource() instanceof Status) {
      return set.startingWith(List.of("metadata", "status"))
          .without(rules.keptByStatus(type.kind()));
    }
    return type.subresources().contains(Subresources.STATUS)
        ? set.without(OwnershipRules.STATUS)
        : set;
  }

  /// The owners of a new object that is created: whoever creates it owns all that it has.
  public void begin(ObjectNode object) {
    if (isSettled() || isApplied()) {
      return;
    }
    var blank = rules.blank(type, served);
    var change = between(blank, object);
    set(object, change.owned(OwnerEntries.NONE, writer(Operation.UPDATE), now()));
  }

  private OwnedChange between(ObjectNode before, ObjectNode after) {
    return new OwnedChange(before, inRequest(after), versions, this::ownable);
  }

  /// What is written, and what it is written over, in the version of the request.
  private ObjectNode inRequest(ObjectNode object) {
    var converted = versions.convert(object, served.apiVersion());
    if (converted == null) {
      throw new IllegalStateException("an object is not in " + served.apiVersion());
    }
    return converted;
  }

  /// Gives a changed object the owners that it had, unless the writer has sent others: an empty
  /// list, or one empty entry, says that there are none.
  public void keep(ObjectNode object, ObjectNode current) {
    if (request.options().ownersSettled() || isApplied()) {
      return;
    }
    var metadata = Json.child(object, "metadata");
    var sent = metadata.remove(MANAGED_FIELDS);
    var stored = managedFields(current);
    var kept =
        sent instanceof ArrayNode list && request.subresource() instanceof Whole
            ? sent(list, stored)
            : stored;
    if (kept != null && !kept.isEmpty()) {
      metadata.set(MANAGED_FIELDS, kept);
    }
  }

  private static @Nullable ArrayNode sent(ArrayNode sent, @Nullable ArrayNode stored) {
    if (Json.same(sent, stored)) {
      return stored;
    }
    if (sent.size() == 1 && sent.get(0).isEmpty()) {
      return null;
    }
    return OwnerEntries.sent(sent)
        .filter(entries -> !entries.isEmpty())
        .map(OwnerEntries::write)
        .orElse(stored);
  }

  private boolean isApplied() {
    return request.mutation() instanceof Mutation.Apply;
  }

  /// The owners of an object that has changed: the writer owns what is otherwise now. Of an object
  /// without owners nobody becomes one by a change.
  ///
  /// @param object with the owners that it had
  public void change(ObjectNode object, ObjectNode current) {
    if (isSettled() || isApplied()) {
      return;
    }
    var before = OwnerEntries.stored(managedFields(object));
    if (before.isEmpty()) {
      return;
    }
    var change = between(inRequest(current), object);
    set(object, change.owned(before, writer(Operation.UPDATE), now()));
  }

  /// Whether what is applied changes nothing but since when fields are owned.
  public boolean isSameButTimes(ObjectNode object, ObjectNode current) {
    return isApplied()
        && OwnerEntries.sameButTimes(managedFields(object), managedFields(current))
        && Json.same(withoutOwners(object), withoutOwners(current));
  }

  /// What is wrong with an object that is applied, in its version.
  public List<String> complaints(ObjectNode wanted) {
    return Fitting.complaints(wanted, shape());
  }

  /// The owners of what is applied where nothing is yet: the applier owns all of it.
  public ArrayNode beginApplied(ObjectNode wanted) {
    return application().begin(wanted, now()).write();
  }

  /// Applies an object to another one.
  ///
  /// @param live in the version of the request
  /// @param wanted fits its shape
  /// @param normal brings what comes of it into its canonical form
  public Applying apply(
      ObjectNode live, ObjectNode wanted, boolean force, UnaryOperator<ObjectNode> normal) {
    var owners = OwnerEntries.stored(managedFields(live));
    var bare = withoutOwners(live);
    if (owners.isEmpty()) {
      owners =
          new OwnedChange(rules.blank(type, served), bare, versions, this::ownable)
              .owned(OwnerEntries.NONE, owner("before-first-apply", Operation.UPDATE), now());
    }
    var result = application().apply(bare, wanted, owners, normal, now());
    var conflicts = force ? List.<OwnershipConflict>of() : result.conflicts();
    var lastApplied = new LastApplied(shape(), served.apiVersion());
    boolean byKubectl = request.options().fieldManager().equals(LastApplied.KUBECTL);
    if (byKubectl) {
      conflicts = lastApplied.settled(conflicts, bare);
    }
    if (!conflicts.isEmpty()) {
      return Applying.Conflicting.of(conflicts);
    }
    var object = result.object();
    if (byKubectl) {
      lastApplied.update(object, wanted);
    }
    set(object, result.owners());
    return new Applying.Merged(object);
  }

  private Application application() {
    return new Application(writer(Operation.APPLY), shape(), versions, this::ownable);
  }

  private MergeShape shape() {
    var shape = versions.shape(served.apiVersion());
    if (shape == null) {
      throw new IllegalStateException(served.apiVersion() + " of " + type.ref() + " has no shape");
    }
    return shape;
  }

  private static @Nullable ArrayNode managedFields(ObjectNode object) {
    return Json.list(Json.object(object, "metadata"), MANAGED_FIELDS);
  }

  private static void set(ObjectNode object, OwnerEntries owners) {
    var metadata = Json.child(object, "metadata");
    if (owners.isEmpty()) {
      metadata.remove(MANAGED_FIELDS);
    } else {
      metadata.set(MANAGED_FIELDS, owners.write());
    }
  }

  /// A copy; all but metadata is shared.
  private static ObjectNode withoutOwners(ObjectNode object) {
    var metadata = Json.object(object, "metadata");
    if (metadata == null || !metadata.has(MANAGED_FIELDS)) {
      return object;
    }
    var bare = Json.shallow(object);
    var rest = Json.shallow(metadata);
    rest.remove(MANAGED_FIELDS);
    bare.set("metadata", rest);
    return bare;
  }
}
