package dev.troupe.apiserver.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.resource.Version;
import dev.troupe.apiserver.request.ApiRequest;
import dev.troupe.apiserver.request.UrlQuery;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=x|false|400|limit: strconv.ParseInt: parsing \"x\": invalid syntax",
        "resourceVersion=abc|false|400|resourceVersion: Invalid value: \"abc\"",
        "resourceVersionMatch=Exact|false|422|resourceVersionMatch is forbidden unless",
        "resourceVersion=0&resourceVersionMatch=Exact|false|422|forbidden for resourceVersion",
        "resourceVersion=1&resourceVersionMatch=Newest|false|422|Unsupported value: \"Newest\"",
        "sendInitialEvents=true|false|422|sendInitialEvents is forbidden for list",
        "sendInitialEvents=true|true|422|requires setting resourceVersionMatch to NotOlderThan",
        "resourceVersion=1&resourceVersionMatch=NotOlderThan|true|422|forbidden for watch unless",
        "continue=abc|true|422|continue is forbidden for watch"
      })
  void wrongListOptionsAreRefused(String query, boolean watch, int code, String words) {
    Refusal refusal = refusal(() -> ListOptions.parse(UrlQuery.parse(query), watch));

    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.message()).contains(words);
    if (code == 422) {
      assertThat(refusal.message()).startsWith("ListOptions.meta.k8s.io \"\" is invalid: ");
    }
  }

  @Test
  void aMomentOfThePastIsTheHighestVersionOfItsMillisecond() {
    var millis = Instant.parse("2026-03-01T12:30:00.5Z").toEpochMilli();

    assertThat(PastMoment.version(UrlQuery.parse("asOf=2026-03-01T14:30:00.5%2B02:00")))
        .isEqualTo(Version.atMillis(millis + 1) - 1);
    assertThat(PastMoment.version(UrlQuery.parse("limit=5"))).isNull();
    for (var wrong : List.of("asOf=10m", "asOf=2026-03-01T12:30:00Z&resourceVersion=7")) {
      assertThat(refusal(() -> PastMoment.version(UrlQuery.parse(wrong))).code()).isEqualTo(400);
    }
  }

  @Test
  void listOptionsAreRead() {
    var options =
        ListOptions.parse(
            UrlQuery.parse("limit=5&labelSelector=a%3Db%2Cc&resourceVersion=7&fieldSelector=x%3dy"),
            false);

    assertThat(options.limit()).isEqualTo(5);
    assertThat(options.labelSelector()).isEqualTo("a=b,c");
    assertThat(options.fieldSelector()).isEqualTo("x=y");
    assertThat(options.resourceVersion()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dryRun=Some|dryRun: Unsupported value: \"Some\": supported values: \"All\"",
        "fieldManager=a%0Ab|fieldManager: Invalid value",
        "fieldValidation=Maybe|fieldValidation: Unsupported value: \"Maybe\"",
        "force=true|force: Forbidden: may not be specified for non-apply patch"
      })
  void wrongWriteOptionsAreInvalid(String query, String words) {
    Refusal refusal = refusal(() -> WriteOptions.parse(request(query, Map.of()), "PatchOptions"));

    assertThat(refusal.code()).isEqualTo(422);
    assertThat(refusal.message())
        .startsWith("PatchOptions.meta.k8s.io \"\" is invalid: ")
        .contains(words);
  }

  @Test
  void aLongFieldManagerIsInvalid() {
    String query = "fieldManager=" + "m".repeat(129);

    assertThat(refusal(() -> WriteOptions.parse(request(query, Map.of()), "X")).code())
        .isEqualTo(422);
  }

  @Test
  void theUserAgentNamesTheFieldManager() {
    var options =
        WriteOptions.parse(
            request("", Map.of("user-agent", "kubectl/v1.32.4 (linux/amd64)")), "CreateOptions");

    assertThat(options.fieldManager()).isEqualTo("kubectl");
    assertThat(options.fieldValidation()).isEqualTo(FieldValidation.WARN);
    assertThat(options.dryRun()).isFalse();
  }

  private static ApiRequest request(String query, Map<String, String> headers) {
    return ApiRequest.parse("POST", "/api/v1/nodes?" + query, headers::get);
  }

  private static Refusal refusal(ThrowingCallable call) {
    var holder = new Refusal[1];
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(RefusedException.class, refused -> holder[0] = refused.refusal());
    return holder[0];
  }
}
