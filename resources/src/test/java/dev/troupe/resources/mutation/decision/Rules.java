package dev.troupe.resources.mutation.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the tables of rules are held against: `path | what is wrong` for one cause, nothing for an
/// object that is fine.
final class Rules {

  private Rules() {}

  /// The causes of a refusal with 422; empty if it is none.
  static List<FieldCause> causes(MutationResult result) {
    if (!(result instanceof MutationResult.Refused(var refusal))) {
      return List.of();
    }
    assertThat(refusal.code()).as(refusal.message()).isEqualTo(422);
    var details = refusal.details();
    assertThat(details).isNotNull();
    return details == null ? List.of() : details.causes();
  }

  /// @param path the field; null if nothing is wrong
  /// @param words what is wrong with it, or how that begins
  static void check(MutationResult result, @Nullable String path, @Nullable String words) {
    var causes = causes(result);
    if (path == null || words == null) {
      assertThat(causes).isEmpty();
      return;
    }
    // What is limited is requested too, and wrong there in the same words.
    assertThat(causes.stream().map(FieldCause::message).distinct()).hasSize(1);
    assertThat(causes.getFirst().field()).isEqualTo(path);
    assertThat(causes.getFirst().message()).startsWith(words);
  }
}
