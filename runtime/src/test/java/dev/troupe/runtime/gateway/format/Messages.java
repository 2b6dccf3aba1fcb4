package dev.troupe.runtime.gateway.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.collection.WatchItem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// When two messages are the same: part by part, as of resources only the version counts otherwise,
/// and of bytes the array.
final class Messages {

  private Messages() {}

  static void assertSame(Object read, Object written) {
    assertThat(isSame(read, written)).as("%s%nis%n%s", read, written).isTrue();
  }

  private static boolean isSame(@Nullable Object one, @Nullable Object other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return switch (one) {
      case Record record -> record.getClass() == other.getClass() && haveSameParts(record, other);
      case WatchItem.Changed change ->
          other instanceof WatchItem.Changed that
              && change.type() == that.type()
              && isSame(change.resource(), that.resource())
              && isSame(change.previous(), that.previous());
      case int[] numbers -> other instanceof int[] others && Arrays.equals(numbers, others);
      case byte[] bytes -> other instanceof byte[] others && Arrays.equals(bytes, others);
      case List<?> list ->
          other instanceof List<?> others
              && list.size() == others.size()
              && IntStream.range(0, list.size()).allMatch(i -> isSame(list.get(i), others.get(i)));
      default -> one.equals(other);
    };
  }

  private static boolean haveSameParts(Record one, Object other) {
    return Arrays.stream(one.getClass().getRecordComponents())
        .allMatch(part -> {
          try {
            var read = part.getAccessor();
            read.setAccessible(true);
            return isSame(read.invoke(one), read.invoke(other));
          } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
          }
        });
  }
}
