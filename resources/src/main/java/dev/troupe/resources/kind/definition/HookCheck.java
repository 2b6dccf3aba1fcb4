package dev.troupe.resources.kind.definition;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// How a webhook is reached.
final class HookCheck {

  private static final String FORM = "; desired format: https://host[/path]";
  private static final int MAX_PORT = 65_535;
  private static final Pattern SLASH = Pattern.compile("/");

  private HookCheck() {}

  static void check(ObjectNode client, Path path, FieldErrors errors) {
    var service = Json.object(client, "service");
    if (Json.has(client, "url") == (service != null)) {
      errors.required(path, "exactly one of url or service is required");
    } else if (service == null) {
      url(Json.text(client, "url"), path.child("url"), errors);
    } else {
      service(service, path.child("service"), errors);
    }
    authorities(Json.text(client, "caBundle"), path.child("caBundle"), errors);
  }

  private static void url(String text, Path path, FieldErrors errors) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException wrong) {
      errors.required(path, "url must be a valid URL: " + wrong.getMessage() + FORM);
      return;
    }
    var scheme = url.getScheme() == null ? "" : url.getScheme();
    if (!scheme.equals("https")) {
      errors.invalid(path, scheme, "'https' is the only allowed URL scheme" + FORM);
    }
    if (url.getHost() == null || url.getHost().isEmpty()) {
      errors.invalid(path, "", "host must be specified" + FORM);
    }
    without(url.getUserInfo(), "user information is not", path, errors);
    without(url.getFragment(), "fragments are not", path, errors);
    without(url.getRawQuery(), "query parameters are not", path, errors);
  }

  private static void without(
      @org.jspecify.annotations.Nullable String part, String what, Path path, FieldErrors errors) {
    if (part != null && !part.isEmpty()) {
      errors.invalid(path, part, what + " permitted in the URL");
    }
  }

  private static void service(ObjectNode service, Path path, FieldErrors errors) {
    if (Json.text(service, "name").isEmpty()) {
      errors.required(path.child("name"), "service name is required");
    }
    if (Json.text(service, "namespace").isEmpty()) {
      errors.required(path.child("namespace"), "service namespace is required");
    }
    long port = Json.number(service, "port", 1);
    if (port < 1 || port > MAX_PORT) {
      errors.invalid(
          path.child("port"),
          port,
          "port is not valid: must be between 1 and " + MAX_PORT + ", inclusive");
    }
    path(Json.text(service, "path"), path.child("path"), errors);
  }

  private static void path(String text, Path path, FieldErrors errors) {
    if (text.isEmpty() || text.equals("/")) {
      return;
    }
    if (text.equals("//")) {
      errors.invalid(path, text, "segment[0] may not be empty");
      return;
    }
    if (!text.startsWith("/")) {
      errors.invalid(path, text, "must start with a '/'");
    }
    var inner = text.substring(1, text.length() - (text.endsWith("/") ? 1 : 0));
    var steps = SLASH.split(inner, -1);
    for (int i = 0; i < steps.length; i++) {
      var segment = "segment[" + i + "]";
      if (steps[i].isEmpty()) {
        errors.invalid(path, text, segment + " may not be empty");
      } else {
        Names.subdomain(steps[i])
            .ifPresent(wrong -> errors.invalid(path, text, segment + ": " + wrong));
      }
    }
  }

  private static void authorities(String bundle, Path path, FieldErrors errors) {
    if (bundle.isEmpty()) {
      return;
    }
    try {
      var pem = Base64.getMimeDecoder().decode(bundle);
      var found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem));
      if (found.isEmpty()) {
        throw new CertificateException("data does not contain any valid RSA or ECDSA certificates");
      }
    } catch (IllegalArgumentException | CertificateException wrong) {
      errors.invalid(path, "<snip>", "unable to load root certificates: " + wrong.getMessage());
    }
  }
}
