package dev.troupe.testkit.experiment.plot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;

/// What is around everything on a page. Its policy lets a browser fetch nothing and run nothing,
/// not even if a name should get past the escapes.
public final class PageFrame {

  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private PageFrame() {}

  public static String around(String title, Consumer<Markup> body) {
    var page = new Markup();
    page.open("html", "lang", "en", "xmlns", "http://www.w3.org/1999/xhtml");
    page.open("head").open("meta", "charset", "utf-8");
    page.open("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    page.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.open("meta", "name", "color-scheme", "content", "light dark");
    page.element("title", title).style(css()).close();
    page.open("body").open("main");
    body.accept(page);
    page.close().close().close();
    return page.done();
  }

  private static String css() {
    try (var in = PageFrame.class.getResourceAsStream("page.css")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
