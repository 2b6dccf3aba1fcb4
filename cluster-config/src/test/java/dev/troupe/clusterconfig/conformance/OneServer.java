package dev.troupe.clusterconfig.conformance;

import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// One server for all classes that ask for it; each test has a namespace of its own in it.
final class OneServer implements ParameterResolver {

  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Scene.class;
  }

  @Override
  public Scene resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var server =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(OneServer.class))
            .computeIfAbsent(Running.class, _ -> Running.start(), Running.class);
    return Scene.in(
        server.troupe().kubeconfig(), server.api(), "scene-" + NAMESPACES.incrementAndGet());
  }

  record Running(TroupeProcess troupe, Api api, Path directory) implements AutoCloseable {

    static Running start() {
      try {
        var directory = Files.createTempDirectory("conformance");
        var troupe = TroupeProcess.up(directory.resolve("data"), 0);
        return new Running(troupe, Api.from(troupe.kubeconfig()), directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      troupe.close();
      try (var files = Files.walk(directory)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
