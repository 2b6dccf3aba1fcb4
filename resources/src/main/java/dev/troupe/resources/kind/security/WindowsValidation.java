package dev.troupe.resources.kind.security;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Options that only containers on Windows have.
final class WindowsValidation {

  private static final int MAX_SPEC = 64 * 1024;
  private static final int MAX_DOMAIN = 256;
  private static final int MAX_USER = 104;
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");
  private static final Pattern NET_BIOS =
      Pattern.compile("[^\\\\/:*?\"<>|.][^\\\\/:*?\"<>|]{0,14}");
  private static final Pattern DNS =
      Pattern.compile(
          "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
              + "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*");
  private static final Pattern FORBIDDEN = Pattern.compile("[\"/\\\\:;|=,+*?<>@\\[\\]]");
  private static final Pattern DOTS = Pattern.compile("[. ]+");

  private WindowsValidation() {}

  static void check(@Nullable ObjectNode context, Path parent, FieldErrors errors) {
    var options = Json.object(context, "windowsOptions");
    if (options == null) {
      return;
    }
    var path = parent.child("windowsOptions");
    Checks.text(options, "gmsaCredentialSpecName", Names::subdomain, path, errors);
    if (Json.has(options, "gmsaCredentialSpec")) {
      var spec = Json.text(options, "gmsaCredentialSpec");
      var at = path.child("gmsaCredentialSpec");
      if (spec.isEmpty()) {
        errors.invalid(at, spec, "gmsaCredentialSpec cannot be an empty string");
      } else if (spec.length() > MAX_SPEC) {
        errors.invalid(at, spec, "gmsaCredentialSpec size must be under 64 KiB");
      }
    }
    if (Json.has(options, "runAsUserName")) {
      user(Json.text(options, "runAsUserName"), path.child("runAsUserName"), errors);
    }
  }

  private static void user(String name, Path path, FieldErrors errors) {
    var parts = name.split("\\\\", -1);
    if (name.isEmpty()) {
      errors.invalid(path, name, "runAsUserName cannot be an empty string");
    } else if (CONTROL.matcher(name).find()) {
      errors.invalid(path, name, "runAsUserName cannot contain control characters");
    } else if (parts.length > 2) {
      errors.invalid(path, name, "runAsUserName cannot contain more than one backslash");
    } else {
      if (parts.length == 2) {
        domain(name, parts[0], path, errors);
      }
      account(name, parts[parts.length - 1], path, errors);
    }
  }

  private static void domain(String name, String domain, Path path, FieldErrors errors) {
    if (domain.length() >= MAX_DOMAIN) {
      errors.invalid(path, name, "runAsUserName's Domain length must be under 256 characters");
    }
    if (!NET_BIOS.matcher(domain).matches() && !DNS.matcher(domain).matches()) {
      errors.invalid(
          path, name, "runAsUserName's Domain doesn't match the NetBios nor the DNS format");
    }
  }

  private static void account(String name, String user, Path path, FieldErrors errors) {
    if (user.isEmpty()) {
      errors.invalid(path, name, "runAsUserName's User cannot be empty");
    } else if (user.length() > MAX_USER) {
      errors.invalid(
          path, name, "runAsUserName's User length must not be longer than 104 characters");
    }
    if (DOTS.matcher(user).matches()) {
      errors.invalid(path, name, "runAsUserName's User cannot contain only periods or spaces");
    }
    if (FORBIDDEN.matcher(user).find()) {
      errors.invalid(
          path,
          name,
          "runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]");
    }
  }
}
