package dev.troupe.resources.mutation.decision;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.Mutation.DeleteOptions;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import tools.jackson.databind.node.ObjectNode;

/// Whether the resource is still the one that the writer has seen.
final class Preconditions {

  static final String MODIFIED =
      "the object has been modified; please apply your changes to the latest version and try again";

  private Preconditions() {}

  /// Holds uid and resourceVersion of what is written against the stored object.
  ///
  /// @param mayBeUnconditional whether a missing resourceVersion is accepted
  static void check(
      MutationTarget target, ObjectNode written, ObjectNode current, boolean mayBeUnconditional) {
    checkUid(target, Json.text(Json.object(written, "metadata"), "uid"), current);
    checkVersion(target, version(written), current, mayBeUnconditional);
  }

  static String version(ObjectNode object) {
    return Json.text(Json.object(object, "metadata"), "resourceVersion");
  }

  private static void checkUid(MutationTarget target, String uid, ObjectNode current) {
    var actual = uid(current);
    if (!uid.isEmpty() && !uid.equals(actual)) {
      throw new Refusing(
          Refusal.conflict(
              target.key(),
              "Precondition failed: UID in precondition: "
                  + uid
                  + ", UID in object meta: "
                  + actual));
    }
  }

  private static void checkVersion(
      MutationTarget target, String version, ObjectNode current, boolean mayBeUnconditional) {
    if (version.isEmpty() || version.equals("0")) {
      if (!mayBeUnconditional) {
        var errors = new FieldErrors();
        errors.invalid(
            Path.METADATA.child("resourceVersion"),
            new Unsigned(0),
            "must be specified for an update");
        throw Refusing.invalid(target, errors);
      }
      return;
    }
    if (version.length() > 20 || !version.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new Refusing(
          Refusal.badRequest(
              "metadata.resourceVersion: Invalid value: \"" + version + "\": invalid syntax"));
    }
    if (!version.equals(version(current))) {
      throw new Refusing(Refusal.conflict(target.key(), MODIFIED));
    }
  }

  static void checkDelete(MutationTarget target, DeleteOptions options, ObjectNode current) {
    var uid = options.preconditionUid();
    if (uid != null && !uid.equals(uid(current))) {
      throw new Refusing(
          Refusal.conflict(
              target.key(),
              "the UID in the precondition ("
                  + uid
                  + ") does not match the UID in record ("
                  + uid(current)
                  + "). The object might have been deleted and then recreated"));
    }
    var version = options.preconditionResourceVersion();
    if (version != null && !version.equals(version(current))) {
      throw new Refusing(
          Refusal.conflict(
              target.key(),
              "the ResourceVersion in the precondition ("
                  + version
                  + ") does not match the ResourceVersion in record ("
                  + version(current)
                  + "). The object might have been modified"));
    }
  }

  private static String uid(ObjectNode current) {
    return Json.text(Json.object(current, "metadata"), "uid");
  }

  /// A number as Go's `%#v` writes an unsigned one.
  private record Unsigned(long value) {
    @Override
    public String toString() {
      return "0x" + Long.toHexString(value);
    }
  }
}
