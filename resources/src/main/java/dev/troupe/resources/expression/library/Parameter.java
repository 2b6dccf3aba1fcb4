package dev.troupe.resources.expression.library;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The type of a parameter, to the checker of expressions and to Java.
record Parameter<T>(Class<T> type, CelType cel) {

  static final Parameter<String> TEXT = new Parameter<>(String.class, SimpleType.STRING);
  static final Parameter<Long> INT = new Parameter<>(Long.class, SimpleType.INT);
  static final Parameter<Boolean> BOOL = new Parameter<>(Boolean.class, SimpleType.BOOL);
  static final Parameter<Double> DOUBLE = new Parameter<>(Double.class, SimpleType.DOUBLE);
  static final Parameter<UnsignedLong> UINT = new Parameter<>(UnsignedLong.class, SimpleType.UINT);
  static final Parameter<Duration> DURATION = new Parameter<>(Duration.class, SimpleType.DURATION);
  static final Parameter<Instant> TIMESTAMP = new Parameter<>(Instant.class, SimpleType.TIMESTAMP);
  static final Parameter<CelByteString> BYTES =
      new Parameter<>(CelByteString.class, SimpleType.BYTES);

  static final CelType TEXTS = ListType.create(SimpleType.STRING);

  static <T> Parameter<T> opaque(Class<T> type, String name) {
    return new Parameter<>(type, OpaqueType.create(name));
  }

  @SuppressWarnings("rawtypes") // what is in a list is the checker's business
  static Parameter<List> list(CelType items) {
    return new Parameter<>(List.class, ListType.create(items));
  }
}
