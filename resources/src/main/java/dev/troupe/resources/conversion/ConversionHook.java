package dev.troupe.resources.conversion;

import dev.troupe.resources.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Who converts the objects of a type from one version to another, as its definition says.
///
/// @param authorities whom its certificate must come from, as PEM; empty for those that everybody
///   trusts
/// @param reviews the versions of reviews that it understands, best first
public record ConversionHook(Address address, String authorities, List<String> reviews) {

  /// Where it is.
  public sealed interface Address {

    record AtUrl(String url) implements Address {}

    /// @param path begins with a slash, or is empty
    record OfService(String namespace, String name, int port, String path) implements Address {}
  }

  private static final int HTTPS = 443;

  /// @param conversion of a valid definition
  /// @return empty if objects differ in their `apiVersion` alone
  public static Optional<ConversionHook> of(ObjectNode conversion) {
    if (!Json.text(conversion, "strategy").equals("Webhook")) {
      return Optional.empty();
    }
    var webhook = Json.child(conversion, "webhook");
    var client = Json.child(webhook, "clientConfig");
    return Optional.of(
        new ConversionHook(
            address(client),
            new String(
                Base64.getMimeDecoder().decode(Json.text(client, "caBundle")),
                StandardCharsets.UTF_8),
            List.copyOf(Json.strings(webhook, "conversionReviewVersions"))));
  }

  private static Address address(ObjectNode client) {
    var service = Json.object(client, "service");
    if (service == null) {
      return new Address.AtUrl(Json.text(client, "url"));
    }
    var path = Json.text(service, "path");
    return new Address.OfService(
        Json.text(service, "namespace"),
        Json.text(service, "name"),
        (int) Json.number(service, "port", HTTPS),
        path.isEmpty() || path.startsWith("/") ? path : "/" + path);
  }
}
