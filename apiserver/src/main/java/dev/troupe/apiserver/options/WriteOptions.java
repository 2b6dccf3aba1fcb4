package dev.troupe.apiserver.options;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.apiserver.request.ApiRequest;
import dev.troupe.apiserver.request.UrlQuery;
import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import java.util.ArrayList;
import java.util.List;

/// The options of a write, valid in themselves.
///
/// @param fieldManager as given, or what the user agent begins with
public record WriteOptions(boolean dryRun, String fieldManager, FieldValidation fieldValidation) {

  private static final String OF_PATCH = "PatchOptions";
  private static final int LONGEST_MANAGER = 128;

  /// The same, or without storing anything.
  public WriteOptions andDryRun(boolean also) {
    return new WriteOptions(dryRun || also, fieldManager, fieldValidation);
  }

  /// @param kind that of the options, such as `CreateOptions`: error messages begin with it
  public static WriteOptions parse(ApiRequest request, String kind) {
    var causes = new ArrayList<FieldCause>();
    if (kind.equals(OF_PATCH) && request.query().flag("force")) {
      causes.add(
          new FieldCause(
              CauseType.FIELD_VALUE_FORBIDDEN,
              "Forbidden: may not be specified for non-apply patch",
              "force"));
    }
    return parse(request, kind, causes);
  }

  /// The options of a patch that applies an object: who does it must be said.
  public static WriteOptions ofApply(ApiRequest request) {
    var causes = new ArrayList<FieldCause>();
    if (request.query().text("fieldManager").isEmpty()) {
      causes.add(
          new FieldCause(
              CauseType.FIELD_VALUE_REQUIRED,
              "Required value: is required for apply patch",
              "fieldManager"));
    }
    return parse(request, OF_PATCH, causes);
  }

  private static WriteOptions parse(ApiRequest request, String kind, List<FieldCause> causes) {
    UrlQuery query = request.query();
    boolean dryRun = dryRun(query.all("dryRun"), causes);
    String manager = query.text("fieldManager");
    checkManager(manager, causes);
    FieldValidation validation = validation(query.text("fieldValidation"), causes);
    if (!causes.isEmpty()) {
      throw new RefusedException(Refusals.invalidOptions(kind, causes));
    }
    return new WriteOptions(
        dryRun, manager.isEmpty() ? managerOf(request.userAgent()) : manager, validation);
  }

  /// `dryRun` of options that came in a body or a URL.
  public static boolean dryRun(List<String> values, List<FieldCause> causes) {
    boolean dryRun = false;
    for (String value : values) {
      if (value.equals("All")) {
        dryRun = true;
      } else if (!value.isEmpty()) {
        causes.add(
            new FieldCause(
                CauseType.FIELD_VALUE_NOT_SUPPORTED,
                "Unsupported value: \"" + value + "\": supported values: \"All\"",
                "dryRun"));
      }
    }
    return dryRun;
  }

  private static void checkManager(String manager, List<FieldCause> causes) {
    if (manager.length() > LONGEST_MANAGER) {
      causes.add(
          new FieldCause(
              CauseType.FIELD_VALUE_TOO_LONG,
              "Too long: may not be more than " + LONGEST_MANAGER + " bytes",
              "fieldManager"));
    }
    if (!manager.codePoints().allMatch(WriteOptions::printable)) {
      causes.add(
          new FieldCause(
              CauseType.FIELD_VALUE_INVALID,
              "Invalid value: \"" + manager + "\": should only contain printable characters",
              "fieldManager"));
    }
  }

  private static FieldValidation validation(String text, List<FieldCause> causes) {
    return switch (text) {
      case "Ignore" -> FieldValidation.IGNORE;
      case "", "Warn" -> FieldValidation.WARN;
      case "Strict" -> FieldValidation.STRICT;
      default -> {
        causes.add(
            new FieldCause(
                CauseType.FIELD_VALUE_NOT_SUPPORTED,
                "Unsupported value: \""
                    + text
                    + "\": supported values: \"Ignore\", \"Strict\", \"Warn\"",
                "fieldValidation"));
        yield FieldValidation.WARN;
      }
    };
  }

  private static String managerOf(String userAgent) {
    int slash = userAgent.indexOf('/');
    String name = slash < 0 ? userAgent : userAgent.substring(0, slash);
    var printable = new StringBuilder();
    name.codePoints().filter(WriteOptions::printable).forEach(printable::appendCodePoint);
    return printable.length() > LONGEST_MANAGER
        ? printable.substring(0, LONGEST_MANAGER)
        : printable.toString();
  }

  private static boolean printable(int c) {
    int type = Character.getType(c);
    return c == ' '
        || (!Character.isISOControl(c)
            && type != Character.FORMAT
            && type != Character.UNASSIGNED
            && type != Character.SURROGATE
            && type != Character.PRIVATE_USE
            && !Character.isSpaceChar(c));
  }
}
