package dev.troupe.resources.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What is asked of those who convert objects, and which answers are taken.
class ConversionReviewTest {

  private static final String OLD =
      "{'apiVersion':'a.io/v1','kind':'K','metadata':{'name':'n','uid':'u','generation':3,"
          + "'labels':{'l':'1'}},'x':1}";
  private static final String CONVERTED =
      "{'apiVersion':'a.io/v2','kind':'K','metadata':{'name':'n','uid':'u','generation':9,"
          + "'labels':{'l':'2'}},'y':1}";
  private static final ConversionReview REVIEW =
      new ConversionReview("v1", "7", "a.io/v2", List.of(json(OLD)));

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static ObjectNode answer(String objects) {
    return json(
        "{'apiVersion':'apiextensions.k8s.io/v1','kind':'ConversionReview','response':{'uid':'7',"
            + "'result':{'status':'Success'},'convertedObjects':["
            + objects
            + "]}}");
  }

  @Test
  void whatIsAskedNamesTheVersionAndTheObjects() {
    assertThat(REVIEW.request())
        .isEqualTo(
            json(
                "{'apiVersion':'apiextensions.k8s.io/v1','kind':'ConversionReview','request':{"
                    + "'uid':'7','desiredAPIVersion':'a.io/v2','objects':["
                    + OLD
                    + "]}}"));
    assertThat(ConversionReview.version(List.of("v9", "v1beta1", "v1"))).hasValue("v1beta1");
    assertThat(ConversionReview.version(List.of("v9"))).isEmpty();
  }

  @Test
  void ofTheMetadataOnlyLabelsAndAnnotationsAreTaken() {
    assertThat(REVIEW.converted(answer(CONVERTED)))
        .containsExactly(json(CONVERTED.replace("'generation':9", "'generation':3")));
    assertThat(REVIEW.converted(answer(CONVERTED.replace(",'labels':{'l':'2'}", ""))))
        .containsExactly(
            json(
                CONVERTED
                    .replace("'generation':9", "'generation':3")
                    .replace(",'labels':{'l':'2'}", "")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'uid':'7' | 'uid':'8' | failed: expected response.uid="7", got "8"
          'Success' | 'Failure' | failed: response.result.status was 'Failure', not 'Success'
          'Success' | 'Failure','message':'too old' | failed: too old
          'kind':'ConversionReview' | 'kind':'Review' | failed: expected webhook response of apiextensions.k8s.io/v1, Kind=ConversionReview, got apiextensions.k8s.io/v1, Kind=Review
          'response' | 'respond' | failed: no response provided
          a.io/v2 | a.io/v3 | returned invalid object: invalid groupVersion (expected a.io/v2, received a.io/v3)
          'kind':'K' | 'kind':'L' | returned invalid object: must have the same kind: K != L
          'name':'n' | 'name':'m' | returned invalid object: must have the same name: n != m
          'uid':'u' | 'uid':'v' | returned invalid object: must have the same UID: u != v
          'l':'2' | 'l':2 | returned invalid metadata: metadata.labels[l] must be a string, but is number in converted object
          'l':'2' | 'l':'-' | returned invalid metadata: metadata.labels: Invalid value: "-"
          """)
  void otherAnswersAreRefused(String right, String wrong, String words) {
    var answer = json(answer(CONVERTED).toString().replace('"', '\'').replace(right, wrong));

    assertThatThrownBy(() -> REVIEW.converted(answer))
        .isInstanceOf(ConversionRefused.class)
        .hasMessageStartingWith("conversion webhook for a.io/v1, Kind=K " + words);
  }

  @Test
  void asManyComeBackAsWereSent() {
    assertThatThrownBy(() -> REVIEW.converted(answer("")))
        .hasMessage("conversion webhook for a.io/v1, Kind=K returned 0 objects, expected 1");
  }
}
