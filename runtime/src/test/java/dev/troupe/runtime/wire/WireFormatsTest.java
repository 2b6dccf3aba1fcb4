package dev.troupe.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What is written with its version, in the version that is spoken, by its class alone.
class WireFormatsTest {

  private record Name(String text, int number) {}

  private record Other() {}

  private static final WireFormat<Name> FIRST =
      WireFormat.of("na", Name.class)
          .since(1, (out, name) -> out.text(name.text()), in -> new Name(in.text(), 0));

  /// With a number since version 3 of the language.
  private static final WireFormat<Name> SECOND =
      FIRST.since(
          3,
          (out, name) -> {
            out.text(name.text());
            out.number(name.number());
          },
          in -> new Name(in.text(), in.integer()));

  private static byte[] written(WireFormat<Name> format, Name name, int spoken) {
    var out = new WireWriter();
    format.write(out, name, spoken);
    return out.bytes();
  }

  @Test
  void versionComesFirst() {
    assertThat(written(FIRST, new Name("a", 7), 1)).containsExactly(1, 1, 'a');
    assertThat(written(SECOND, new Name("a", 7), 3)).containsExactly(2, 1, 'a', 7);
  }

  @Test
  void whatIsSpokenDecidesWhatIsWritten() {
    assertThat(written(SECOND, new Name("a", 7), 1)).containsExactly(1, 1, 'a');
    assertThat(written(SECOND, new Name("a", 7), 2)).containsExactly(1, 1, 'a');
    assertThat(written(SECOND, new Name("a", 7), 4)).containsExactly(2, 1, 'a', 7);
  }

  @Test
  void newMemberReadsWhatAnOldOneWrites() {
    var bytes = written(FIRST, new Name("a", 7), 3);

    assertThat(SECOND.read(new WireReader(bytes))).isEqualTo(new Name("a", 0));
  }

  @Test
  void newerVersionIsRefusedWithBothVersions() {
    var bytes = written(SECOND, new Name("a", 7), 3);

    assertThatThrownBy(() -> FIRST.read(new WireReader(bytes)))
        .isInstanceOf(NewerFormatException.class)
        .hasMessage(
            "'na' (Name) was written in version 2 by a newer Troupe; this one reads up to version"
                + " 1");
  }

  @Test
  void versionZeroIsRefused() {
    assertThatThrownBy(() -> FIRST.read(new WireReader(new byte[] {0, 0})))
        .isInstanceOf(MalformedException.class)
        .hasMessage("'na' (Name) has no version 0");
  }

  @Test
  void whatAValueRefusesIsMalformed() {
    var versions =
        WireFormat.of("ve", WireVersions.class)
            .since(
                1,
                (out, value) -> out.number(value.lowest()),
                in -> new WireVersions(in.integer(), in.integer()));

    assertThatThrownBy(() -> versions.read(new WireReader(new byte[] {1, 5, 4})))
        .isInstanceOf(MalformedException.class)
        .hasMessage("'ve' (WireVersions) cannot be: no versions: 5 to 4");
  }

  @Test
  void whatIsNewIsNotSaidToThoseWhoDoNotKnowIt() {
    var fresh = WireFormat.of("ot", Other.class).since(2, (_, _) -> {}, _ -> new Other());

    assertThatThrownBy(() -> fresh.write(new WireWriter(), new Other(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'ot' (Other) cannot be said in version 1");
  }

  @Test
  void versionsComeInOrder() {
    assertThatThrownBy(() -> SECOND.since(3, (_, _) -> {}, _ -> new Name("", 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void formatIsFoundByClassAndByManifest() {
    var formats = new WireFormats(List.of(SECOND));
    var out = new WireWriter();
    var name = new Name("a", 7);
    formats.write(out, name, 3);

    assertThat(formats.manifest(name)).isEqualTo("na");
    assertThat(formats.read("na", new WireReader(out.bytes()))).isEqualTo(name);
    assertThat(formats.manifests()).containsExactly("na");
    assertThat(formats.types()).containsExactly(Name.class);
  }

  @Test
  void whatHasNoFormatIsNeitherWrittenNorRead() {
    var formats = new WireFormats(List.of(SECOND));

    assertThatThrownBy(() -> formats.write(new WireWriter(), new Other(), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Other is not written: the class has no format");
    assertThatThrownBy(() -> formats.read("ot", new WireReader(new byte[] {1})))
        .isInstanceOf(MalformedException.class)
        .hasMessage("nothing has the manifest 'ot'");
  }

  @Test
  void manifestsAndClassesAreUnique() {
    var sameName = WireFormat.of("na", Other.class).since(1, (_, _) -> {}, _ -> new Other());
    var sameClass = WireFormat.of("nb", Name.class).since(1, (_, _) -> {}, _ -> new Name("", 0));

    assertThatThrownBy(() -> new WireFormats(List.of(FIRST, sameName)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new WireFormats(List.of(FIRST, sameClass)))
        .isInstanceOf(IllegalStateException.class);
  }
}
