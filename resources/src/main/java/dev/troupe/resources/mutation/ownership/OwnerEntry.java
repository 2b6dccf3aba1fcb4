package dev.troupe.resources.mutation.ownership;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.ownership.FieldOwner.Operation;
import dev.troupe.resources.ownership.field.FieldSet;
import dev.troupe.resources.ownership.field.FieldsV1;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One owner and its fields. As it is written it is kept as long as nothing changes, and its fields
/// are read only when they must be.
final class OwnerEntry {

  private final FieldOwner owner;

  /// Null if it is not known since when.
  private final @Nullable String time;

  /// The fields as they are written; null if they are not yet.
  private final @Nullable ObjectNode written;

  private @Nullable FieldSet fields;

  private OwnerEntry(
      FieldOwner owner,
      @Nullable String time,
      @Nullable ObjectNode written,
      @Nullable FieldSet fields) {
    this.owner = owner;
    this.time = time;
    this.written = written;
    this.fields = fields;
  }

  static OwnerEntry of(FieldOwner owner, @Nullable String time, FieldSet fields) {
    return new OwnerEntry(owner, time, null, fields);
  }

  /// An entry of an object that is stored: it has been written by [#write].
  static OwnerEntry stored(ObjectNode entry) {
    var fields = Json.object(entry, "fieldsV1");
    return new OwnerEntry(owner(entry), time(entry), fields == null ? Json.object() : fields, null);
  }

  /// An entry that a client has sent; empty if it makes no sense.
  static Optional<OwnerEntry> sent(ObjectNode entry) {
    var operation = Json.text(entry, "operation");
    boolean known =
        operation.equals(Operation.APPLY.text()) || operation.equals(Operation.UPDATE.text());
    if (!known
        || Json.text(entry, "apiVersion").isEmpty()
        || !Json.text(entry, "fieldsType").equals("FieldsV1")) {
      return Optional.empty();
    }
    var fields = Json.object(entry, "fieldsV1");
    return (fields == null ? Optional.of(FieldSet.EMPTY) : FieldsV1.read(fields))
        .map(set -> of(owner(entry), time(entry), set));
  }

  private static FieldOwner owner(ObjectNode entry) {
    var operation = Json.text(entry, "operation");
    return new FieldOwner(
        Json.text(entry, "manager"),
        operation.equals(Operation.APPLY.text()) ? Operation.APPLY : Operation.UPDATE,
        Json.text(entry, "apiVersion"),
        Json.text(entry, "subresource"));
  }

  private static @Nullable String time(ObjectNode entry) {
    var time = Json.text(entry, "time");
    return time.isEmpty() ? null : time;
  }

  FieldOwner owner() {
    return owner;
  }

  @Nullable String time() {
    return time;
  }

  /// Seconds since the epoch; zero if unknown.
  long seconds() {
    return time == null ? 0 : Instant.parse(time).getEpochSecond();
  }

  FieldSet fields() {
    var known = fields;
    if (known == null) {
      known = written == null ? FieldSet.EMPTY : FieldsV1.read(written).orElse(FieldSet.EMPTY);
      fields = known;
    }
    return known;
  }

  /// The fields as they are written, if that is all that there is.
  private @Nullable ObjectNode unread() {
    return fields == null ? written : null;
  }

  boolean isEmpty() {
    var unread = unread();
    return unread == null ? fields().isEmpty() : unread.isEmpty();
  }

  private boolean hasAny(FieldSet some) {
    var unread = unread();
    return unread == null ? !fields().intersection(some).isEmpty() : FieldsV1.hasAny(unread, some);
  }

  private boolean hasAll(FieldSet all) {
    var unread = unread();
    return unread == null ? fields().containsAll(all) : FieldsV1.hasAll(unread, all);
  }

  OwnerEntry without(FieldSet gone) {
    return hasAny(gone) ? of(owner, time, fields().difference(gone)) : this;
  }

  /// With more fields, since `now`.
  OwnerEntry with(FieldSet more, String now) {
    return hasAll(more)
        ? new OwnerEntry(owner, now, written, fields)
        : of(owner, now, fields().union(more));
  }

  ObjectNode write() {
    var entry = Json.object();
    entry.put("manager", owner.name());
    entry.put("operation", owner.operation().text());
    entry.put("apiVersion", owner.apiVersion());
    if (time != null) {
      entry.put("time", time);
    }
    entry.put("fieldsType", "FieldsV1");
    entry.set("fieldsV1", written == null ? FieldsV1.write(fields()) : written);
    if (!owner.subresource().isEmpty()) {
      entry.put("subresource", owner.subresource());
    }
    return entry;
  }
}
