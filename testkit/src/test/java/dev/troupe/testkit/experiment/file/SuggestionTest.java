package dev.troupe.testkit.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {

  private static final List<String> WORDS = List.of("freeze", "cut", "half-open", "join");

  @Test
  void nearestWordIsSuggested() {
    assertThat(Suggestion.of("freze", WORDS)).contains("freeze");
    assertThat(Suggestion.of("frezee", WORDS)).contains("freeze");
    assertThat(Suggestion.of("halfopen", WORDS)).contains("half-open");
    assertThat(Suggestion.of("jion", WORDS)).contains("join");
  }

  @Test
  void nothingIsSuggestedForAnotherWord() {
    assertThat(Suggestion.of("burn", WORDS)).isEmpty();
    assertThat(Suggestion.of("", WORDS)).isEmpty();
    assertThat(Suggestion.of("x".repeat(60_000), WORDS)).isEmpty();
  }

  @Test
  void swappedLettersAreOneMistake() {
    assertThat(Suggestion.distance("cut", "ctu")).isEqualTo(1);
    assertThat(Suggestion.distance("", "cut")).isEqualTo(3);
    assertThat(Suggestion.distance("cut", "cut")).isZero();
  }
}
