package dev.troupe.testkit.experiment.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A headless Chromium, told what to do in the words of the W3C's WebDriver: the handful that a
/// test of a page needs.
final class Chromium implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern PORT = Pattern.compile("on port (\\d+)");

  private final Process driver;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String session;

  private Chromium(Process driver, String address) {
    this.driver = driver;
    this.session = address;
  }

  /// Whether there is one. Under `TROUPE_REQUIRE_BROWSER` its absence is a failure.
  static boolean isThere() {
    boolean isThere = driver().isPresent();
    if (!isThere && System.getenv("TROUPE_REQUIRE_BROWSER") != null) {
      throw new IllegalStateException(
          "chromedriver is required here and was not found: install Chromium and its driver, or"
              + " unset TROUPE_REQUIRE_BROWSER");
    }
    return isThere;
  }

  private static Optional<Path> driver() {
    return Pattern.compile(":")
        .splitAsStream(System.getenv("PATH"))
        .map(directory -> Path.of(directory, "chromedriver"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// With a new profile, which is gone with it.
  static Chromium start() throws IOException {
    var process =
        new ProcessBuilder(driver().orElseThrow().toString(), "--port=0")
            .redirectErrorStream(true)
            .start();
    var port = port(process);
    var wanted =
        """
        {"capabilities":{"alwaysMatch":{"goog:loggingPrefs":{"browser":"ALL"},"goog:chromeOptions":{"args":[
          "--headless=new","--no-sandbox","--disable-gpu","--disable-dev-shm-usage"]}}}}
        """;
    var begun = new Chromium(process, "http://127.0.0.1:" + port + "/session").ask("", wanted);
    return new Chromium(
        process,
        "http://127.0.0.1:%s/session/%s".formatted(port, begun.path("sessionId").asString()));
  }

  private static String port(Process process) throws IOException {
    var lines = process.inputReader();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var found = PORT.matcher(line);
      if (line.contains("started successfully") && found.find()) {
        return found.group(1);
      }
    }
    throw new IllegalStateException("chromedriver does not start");
  }

  private JsonNode ask(String path, String body) {
    return ask("POST", path, body);
  }

  private JsonNode ask(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(session + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(path + " was answered " + answer.body());
      }
      return JSON.readTree(answer.body()).path("value");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /// Sets the size of the window, and whether the person likes it dark.
  void become(int width, int height, boolean dark) {
    command(
        "Emulation.setDeviceMetricsOverride",
        JSON.createObjectNode()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", width < 600));
    var scheme = JSON.createObjectNode();
    scheme
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", dark ? "dark" : "light");
    command("Emulation.setEmulatedMedia", scheme);
  }

  private JsonNode command(String name, ObjectNode parameters) {
    var body = JSON.createObjectNode().put("cmd", name);
    body.set("params", parameters);
    return ask("/goog/cdp/execute", body.toString());
  }

  void open(Path page) {
    var _ = ask("/url", JSON.createObjectNode().put("url", page.toUri().toString()).toString());
  }

  /// What a function's body returns in the page.
  JsonNode run(String script) {
    var body = JSON.createObjectNode().put("script", script);
    body.putArray("args");
    return ask("/execute/sync", body.toString());
  }

  /// What the console has said since it was asked last.
  JsonNode console() {
    return ask("/se/log", "{\"type\":\"browser\"}");
  }

  void screenshot(Path file) throws IOException {
    var picture =
        command(
            "Page.captureScreenshot", JSON.createObjectNode().put("captureBeyondViewport", true));
    Files.write(file, Base64.getDecoder().decode(picture.path("data").asString()));
  }

  @Override
  public void close() {
    try {
      var _ = ask("DELETE", "", "");
    } finally {
      driver.descendants().forEach(ProcessHandle::destroyForcibly);
      driver.destroyForcibly();
    }
  }
}
