package dev.troupe.controllerhost.member;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.samples.webpage.WebPage;
import dev.troupe.testkit.process.JavaCommand;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process with controllers that is killed in the middle of its work, again and again.
@Tag("thorough")
class KilledControllersIT {

  private static final int KILLS = 5;
  private static final int PAGES = 20;

  @TempDir private Path directory;

  @Test
  void whatTheKilledHadBegunIsDoneOnce() throws Exception {
    try (var server = OneApiServer.start(directory.resolve("server"), 0)) {
      var running = start(server);
      for (int round = 0; round < KILLS; round++) {
        awaitServed(server, round * PAGES);
        for (int page = 0; page < PAGES; page++) {
          server.client().resource(page("page-" + round + "-" + page)).create();
        }
        // Some of the pages are done, the others are not.
        awaitServed(server, round * PAGES + PAGES / 4);
        running.destroyForcibly().waitFor();
        running = start(server);
      }
      try {
        awaitServed(server, KILLS * PAGES);
        assertThat(deployments(server))
            .hasSize(KILLS * PAGES)
            .allSatisfy(one -> assertThat(one.getMetadata().getGeneration()).isEqualTo(1));
      } finally {
        running.destroyForcibly().waitFor();
      }
    }
  }

  private Process start(OneApiServer server) throws IOException {
    var words =
        List.of(
            "--kubeconfig",
            server.kubeconfig().toString(),
            "--data",
            directory.resolve("controllers").toString());
    return new ProcessBuilder(JavaCommand.of(PagesProgram.class.getName(), List.of(), words))
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(directory.resolve("controllers.log").toFile()))
        .start();
  }

  /// The definition is installed by the process that is awaited.
  private static void awaitServed(OneApiServer server, int pages) {
    var _ =
        server
            .client()
            .apps()
            .deployments()
            .inNamespace("default")
            .informOnCondition(all -> all.size() >= pages)
            .orTimeout(120, SECONDS)
            .join();
    if (pages == 0) {
      server
          .client()
          .apiextensions()
          .v1()
          .customResourceDefinitions()
          .withName("webpages.web.troupe.dev")
          .waitUntilCondition(
              made ->
                  made != null
                      && made.getStatus() != null
                      && made.getStatus().getConditions().stream()
                          .anyMatch(one ->
                              one.getType().equals("Established")
                                  && one.getStatus().equals("True")),
              120,
              SECONDS);
    }
  }

  private static List<Deployment> deployments(OneApiServer server) {
    return server.client().apps().deployments().inNamespace("default").list().getItems();
  }

  private static WebPage page(String name) {
    var page = new WebPage();
    page.setMetadata(new ObjectMetaBuilder().withNamespace("default").withName(name).build());
    page.setSpec(new WebPage.Spec("hello", 1));
    return page;
  }
}
