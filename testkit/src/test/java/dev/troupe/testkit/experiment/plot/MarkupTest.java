package dev.troupe.testkit.experiment.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkupTest {

  private final Markup markup = new Markup();

  @Test
  void textAndAttributesAreEscaped() {
    markup.element("b", "<script>alert('a & b')</script>", "title", "\"><img src=x>");

    assertThat(markup.done())
        .isEqualTo(
            "<!DOCTYPE html>\n"
                + "<b title=\"&quot;&gt;&lt;img src=x&gt;\">"
                + "&lt;script&gt;alert(&#39;a &amp; b&#39;)&lt;/script&gt;</b>");
  }

  @Test
  void whatXmlDoesNotHaveIsReplaced() {
    markup.element("b", "a\u0000b\u001bc\ud800d\ufffee\tf\u202eg\u0085");

    assertThat(markup.done()).endsWith("<b>a\ufffdb\ufffdc\ufffdd\ufffde\tf\ufffdg\ufffd</b>");
  }

  @Test
  void charactersBeyondTheFirstPlaneAreKept() {
    assertThat(markup.element("b", "🎭").done()).endsWith("<b>🎭</b>");
  }

  @Test
  void emptyElementsAreClosedAsHtmlWantsIt() {
    markup.open("meta", "charset", "utf-8").open("div").close();

    assertThat(markup.done()).endsWith("<meta charset=\"utf-8\"/><div></div>\n");
  }

  @Test
  void styleThatWouldNeedEscapesIsRefused() {
    assertThatThrownBy(() -> markup.style("a > b {}")).isInstanceOf(IllegalArgumentException.class);
    assertThat(markup.style("a { color: red }").done()).endsWith("<style>a { color: red }</style>");
  }

  @Test
  void whatIsOpenIsNotDone() {
    markup.open("p");

    assertThatThrownBy(markup::done).isInstanceOf(IllegalStateException.class);
  }
}
