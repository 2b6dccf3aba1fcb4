package dev.troupe.resources.expression.library;

import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.troupe.resources.expression.notation.NamedFormat;
import java.util.List;
import java.util.Optional;

/// Functions of named formats, and `format` of texts.
final class FormatFunctions {

  private static final Parameter<NamedFormat> FORMAT =
      Parameter.opaque(NamedFormat.class, "kubernetes.NamedFormat");

  private FormatFunctions() {}

  static void addTo(FunctionSet set) {
    for (var format : NamedFormat.values()) {
      set.constant("format." + format.text(), FORMAT.cel(), _ -> format);
    }
    set.global(
        "format.named",
        "format-named",
        OptionalType.create(FORMAT.cel()),
        Parameter.TEXT,
        NamedFormat::of);
    set.member(
        "validate",
        "format-validate",
        OptionalType.create(Parameter.TEXTS),
        FORMAT,
        Parameter.TEXT,
        FormatFunctions::validate);
    set.member(
        "format",
        "string_format",
        SimpleType.STRING,
        Parameter.TEXT,
        Parameter.list(SimpleType.DYN),
        (text, values) -> new TextFormat(text, values).formatted());
  }

  private static Optional<List<String>> validate(NamedFormat format, String text) {
    return Optional.of(format.complaints(text)).filter(complaints -> !complaints.isEmpty());
  }
}
