package dev.troupe.resources.kind.container;

import dev.troupe.api.resource.Quantity;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a container requests and is limited to.
public final class ComputeValidation {

  private static final Set<String> STANDARD = Set.of("cpu", "memory", "ephemeral-storage");
  private static final List<String> RESIZABLE = List.of("cpu", "memory");
  private static final List<String> RESIZES = List.of("NotRequired", "RestartContainer");
  private static final String PAGES = "hugepages-";
  private static final int MAX_NAME = 63;

  private ComputeValidation() {}

  /// @param spec of the pod
  static void check(ObjectNode container, ObjectNode spec, Path path, FieldErrors errors) {
    var resources = Json.object(container, "resources");
    if (resources != null && !resources.isEmpty()) {
      needs(resources, path.child("resources"), errors);
      claims(resources, spec, path.child("resources").child("claims"), errors);
    }
    var seen = new HashSet<String>();
    int index = 0;
    for (var policy : Json.objects(container, "resizePolicy")) {
      var at = path.child("resizePolicy");
      resize(policy, Json.text(spec, "restartPolicy").equals("Never"), at, errors);
      if (!seen.add(Json.text(policy, "resourceName"))) {
        errors.duplicate(at.item(index), Json.text(policy, "resourceName"));
      }
      index++;
    }
  }

  /// What running a pod costs beside its containers.
  public static void overhead(@Nullable ObjectNode overhead, Path path, FieldErrors errors) {
    if (overhead != null) {
      var resources = Json.object();
      resources.set("limits", overhead);
      needs(resources, path, errors);
    }
  }

  /// What a node has.
  public static void amounts(@Nullable ObjectNode amounts, Path path, FieldErrors errors) {
    if (amounts == null) {
      return;
    }
    for (var entry : amounts.properties()) {
      var text = entry.getValue().asString("");
      var amount = amount(text);
      if (amount.signum() < 0) {
        errors.invalid(path.key(entry.getKey()), text, "must be greater than or equal to 0");
      }
      if ((entry.getKey().equals("pods") || isExtended(entry.getKey())) && !isWhole(amount)) {
        errors.invalid(path.key(entry.getKey()), text, "must be an integer");
      }
    }
  }

  private static void needs(ObjectNode resources, Path path, FieldErrors errors) {
    var limits = Json.object(resources, "limits");
    var requests = Json.object(resources, "requests");
    each(limits, path.child("limits"), errors);
    each(requests, path.child("requests"), errors);
    for (var request : Json.entries(resources, "requests")) {
      within(request.getKey(), request.getValue().asString(""), limits, path, errors);
    }
    if ((hasPages(limits) || hasPages(requests)) && !hasCompute(limits) && !hasCompute(requests)) {
      errors.forbidden(path, "HugePages require cpu or memory");
    }
  }

  private static boolean hasPages(@Nullable ObjectNode amounts) {
    return amounts != null
        && amounts.properties().stream().anyMatch(entry -> entry.getKey().startsWith(PAGES));
  }

  private static boolean hasCompute(@Nullable ObjectNode amounts) {
    return Json.has(amounts, "cpu") || Json.has(amounts, "memory");
  }

  /// What cannot be shared is limited to exactly what is requested.
  private static void within(
      String name, String wanted, @Nullable ObjectNode limits, Path path, FieldErrors errors) {
    var limit = Json.text(limits, name);
    boolean shared = isNative(name) && !name.startsWith(PAGES);
    if (limit.isEmpty()) {
      if (!shared) {
        errors.required(path.child("limits"), "Limit must be set for non overcommitable resources");
      }
      return;
    }
    int order = amount(wanted).compareTo(amount(limit));
    if (order != 0 && !shared) {
      errors.invalid(
          path.child("requests"), wanted, "must be equal to " + name + " limit of " + limit);
    } else if (order > 0) {
      errors.invalid(
          path.child("requests"),
          wanted,
          "must be less than or equal to " + name + " limit of " + limit);
    }
  }

  private static void each(@Nullable ObjectNode amounts, Path path, FieldErrors errors) {
    if (amounts == null) {
      return;
    }
    for (var entry : amounts.properties()) {
      var name = entry.getKey();
      var at = path.key(name);
      name(name, at, errors);
      var text = entry.getValue().asString("");
      var amount = amount(text);
      if (amount.signum() < 0) {
        errors.invalid(at, text, "must be greater than or equal to 0");
      }
      if (isExtended(name) && !isWhole(amount)) {
        errors.invalid(at, text, "must be an integer");
      }
      if (name.startsWith(PAGES) && !isMultiple(amount, name.substring(PAGES.length()))) {
        errors.invalid(at, text, text + " is not positive integer multiple of " + name);
      }
    }
  }

  private static void name(String name, Path path, FieldErrors errors) {
    var wrong = Names.qualified(name);
    if (wrong.isPresent()) {
      errors.invalid(path, name, wrong.get());
    } else if (name.indexOf('/') < 0) {
      if (!STANDARD.contains(name) && !name.startsWith(PAGES)) {
        errors.invalid(path, name, "must be a standard resource type or fully qualified");
        errors.invalid(path, name, "must be a standard resource for containers");
      }
    } else if (!isNative(name) && !isExtended(name)) {
      errors.invalid(path, name, "doesn't follow extended resource name standard");
    }
  }

  private static boolean isNative(String name) {
    return name.indexOf('/') < 0 || name.contains("kubernetes.io/");
  }

  /// A resource of somebody else's, of which a quota can be named too.
  private static boolean isExtended(String name) {
    return !isNative(name)
        && !name.startsWith("requests.")
        && Names.qualified("requests." + name).isEmpty()
        && name.length() - name.indexOf('/') - 1 <= MAX_NAME;
  }

  private static boolean isWhole(BigDecimal amount) {
    return amount.signum() == 0 || amount.stripTrailingZeros().scale() <= 0;
  }

  private static boolean isMultiple(BigDecimal amount, String page) {
    try {
      var size = Quantity.parse(page).amount();
      return size.signum() > 0 && isWhole(size) && amount.remainder(size).signum() == 0;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static BigDecimal amount(String text) {
    try {
      return Quantity.parse(text).amount();
    } catch (IllegalArgumentException _) {
      return BigDecimal.ZERO;
    }
  }

  private static void resize(
      ObjectNode policy, boolean neverRestarts, Path path, FieldErrors errors) {
    for (var field : List.of("resourceName", "restartPolicy")) {
      var value = Json.text(policy, field);
      var known = field.equals("resourceName") ? RESIZABLE : RESIZES;
      if (value.isEmpty()) {
        errors.required(path, "");
      } else if (!known.contains(value)) {
        errors.notSupported(path, value, known);
      }
    }
    if (neverRestarts && !Json.text(policy, "restartPolicy").equals("NotRequired")) {
      errors.invalid(
          path,
          Json.text(policy, "restartPolicy"),
          "must be 'NotRequired' when `restartPolicy` is 'Never'");
    }
  }

  private static void claims(ObjectNode resources, ObjectNode spec, Path path, FieldErrors errors) {
    var known = new HashSet<String>();
    Json.objects(spec, "resourceClaims").forEach(claim -> known.add(Json.text(claim, "name")));
    var seen = new HashSet<String>();
    int index = 0;
    for (var claim : Json.objects(resources, "claims")) {
      var at = path.item(index++);
      var name = Json.text(claim, "name");
      var request = Json.text(claim, "request");
      if (name.isEmpty()) {
        errors.required(at, "");
        continue;
      }
      Checks.text(claim, "request", Names::label, at, errors);
      var key = request.isEmpty() ? name : name + "/" + request;
      if (!seen.add(key)) {
        errors.duplicate(at, key);
      }
      if (!known.contains(name)) {
        var all = String.join(", ", known.stream().sorted().toList());
        errors.notFound(
            at,
            name,
            "must be one of the names in pod.spec.resourceClaims"
                + (known.isEmpty() ? " which is empty" : ": " + all));
      }
    }
  }
}
