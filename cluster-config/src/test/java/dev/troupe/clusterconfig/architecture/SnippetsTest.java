package dev.troupe.clusterconfig.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What guides show of Java is compiled: it stands, line by line, in the file that is named above.
class SnippetsTest {

  private static final Pattern SNIPPET =
      Pattern.compile("(?:<!-- from (\\S+) -->\n)?```java\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docs/controllers.md",
        "docs/first-controller.md",
        "docs/porting-controllers.md",
        "docs/testing-controllers.md"
      })
  void everySnippetIsCompiled(String guide) {
    var snippets = SNIPPET.matcher(Sources.text(guide)).results().toList();

    assertThat(snippets).as("snippets of %s", guide).isNotEmpty();
    assertThat(snippets)
        .allSatisfy(snippet -> {
          assertThat(snippet.group(1)).as("where it is from:%n%s", snippet.group()).isNotNull();
          assertThat(Sources.text(snippet.group(1))).contains(snippet.group(2));
        });
  }
}
