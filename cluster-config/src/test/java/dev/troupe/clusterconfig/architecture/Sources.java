package dev.troupe.clusterconfig.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// The sources of main code of all modules, parsed once by the JDK's own compiler.
final class Sources {

  private static final Pattern MODULE = Pattern.compile("<module>([a-z-]+)</module>");
  private static final Path MAIN = Path.of("src", "main", "java");

  private static @Nullable List<Source> parsed;

  private Sources() {}

  /// @param path below the root
  /// @param room the package without `dev.troupe.`
  record Source(
      String module, Path path, String room, int lines, List<Method> methods, List<Type> types) {

    boolean isPackageInfo() {
      return path.endsWith("package-info.java");
    }
  }

  /// @param name with the file that it is in
  record Method(String name, long lines) {}

  /// @param outer the type that it is nested in; empty for one that is not
  record Type(String name, String outer, boolean isPrivate) {}

  /// The directory with the root pom, wherever the tests run.
  static Path root() {
    var directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("mvnw"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException("no mvnw above " + Path.of("").toAbsolutePath());
      }
    }
    return directory;
  }

  static List<String> modules() {
    return MODULE.matcher(text("pom.xml")).results().map(found -> found.group(1)).toList();
  }

  /// A file below the root.
  static String text(String file) {
    try {
      return Files.readString(root().resolve(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static synchronized List<Source> all() {
    if (parsed == null) {
      parsed = modules().stream().flatMap(module -> parse(module).stream()).toList();
    }
    return parsed;
  }

  private static List<Source> parse(String module) {
    var main = root().resolve(module).resolve(MAIN);
    if (!Files.exists(main)) {
      return List.of();
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = Files.walk(main);
        var manager = compiler.getStandardFileManager(null, null, null)) {
      var java = files.filter(file -> file.toString().endsWith(".java")).toList();
      var task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(java));
      var positions = Trees.instance(task).getSourcePositions();
      return StreamSupport.stream(task.parse().spliterator(), false)
          .map(unit -> source(module, unit, positions))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Source source(String module, CompilationUnitTree unit, SourcePositions positions) {
    var path = root().relativize(Path.of(unit.getSourceFile().toUri()));
    var seen = new Seen(unit, positions);
    unit.accept(seen, "");
    return new Source(
        module,
        path,
        unit.getPackageName().toString().substring("dev.troupe.".length()),
        (int) text(path.toString()).lines().count(),
        seen.methods,
        seen.types);
  }

  /// Collects methods and types; the parameter names the type around.
  private static final class Seen extends TreeScanner<@Nullable Void, String> {

    private final List<Method> methods = new ArrayList<>();
    private final List<Type> types = new ArrayList<>();
    private final CompilationUnitTree unit;
    private final SourcePositions positions;

    private Seen(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, String outer) {
      var name = type.getSimpleName().toString();
      if (!name.isEmpty()) {
        types.add(new Type(name, outer, type.getModifiers().getFlags().contains(Modifier.PRIVATE)));
      }
      return super.visitClass(type, outer.isEmpty() ? name : outer + "." + name);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, String outer) {
      var lines = unit.getLineMap();
      long length =
          lines.getLineNumber(positions.getEndPosition(unit, method))
              - lines.getLineNumber(positions.getStartPosition(unit, method))
              + 1;
      methods.add(new Method(outer + "." + method.getName(), length));
      return super.visitMethod(method, outer);
    }
  }
}
