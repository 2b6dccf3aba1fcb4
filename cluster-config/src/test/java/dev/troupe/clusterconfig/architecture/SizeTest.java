package dev.troupe.clusterconfig.architecture;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clusterconfig.architecture.Sources.Source;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Nothing in main code is so large that it must be searched. What is larger is named here, with
/// the reason; a name that is not needed any more fails as well.
class SizeTest {

  private static final int LINES_OF_A_FILE = 350;
  private static final long LINES_OF_A_METHOD = 40;
  private static final long FILES_OF_A_ROOM = 13;

  /// Files by their simple name.
  private static final Map<String, String> LONG_FILES = Map.of();

  private static final Map<String, String> LONG_METHODS = Map.of();

  private static final Map<String, String> FULL_ROOMS = Map.of();

  @Test
  void filesCanBeReadAtOnce() {
    var large = new TreeMap<String, Integer>();
    for (var source : Sources.all()) {
      if (source.lines() > LINES_OF_A_FILE) {
        large.put(source.path().getFileName().toString(), source.lines());
      }
    }

    assertThat(large.keySet())
        .as("files of more than %d lines", LINES_OF_A_FILE)
        .isEqualTo(LONG_FILES.keySet());
  }

  @Test
  void methodsFitOnAPage() {
    var large = new TreeSet<String>();
    for (var source : Sources.all()) {
      for (var method : source.methods()) {
        if (method.lines() > LINES_OF_A_METHOD) {
          large.add(method.name());
        }
      }
    }

    assertThat(large)
        .as("methods of more than %d lines", LINES_OF_A_METHOD)
        .isEqualTo(LONG_METHODS.keySet());
  }

  @Test
  void roomsHaveAboutADozenFiles() {
    var files =
        Sources.all().stream()
            .filter(source -> !source.isPackageInfo())
            .collect(groupingBy(Source::room, TreeMap::new, counting()));
    files.values().removeIf(count -> count <= FILES_OF_A_ROOM);

    assertThat(files.keySet())
        .as("rooms of more than %d files", FILES_OF_A_ROOM)
        .isEqualTo(FULL_ROOMS.keySet());
  }

  @Test
  void enoughIsLookedAt() {
    assertThat(Sources.modules()).hasSizeGreaterThanOrEqualTo(10);
    assertThat(Sources.all()).hasSizeGreaterThan(600);
    assertThat(Sources.all().stream().mapToInt(source -> source.methods().size()).sum())
        .isGreaterThan(3_000);
  }
}
