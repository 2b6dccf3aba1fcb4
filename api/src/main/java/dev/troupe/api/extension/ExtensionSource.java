package dev.troupe.api.extension;

/// Where a jar says what it brings: a public class with a public constructor without parameters,
/// whose name is in the jar's `META-INF/services/dev.troupe.api.extension.ExtensionSource`.
@FunctionalInterface
public interface ExtensionSource {

  /// The version of what controllers are written against. A jar whose manifest names another one in
  /// [#API_ATTRIBUTE] is refused.
  String API = "0.1";

  /// The attribute of a jar's manifest that says for which [#API] it was made.
  String API_ATTRIBUTE = "Troupe-Api";

  /// Asked once, at the start of a member. Whatever it throws keeps the member from starting.
  Extension extension();
}
