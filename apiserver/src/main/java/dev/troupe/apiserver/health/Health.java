package dev.troupe.apiserver.health;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.request.UrlQuery;
import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `/healthz`, `/livez` and `/readyz`.
public final class Health {

  private static final String TEXT = "text/plain; charset=utf-8";

  private final List<HealthCheck> checks = new ArrayList<>();
  private volatile boolean stopping;

  /// @param checks beside those that every server has
  public Health(List<HealthCheck> checks) {
    this.checks.add(new HealthCheck("ping", true, Optional::empty));
    this.checks.addAll(checks);
    this.checks.add(
        new HealthCheck(
            "shutdown",
            false,
            () -> stopping ? Optional.of("the server is stopping") : Optional.empty()));
  }

  /// From now on the server is not ready.
  public void stopping() {
    stopping = true;
  }

  /// The paths that are answered.
  public List<String> paths() {
    var paths = new ArrayList<String>();
    for (String root : List.of("healthz", "livez", "readyz")) {
      paths.add("/" + root);
      asked(root).forEach(check -> paths.add("/" + root + "/" + check.name()));
    }
    return paths;
  }

  /// @param segments the first is `healthz`, `livez` or `readyz`, a second names one check
  public Answer answer(List<String> segments, UrlQuery query) {
    List<HealthCheck> asked = asked(segments.getFirst());
    if (segments.size() == 1) {
      return all(segments.getFirst(), asked, query);
    }
    String name = segments.size() == 2 ? segments.get(1) : "";
    var one =
        asked.stream()
            .filter(check -> check.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new RefusedException(Refusals.unknownPath()));
    return one.problem()
        .get()
        .map(problem -> text(500, "internal server error: " + problem + "\n"))
        .orElseGet(() -> text(200, "ok"));
  }

  private List<HealthCheck> asked(String root) {
    return checks.stream().filter(check -> root.equals("readyz") || check.live()).toList();
  }

  private static Answer all(String root, List<HealthCheck> asked, UrlQuery query) {
    List<String> excluded = query.all("exclude");
    var report = new StringBuilder();
    boolean well = true;
    for (var check : asked) {
      if (excluded.contains(check.name())) {
        report.append("[+]").append(check.name()).append(" excluded: ok\n");
        continue;
      }
      var problem = check.problem().get();
      well &= problem.isEmpty();
      report
          .append(problem.isEmpty() ? "[+]" : "[-]")
          .append(check.name())
          .append(problem.map(text -> " failed: " + text).orElse(" ok"))
          .append('\n');
    }
    if (!well) {
      return text(500, report + root + " check failed\n");
    }
    return query.has("verbose") ? text(200, report + root + " check passed\n") : text(200, "ok");
  }

  private static Answer text(int code, String text) {
    return new Answer.Document(code, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }
}
