package dev.troupe.clusterconfig.command.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.controller.Controller;
import dev.troupe.api.extension.ExtensionSource;
import dev.troupe.clusterconfig.command.data.CommandFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The project that is made compiles without a warning, its test passes, and the command says what
/// is wrong with a name.
class NewControllerTest {

  @TempDir private Path directory;

  private final StringWriter said = new StringWriter();

  private int run(String... words) {
    return NewCommand.commandLine(new PrintWriter(said, true))
        .setExecutionExceptionHandler((problem, _, _) -> {
          throw problem;
        })
        .execute(words);
  }

  private static List<String> sources(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files.map(Path::toString).filter(name -> name.endsWith(".java")).toList();
    }
  }

  private Path compiled(Path project) throws IOException {
    var classes = Files.createDirectory(directory.resolve("classes"));
    var words =
        new ArrayList<>(
            List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")));
    words.addAll(List.of("-Xlint:all,-processing,-classfile,-path", "-Werror", "-proc:none"));
    words.addAll(sources(project));
    int code =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new));
    assertThat(code).isZero();
    return classes;
  }

  @Test
  void projectCompilesAndItsTestPasses() throws Exception {
    var project = directory.resolve("tea-pot");
    assertThat(run("controller", "tea-pot", "--directory", project.toString())).isZero();
    assertThat(said.toString()).contains("kind TeaPot", "mvn package", "target/tea-pot-1.jar");

    URL[] places = {
      compiled(project).toUri().toURL(), project.resolve("src/main/resources/").toUri().toURL()
    };
    try (var loader = new URLClassLoader(places, getClass().getClassLoader())) {
      var test = loader.loadClass("com.example.teapot.TeaPotControllerTest");
      var constructor = test.getDeclaredConstructor();
      constructor.setAccessible(true);
      for (var method : test.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class)) {
          method.setAccessible(true);
          method.invoke(constructor.newInstance());
        }
      }
      var brought = ServiceLoader.load(ExtensionSource.class, loader).findFirst().orElseThrow();
      assertThat(brought.extension().controllers())
          .extracting(Controller::name)
          .containsExactly("tea-pot");
    }
  }

  @Test
  void nothingOfATemplateIsLeftOver() {
    var files = new ControllerProject(ProjectName.of("pot", "home.example.org"), Optional.empty());

    assertThat(files.files())
        .containsKeys("pom.xml", "README.md", "src/main/java/org/example/home/pot/Pot.java")
        .allSatisfy((_, text) -> assertThat(text).doesNotContainPattern("@[a-z.]+@"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Tea", "tea_pot", "1st", "-a", "a-", "a--b", "plan", "../up"})
  void nameThatCannotBeIsRefused(String name) {
    assertThatThrownBy(() -> ProjectName.of(name, "example.com"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("'" + name + "'");
  }

  @Test
  void wordsOfJavaAreMadeIntoNames() {
    assertThat(ProjectName.of("new", "int.example.com").packageName())
        .isEqualTo("com.example._int._new");
    assertThat(ProjectName.of("new", "example.com").kind()).isEqualTo("New");
  }

  @Test
  void directoryThatIsThereIsLeftAlone() {
    assertThatThrownBy(() -> ProjectName.of("pot", "nodots"))
        .hasMessageContaining("is no API group");
    run("controller", "pot", "--directory", directory.toString());
    assertThat(directory).isEmptyDirectory();
  }
}
