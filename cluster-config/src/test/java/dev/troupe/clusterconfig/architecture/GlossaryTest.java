package dev.troupe.clusterconfig.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// A word means one thing in the whole house. A type that stands on its own shares its name with no
/// other that does; with one that is nested only if `docs/glossary.md` gives the word one meaning.
/// Types that are nested in others are read with these, as variants of a sealed type are.
class GlossaryTest {

  private static final Pattern TERM = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE);

  private static Set<String> terms() {
    return TERM.matcher(Sources.text("docs/glossary.md"))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Where each name is, of types that are not private.
  private static Map<String, Set<String>> places(boolean nestedToo) {
    var places = new TreeMap<String, Set<String>>();
    for (var source : Sources.all()) {
      for (var type : source.types()) {
        if (!type.isPrivate() && (nestedToo || type.outer().isEmpty())) {
          places
              .computeIfAbsent(type.name(), _ -> new TreeSet<>())
              .add(source.room() + "." + type.outer());
        }
      }
    }
    return places;
  }

  @Test
  void typesThatStandAloneHaveNamesOfTheirOwn() {
    var shared = places(false);
    shared.values().removeIf(rooms -> rooms.size() < 2);

    assertThat(shared).as("names of several types that stand alone").isEmpty();
  }

  @Test
  void nestedTypesShareOnlyNamesThatTheGlossaryExplains() {
    var shared = places(true);
    shared.values().removeIf(rooms -> rooms.size() < 2);
    shared.keySet().retainAll(places(false).keySet());
    shared.keySet().removeAll(terms());

    assertThat(shared).as("names of several types that docs/glossary.md lacks").isEmpty();
  }

  @Test
  void wordsOfTheGlossaryAreInTheCode() {
    var missing = new TreeSet<>(terms());
    missing.removeAll(places(true).keySet());

    assertThat(missing).as("words of docs/glossary.md that name nothing").isEmpty();
    assertThat(terms()).hasSizeGreaterThan(40);
  }

  @Test
  void everyWordIsExplainedOnce() {
    assertThat(
            TERM.matcher(Sources.text("docs/glossary.md")).results().map(found -> found.group(1)))
        .doesNotHaveDuplicates();
  }
}
