package dev.troupe.apiserver.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.apiserver.request.Representation.Format;
import dev.troupe.apiserver.request.Representation.Offer;
import dev.troupe.apiserver.request.Representation.Shape;
import dev.troupe.apiserver.status.RefusedException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiationTest {

  private static final Offer JSON_ONLY = new Offer(true, () -> false, false);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "none|JSON|WHOLE",
        "*/*|JSON|WHOLE",
        "application/json|JSON|WHOLE",
        "application/*|JSON|WHOLE",
        "application/yaml|YAML|WHOLE",
        "application/vnd.kubernetes.protobuf,application/json|JSON|WHOLE",
        "application/vnd.kubernetes.protobuf, */*|JSON|WHOLE",
        "application/json;as=Table;v=v1;g=meta.k8s.io,application/json|JSON|TABLE",
        "application/json;as=Table;v=v2;g=meta.k8s.io,application/json|JSON|WHOLE",
        "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1|JSON|METADATA",
        "text/html,application/xhtml+xml,*/*;q=0.8|JSON|WHOLE",
        "application/json;q=0.5,application/yaml|YAML|WHOLE",
        "application/json;q=0.5,application/yaml;q=0.4|JSON|WHOLE",
        "application/yaml;q=0,application/json;q=0.1|JSON|WHOLE",
        "application/yaml;q=0.9,application/json;as=Table;v=v1;g=meta.k8s.io;q=1.0|JSON|TABLE"
      })
  void theMostWantedClauseThatCanBeServedWins(
      @org.jspecify.annotations.Nullable String accept, Format format, Shape shape) {
    var chosen = Representation.of(request(accept), JSON_ONLY);

    assertThat(chosen.format()).isEqualTo(format);
    assertThat(chosen.shape()).isEqualTo(shape);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.kubernetes.protobuf",
        "text/plain",
        "application/json;q=0",
        "application/json;as=Table;v=v2;g=meta.k8s.io",
        "application/json;as=Other;v=v1;g=meta.k8s.io"
      })
  void whatCannotBeServedIsNotAcceptable(String accept) {
    assertThatThrownBy(() -> Representation.of(request(accept), JSON_ONLY))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> {
              assertThat(refused.refusal().code()).isEqualTo(406);
              assertThat(refused.refusal().message())
                  .startsWith("only the following media types are accepted: application/json");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/vnd.kubernetes.protobuf,application/json|PROTOBUF|WHOLE",
        "application/json,application/vnd.kubernetes.protobuf|JSON|WHOLE",
        "application/vnd.kubernetes.protobuf;q=0.5,application/json|JSON|WHOLE",
        "*/*|JSON|WHOLE",
        "application/*|JSON|WHOLE",
        "application/vnd.kubernetes.protobuf;as=Table;g=meta.k8s.io;v=v1,*/*|JSON|WHOLE",
        "application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1|PROTOBUF"
            + "|METADATA",
        "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,"
            + "application/json|PROTOBUF|METADATA"
      })
  void protobufIsForThoseWhoNameIt(String accept, Format format, Shape shape) {
    var chosen = Representation.of(request(accept), Offer.ANYTHING);

    assertThat(chosen.format()).isEqualTo(format);
    assertThat(chosen.shape()).isEqualTo(shape);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "application/json",
        "*/*",
        "application/json;as=Table;v=v1;g=meta.k8s.io,application/json",
        "application/json,application/vnd.kubernetes.protobuf"
      })
  void nobodyLooksForMessagesForThoseWhoWantJson(@org.jspecify.annotations.Nullable String accept) {
    var offer =
        new Offer(
            true,
            () -> {
              throw new AssertionError("looked for");
            },
            true);

    assertThat(Representation.of(request(accept), offer).format()).isEqualTo(Format.JSON);
  }

  @Test
  void metadataIsThereAsProtobufWhereTheObjectIsNot() {
    var offer = new Offer(true, () -> false, true);
    var metadata =
        "application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

    assertThat(Representation.of(request(metadata), offer).format()).isEqualTo(Format.PROTOBUF);
    assertThatThrownBy(
            () -> Representation.of(request("application/vnd.kubernetes.protobuf"), offer))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void aTypeWithoutTableIsNotAcceptableAsOne() {
    assertThatThrownBy(() ->
            Representation.of(
                request("application/json;as=Table;v=v1;g=meta.k8s.io"), Offer.DOCUMENT))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void missingContentTypeIsJson() {
    assertThat(BodyFormat.ofObject(request(null))).isEqualTo(BodyFormat.JSON);
  }

  @Test
  void serverSideApplyTakesYamlAndNoCbor() {
    assertThat(BodyFormat.ofPatch(typed("application/apply-patch+yaml")))
        .isEqualTo(BodyFormat.APPLY_PATCH);
    assertThatThrownBy(() -> BodyFormat.ofPatch(typed("application/apply-patch+cbor")))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused ->
                assertThat(refused.refusal().message())
                    .isEqualTo(
                        "the body of the request was in an unknown format - accepted media types"
                            + " include: application/json-patch+json,"
                            + " application/merge-patch+json,"
                            + " application/strategic-merge-patch+json,"
                            + " application/apply-patch+yaml"));
  }

  private static ApiRequest request(@org.jspecify.annotations.Nullable String accept) {
    return ApiRequest.parse("GET", "/api/v1/pods", name -> name.equals("accept") ? accept : null);
  }

  private static ApiRequest typed(String type) {
    return ApiRequest.parse("PATCH", "/api/v1/nodes/n", Map.of("content-type", type)::get);
  }
}
