package dev.troupe.resources.expression.library;

import dev.cel.common.types.SimpleType;
import dev.troupe.resources.expression.notation.SemanticVersion;

/// Functions of semantic versions.
final class VersionFunctions {

  private static final Parameter<SemanticVersion> VERSION =
      Parameter.opaque(SemanticVersion.class, "kubernetes.Semver");

  private VersionFunctions() {}

  static void addTo(FunctionSet set) {
    reading(set);
    set.member("major", "semver_major", SimpleType.INT, VERSION, SemanticVersion::major);
    set.member("minor", "semver_minor", SimpleType.INT, VERSION, SemanticVersion::minor);
    set.member("patch", "semver_patch", SimpleType.INT, VERSION, SemanticVersion::patch);
    set.member(
        "compareTo",
        "semver_compare_to",
        SimpleType.INT,
        VERSION,
        VERSION,
        SemanticVersion::comparedTo);
    set.member(
        "isGreaterThan",
        "semver_is_greater_than",
        SimpleType.BOOL,
        VERSION,
        VERSION,
        (one, other) -> one.comparedTo(other) > 0);
    set.member(
        "isLessThan",
        "semver_is_less_than",
        SimpleType.BOOL,
        VERSION,
        VERSION,
        (one, other) -> one.comparedTo(other) < 0);
  }

  private static void reading(FunctionSet set) {
    var text = Parameter.TEXT;
    var bool = Parameter.BOOL;
    set.global(
        "semver",
        "string_to_semver",
        VERSION.cel(),
        text,
        given -> SemanticVersion.parse(given, false));
    set.global(
        "semver", "string_bool_to_semver", VERSION.cel(), text, bool, SemanticVersion::parse);
    set.global(
        "isSemver",
        "is_semver_string",
        SimpleType.BOOL,
        text,
        given -> SemanticVersion.attempt(given, false).isPresent());
    set.global(
        "isSemver",
        "is_semver_string_bool",
        SimpleType.BOOL,
        text,
        bool,
        (given, normalize) -> SemanticVersion.attempt(given, normalize).isPresent());
  }
}
