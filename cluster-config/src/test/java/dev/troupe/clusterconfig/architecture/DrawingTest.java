package dev.troupe.clusterconfig.architecture;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What is drawn in `docs/architecture.md` and in the READMEs of the modules is what there is.
@AnalyzeClasses(packages = "dev.troupe", importOptions = ImportOption.DoNotIncludeTests.class)
class DrawingTest {

  private static final String BASE = "dev.troupe.";
  private static final Pattern ARROWS = Pattern.compile("([a-z-]+) ──► ([a-z-]+(?:, [a-z-]+)*)");
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<dependency>\\s*<groupId>(?:dev\\.troupe|\\$\\{project\\.groupId})</groupId>\\s*"
              + "<artifactId>([a-z-]+)</artifactId>(.*?)</dependency>",
          Pattern.DOTALL);
  private static final Pattern QUOTED = Pattern.compile("`([a-z.]+)`");
  private static final Pattern ROOM = Pattern.compile("[a-z]+(\\.[a-z]+)+");

  private static String text() {
    return Sources.text("docs/architecture.md");
  }

  /// The lines of a section, up to the next heading.
  private static List<String> section(String text, String heading) {
    return text.lines()
        .dropWhile(line -> !line.equals("## " + heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .toList();
  }

  /// The packages of a module that hold something.
  private static Set<String> rooms(Predicate<String> module) {
    return Sources.all().stream()
        .filter(source -> module.test(source.module()) && !source.isPackageInfo())
        .map(Sources.Source::room)
        .collect(toCollection(TreeSet::new));
  }

  private static String packageOf(String module) {
    return module.replace("-", "");
  }

  /// Rooms named in the column of a table, with the module that they are in.
  private static Set<String> named(String module, String column) {
    var rooms = new TreeSet<String>();
    QUOTED
        .matcher(column)
        .results()
        .map(found -> found.group(1))
        .forEach(name -> {
          var prefix = packageOf(module);
          rooms.add(
              name.equals(prefix) || name.startsWith(prefix + ".") ? name : prefix + "." + name);
        });
    return rooms;
  }

  @ArchTest
  static void everyRoomIsInTheTable(JavaClasses classes) {
    var drawn = new TreeSet<String>();
    var module = "";
    for (var line : section(text(), "Rooms")) {
      var cells = line.split("\\|", -1);
      if (line.startsWith("|") && cells.length > 3 && cells[2].contains("`")) {
        module = cells[1].isBlank() ? module : cells[1].replace("`", "").strip();
        drawn.addAll(named(module, cells[2]));
      }
    }

    assertThat(drawn).isEqualTo(rooms(_ -> true));
  }

  @ArchTest
  static void everyRoomIsInTheMapOfItsModule(JavaClasses classes) {
    for (var module : Sources.modules()) {
      var drawn = new TreeSet<String>();
      for (var line : section(Sources.text(module + "/README.md"), "Map")) {
        if (line.startsWith("| `") && !line.contains("(tests)")) {
          drawn.addAll(named(module, line.split("\\|", -1)[1]));
        }
      }

      assertThat(drawn).as("the map of %s", module).isEqualTo(rooms(module::equals));
    }
  }

  @ArchTest
  static void arrowsBetweenModulesAreThoseOfTheBuild(JavaClasses classes) {
    var built = new TreeSet<String>();
    for (var module : Sources.modules()) {
      DEPENDENCY
          .matcher(Sources.text(module + "/pom.xml"))
          .results()
          .filter(found -> !found.group(2).contains("<scope>test</scope>"))
          .forEach(found -> built.add(module + " ──► " + found.group(1)));
    }

    assertThat(built).hasSizeGreaterThan(8);
    for (var drawing : List.of("docs/architecture.md", "CONTRIBUTING.md")) {
      assertThat(arrows(Sources.text(drawing))).as(drawing).isEqualTo(built);
    }
  }

  private static Set<String> arrows(String text) {
    var arrows = new TreeSet<String>();
    ARROWS
        .matcher(text)
        .results()
        .forEach(found ->
            Arrays.stream(found.group(2).split(", ", -1))
                .forEach(target -> arrows.add(found.group(1) + " ──► " + target)));
    return arrows;
  }

  /// Rooms that stand one behind the other on a way know each other, one or the other way round.
  @ArchTest
  static void waysGoThroughDoorsThatAreThere(JavaClasses classes) {
    var rooms = rooms(_ -> true);
    var doors = doors(classes);
    for (var way : List.of("a write", "a read", "a watch", "a change to a controller")) {
      var steps = steps(section(text(), "The way of " + way));

      assertThat(steps).as("the way of %s", way).hasSizeGreaterThan(3);
      assertThat(rooms).as("the way of %s", way).containsAll(steps);
      for (int i = 1; i < steps.size(); i++) {
        var from = steps.get(i - 1);
        var to = steps.get(i);
        assertThat(doors.contains(from + " " + to) || doors.contains(to + " " + from))
            .as("the way of %s: %s and %s know each other", way, from, to)
            .isTrue();
      }
    }
  }

  private static List<String> steps(List<String> section) {
    var steps = new ArrayList<String>();
    section.stream()
        .filter(line -> line.startsWith("    "))
        .map(line -> line.replaceAll("\\([^)]*\\)", ""))
        .forEach(line -> ROOM.matcher(line).results().forEach(found -> steps.add(found.group())));
    return steps;
  }

  private static Set<String> doors(JavaClasses classes) {
    var doors = new HashSet<String>();
    classes.stream()
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .map(DrawingTest::door)
        .forEach(doors::add);
    return doors;
  }

  private static String door(Dependency dependency) {
    return room(dependency.getOriginClass().getPackageName())
        + " "
        + room(dependency.getTargetClass().getPackageName());
  }

  private static String room(String name) {
    return name.startsWith(BASE) ? name.substring(BASE.length()) : name;
  }
}
