package dev.troupe.apiserver.write;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.apiserver.call.BodyReader;
import dev.troupe.apiserver.call.Call;
import dev.troupe.apiserver.options.WriteOptions;
import dev.troupe.apiserver.request.UrlQuery;
import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.mutation.Mutation.DeleteOptions;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The options of a deletion, from the body if there is one, else from the URL.
record DeleteBody(DeleteOptions options, boolean dryRun) {

  private static final Set<String> POLICIES = Set.of("Background", "Foreground", "Orphan");

  static DeleteBody read(Call call, BodyReader bodies) {
    return call.body().length == 0 ? ofQuery(call) : ofBody(bodies.object(call).object());
  }

  WriteOptions writeOptions(Call call) {
    var options = WriteOptions.parse(call.request(), "DeleteOptions");
    return new WriteOptions(
        dryRun || options.dryRun(), options.fieldManager(), FieldValidation.IGNORE);
  }

  private static DeleteBody ofQuery(Call call) {
    UrlQuery query = call.request().query();
    String policy = query.text("propagationPolicy");
    return checked(
        new DeleteOptions(
            query.number("gracePeriodSeconds"),
            policy.isEmpty() ? null : policy,
            query.optionalFlag("orphanDependents"),
            null,
            null),
        query.all("dryRun"));
  }

  private static DeleteBody ofBody(JsonNode body) {
    checkType(body);
    JsonNode preconditions = body.path("preconditions");
    var dryRun = new ArrayList<String>();
    for (JsonNode value : body.path("dryRun")) {
      dryRun.add(value.asString(""));
    }
    return checked(
        new DeleteOptions(
            number(body, "gracePeriodSeconds"),
            text(body, "propagationPolicy", "DeleteOptions.propagationPolicy"),
            flag(body, "orphanDependents"),
            text(preconditions, "uid", "Preconditions.preconditions.uid"),
            text(preconditions, "resourceVersion", "Preconditions.preconditions.resourceVersion")),
        dryRun);
  }

  /// Every group-version has these options, so that any that is one will do.
  private static void checkType(JsonNode body) {
    String version = text(body, "apiVersion", "DeleteOptions.apiVersion");
    String kind = text(body, "kind", "DeleteOptions.kind");
    if (version != null && version.indexOf('/') != version.lastIndexOf('/')) {
      throw RefusedException.badRequest("unexpected GroupVersion string: " + version);
    }
    if (kind != null && !kind.equals("DeleteOptions")) {
      throw RefusedException.badRequest(
          "no kind \"%s\" is registered for version \"%s\": the options of a deletion are DeleteOptions"
              .formatted(kind, version == null ? "v1" : version));
    }
  }

  private static DeleteBody checked(DeleteOptions options, List<String> dryRunValues) {
    var causes = new ArrayList<FieldCause>();
    String policy = options.propagationPolicy();
    if (options.orphanDependents() != null && policy != null) {
      causes.add(
          new FieldCause(
              CauseType.FIELD_VALUE_INVALID,
              "Invalid value: \""
                  + policy
                  + "\": orphanDependents and deletionPropagation cannot be both set",
              "propagationPolicy"));
    } else if (policy != null && !POLICIES.contains(policy)) {
      causes.add(
          new FieldCause(
              CauseType.FIELD_VALUE_NOT_SUPPORTED,
              "Unsupported value: \""
                  + policy
                  + "\": supported values: \"Background\", \"Foreground\", \"Orphan\", \"nil\"",
              "propagationPolicy"));
    }
    boolean dryRun = WriteOptions.dryRun(dryRunValues, causes);
    if (!causes.isEmpty()) {
      throw new RefusedException(Refusals.invalidOptions("DeleteOptions", causes));
    }
    return new DeleteBody(options, dryRun);
  }

  private static @Nullable Long number(JsonNode body, String field) {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrongType("DeleteOptions." + field, "int64");
    }
    return value.longValue();
  }

  private static @Nullable Boolean flag(JsonNode body, String field) {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isBoolean()) {
      throw wrongType("DeleteOptions." + field, "bool");
    }
    return value.booleanValue();
  }

  private static @Nullable String text(JsonNode body, String field, String path) {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw wrongType(path, "string");
    }
    return value.stringValue().isEmpty() ? null : value.stringValue();
  }

  private static RefusedException wrongType(String path, String type) {
    return RefusedException.badRequest(
        "json: cannot unmarshal value into Go struct field " + path + " of type " + type);
  }
}
