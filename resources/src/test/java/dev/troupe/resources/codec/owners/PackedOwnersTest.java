package dev.troupe.resources.codec.owners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Owners take few bytes, in memory and in the log, and come out as they went in.
class PackedOwnersTest {

  private static final String CONFIG_MAP =
      """
      {"apiVersion":"v1","kind":"ConfigMap","metadata":{"resourceVersion":"123456789012345678",\
      "name":"c%1$d","namespace":"n","uid":"0f8fad5b-d9cb-469f-a165-70867728950e",\
      "creationTimestamp":"2026-11-30T10:20:30Z","annotations":{"a":"\\"managedFields\\":["},\
      "managedFields":[{"manager":"kubectl-create","operation":"Update","apiVersion":"v1",\
      "time":"2026-11-30T10:20:%1$02dZ","fieldsType":"FieldsV1","fieldsV1":{"f:data":{".":{},\
      "f:key%1$d":{}}}}]},"data":{"key%1$d":"value"}}\
      """;

  private static final String POD =
      """
      {"apiVersion":"v1","kind":"Pod","metadata":{"resourceVersion":"123456789012345678","name":"p%1$d",\
      "managedFields":[{"manager":"kube-controller-manager","operation":"Update","apiVersion":"v1",\
      "time":"2026-11-30T10:20:%1$02dZ","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:generateName":{},\
      "f:labels":{".":{},"f:app":{},"f:pod-template-hash":{}},"f:ownerReferences":{".":{},\
      "k:{\\"uid\\":\\"0f8fad5b-d9cb-469f-a165-7086772895%1$02d\\"}":{}}},"f:spec":{"f:containers":{\
      "k:{\\"name\\":\\"web\\"}":{".":{},"f:image":{},"f:name":{},"f:resources":{}}}}}},\
      {"manager":"kubelet","operation":"Update","apiVersion":"v1","time":"2026-11-30T10:21:%1$02dZ",\
      "fieldsType":"FieldsV1","fieldsV1":{"f:status":{"f:conditions":{"k:{\\"type\\":\\"Ready\\"}":{".":{},\
      "f:lastProbeTime":{},"f:status":{},"f:type":{}}},"f:podIP":{},"f:podIPs":{".":{},\
      "k:{\\"ip\\":\\"10.244.0.%1$d\\"}":{".":{},"f:ip":{}}}}},"subresource":"status"}]},"spec":{}}\
      """;

  private static byte[] bytes(String format, int number) {
    return format.formatted(number).getBytes(UTF_8);
  }

  private static int ownersOf(byte[] json) {
    var span = OwnersSpan.of(json);
    return span.to() - span.from();
  }

  @Test
  void inMemoryAnObjectComesOutAsItWentIn() throws IOException {
    for (var format : new String[] {CONFIG_MAP, POD}) {
      byte[] json = bytes(format, 17);
      var stored = StoredJson.of(json);
      assertThat(stored.bytes()).asString(UTF_8).isEqualTo(new String(json, UTF_8));
      assertThat(stored.length()).isEqualTo(json.length);
      var out = new ByteArrayOutputStream();
      stored.writeTo(out);
      assertThat(out.toByteArray()).isEqualTo(json);
    }
  }

  @Test
  void objectsOfOneKindKeepOnlyWhatIsTheirOwn() {
    byte[] map = bytes(CONFIG_MAP, 17);
    assertThat(StoredJson.of(map).kept() - (map.length - ownersOf(map))).isEqualTo(7 + 1 + 5);
    byte[] pod = bytes(POD, 17);
    assertThat(StoredJson.of(pod).kept() - (pod.length - ownersOf(pod)))
        .isEqualTo(7 + 1 + 36 + 7 + 1 + 11);
    for (var format : new String[] {CONFIG_MAP, POD}) {
      var one = OwnersDivision.of(bytes(format, 17), OwnersSpan.of(bytes(format, 17))).form();
      var other = OwnersDivision.of(bytes(format, 18), OwnersSpan.of(bytes(format, 18))).form();
      assertThat(one).isSameAs(other);
    }
  }

  @Test
  void inTheLogOwnersTakeAThirdOfTheirLengthAtMost() {
    for (var format : new String[] {CONFIG_MAP, POD}) {
      byte[] json = bytes(format, 17);
      byte[] packed = PackedBody.pack(json);
      assertThat(PackedBody.unpack(packed)).asString(UTF_8).isEqualTo(new String(json, UTF_8));
      int owners = ownersOf(json);
      assertThat(packed.length - (json.length - owners)).isLessThan(owners / 3);
    }
  }

  @Test
  void fieldsOfThatNameElsewhereAreLeftAlone() {
    for (var json :
        new String[] {
          "{\"spec\":{\"metadata\":{\"managedFields\":[]}},\"metadata\":{}}",
          "{\"metadata\":{\"labels\":{\"managedFields\":[1]}},\"managedFields\":[]}",
          "{\"metadata\":{\"managedFields\":{}}}"
        }) {
      assertThat(OwnersSpan.of(json.getBytes(UTF_8))).as(json).isEqualTo(OwnersSpan.NONE);
    }
  }

  @Test
  void whateverIsPackedComesOutAsItWas() {
    var random = new Random(7);
    byte[] pod = bytes(POD, 3);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = pod.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      var some = java.util.Arrays.copyOf(damaged, damaged.length - random.nextInt(3));
      assertThat(PackedBody.unpack(PackedBody.pack(some))).isEqualTo(some);
      var stored = StoredJson.of(some);
      assertThat(stored.bytes()).isEqualTo(some);
      assertThat(stored.length()).isEqualTo(some.length);
    }
  }

  @Test
  void bytesThatLookPackedAreKept() {
    for (byte first = -4; first < 4; first++) {
      byte[] body = {first, 5, 6};
      assertThat(PackedBody.unpack(PackedBody.pack(body))).isEqualTo(body);
    }
    assertThat(PackedBody.unpack(PackedBody.pack(new byte[0]))).isEmpty();
  }

  @Test
  void whatIsDamagedIsRefused() {
    byte[] packed = PackedBody.pack(bytes(POD, 3));
    assertThatThrownBy(() -> PackedBody.unpack(java.util.Arrays.copyOf(packed, 40)))
        .isInstanceOf(IllegalArgumentException.class);
    var random = new Random(11);
    for (int i = 0; i < 5000; i++) {
      byte[] damaged = packed.clone();
      damaged[1 + random.nextInt(damaged.length - 1)] = (byte) random.nextInt(256);
      try {
        PackedBody.unpack(damaged);
      } catch (IllegalArgumentException expected) {
        assertThat(expected).hasMessageContaining("a");
      }
    }
  }
}
