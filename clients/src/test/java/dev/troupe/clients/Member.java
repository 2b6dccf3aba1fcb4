package dev.troupe.clients;

import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// The one member that all classes share, in namespaces of their own: it is started for the first
/// that asks, and ended after the last.
final class Member implements AutoCloseable {

  private static final Path DISTRIBUTION = Path.of("..", "cluster-config", "target", "troupe");

  private final TroupeProcess process;
  private final Path directory;

  private Member(TroupeProcess process, Path directory) {
    this.process = process;
    this.directory = directory;
  }

  private static Member start() {
    var directory = Path.of("target", "member").toAbsolutePath();
    remove(directory);
    var other = System.getenv("TROUPE_CLASS_PATH");
    var classPath = Objects.requireNonNullElse(other, DISTRIBUTION.resolve("lib") + "/*");
    return new Member(TroupeProcess.ofBuild(classPath, directory.resolve("data")), directory);
  }

  Path kubeconfig() {
    return process.kubeconfig();
  }

  Api api() {
    return process.api();
  }

  /// A directory that is kept until the next run.
  Path directory(String name) {
    try {
      return Files.createDirectories(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void createNamespace(String name) {
    var answer = api().post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + name + "\"}}");
    if (answer.code() != 201) {
      throw new IllegalStateException("namespace " + name + ": " + answer);
    }
  }

  @Override
  public void close() {
    process.stop();
  }

  private static void remove(Path directory) {
    if (Files.exists(directory)) {
      try (var files = Files.walk(directory)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Gives it to tests.
  static final class Shared implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
        ExtensionContext.Namespace.create(Member.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Member.class;
    }

    @Override
    public Member resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(NAMESPACE)
          .computeIfAbsent("member", _ -> start(), Member.class);
    }
  }
}
