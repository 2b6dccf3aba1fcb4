package dev.troupe.testkit.experiment.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFileTest {

  /// As the first release writes it.
  private static final String FIRST_FORMAT =
      """
      {"troupeExperimentFormat":1,
       "run":{"experiment":"kill","what":"","seed":7,"command":"troupe experiment run kill --seed 7",
         "began":"2026-11-30T12:00:00Z","duration":2000000,"machine":["2 processors"],
         "members":["m1","m2"],"bound":500000,"interrupted":false},
       "verdicts":[{"invariant":"writes","promise":"None is lost.","verdict":"BROKEN","checked":2,
         "offences":[{"what":"one is","operations":["PATCH a"]}],"offended":1,"note":""}],
       "leftOut":[{"what":"disk full","why":"not permitted"}],
       "notReproducible":["times"],
       "faults":[{"kind":"kill","target":"m2","from":1000000,"to":1500000,"detail":""}],
       "takeovers":[{"partition":"p#0","from":"m2","to":"m1","lost":1000000,
         "reached":{"DOWNED":1100000,"SERVING":1300000}}],
       "partitions":[{"partition":"p#0","objects":3}],
       "owners":[{"partition":"p#0","member":"m2","from":0,"to":1000000}],
       "watchers":[{"watcher":"w","endpoint":0,"shown":2,"watches":1,
         "silences":[{"from":0,"to":300000}],"faults":[]}],
       "requests":{"askers":[{"client":"c","verb":"get","partition":"p#0"}],
         "faults":["","no answer"],
         "rows":[[0,10,500,0,0,0],[100000,0,900,0,1,1]]}}
      """;

  @TempDir Path directory;

  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("run.json");
  }

  @Test
  void whatIsWrittenIsRead() {
    var written = SampleRecords.small();

    RecordFile.write(written, file);
    var read = RecordFile.read(file);

    assertThat(read).usingRecursiveComparison().ignoringFields("requests").isEqualTo(written);
    assertSame(read.requests(), written.requests());
    assertThat(directory).isDirectoryNotContaining("glob:**.part");
  }

  private static void assertSame(RequestTable read, RequestTable written) {
    assertThat(read.size()).isEqualTo(written.size());
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.due(i)).isEqualTo(written.due(i));
      assertThat(read.start(i)).isEqualTo(written.start(i));
      assertThat(read.end(i)).isEqualTo(written.end(i));
      assertThat(read.askers().get(read.asker(i)))
          .isEqualTo(written.askers().get(written.asker(i)));
      assertThat(read.endpoint(i)).isEqualTo(written.endpoint(i));
      assertThat(read.fault(i)).isEqualTo(written.fault(i));
    }
  }

  @Test
  void recordOfTheFirstFormatIsRead() throws IOException {
    Files.writeString(file, FIRST_FORMAT);

    var read = RecordFile.read(file);

    assertThat(read.run().seed()).isEqualTo(7);
    assertThat(read.verdict()).isEqualTo(InvariantVerdict.Verdict.BROKEN);
    assertThat(read.takeovers().getFirst().took()).contains(300_000L);
    assertThat(read.watchers().getFirst().longest()).isEqualTo(300_000);
    var requests = read.requests();
    assertThat(requests.size()).isEqualTo(2);
    assertThat(requests.start(0)).isEqualTo(10);
    assertThat(requests.waited(0)).isEqualTo(510);
    assertThat(requests.succeeded(0)).isTrue();
    assertThat(requests.fault(1)).isEqualTo("no answer");
    assertThat(requests.endpoint(1)).isEqualTo(1);
  }

  @Test
  void newerFormatIsRefusedWithWhatToDo() throws IOException {
    Files.writeString(file, FIRST_FORMAT.replace("Format\":1", "Format\":2"));

    assertThatThrownBy(() -> RecordFile.read(file))
        .isInstanceOf(RecordFile.UnreadableException.class)
        .hasMessage(
            "%s is of format 2, and this troupe reads formats up to 1: use the release that wrote"
                + " it, or a newer one",
            file);
  }

  @Test
  void whatALaterReleaseAddsIsSkipped() throws IOException {
    Files.writeString(
        file,
        FIRST_FORMAT
            .replace("\"askers\":", "\"added\":{\"a\":[1]},\"askers\":")
            .replace("\"machine\":", "\"added\":1,\"machine\":")
            .replace("\"leftOut\":", "\"added\":[],\"leftOut\":"));

    assertThat(RecordFile.read(file).requests().size()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[]",
        "{}",
        "{\"kind\":\"List\"}",
        "{\"troupeExperimentFormat\":1}",
        "{\"troupeExperimentFormat\":1,\"requests\":[]}",
        "{\"troupeExperimentFormat\":1,\"requests\":{\"askers\":null}}",
        "{\"troupeExperimentFormat\":1,\"requests\":{\"askers\":[null]}}"
      })
  void anythingElseIsRefusedByName(String text) throws IOException {
    Files.writeString(file, text);

    assertThatThrownBy(() -> RecordFile.read(file))
        .isInstanceOf(RecordFile.UnreadableException.class)
        .hasMessageContaining(file + " is no ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0,10,500,1,0,0]",
        "[0,10,500,-1,0,0]",
        "[0,10,500,0,0,2]",
        "[0,-10,500,0,0,0]",
        "[0,10,500,0,0]",
        "[0,10,500,0,0,0,0]",
        "[0,10,500,0,0,\"x\"]",
        "[9223372036854775807,10,500,0,0,0]",
        "7"
      })
  void rowThatCannotBeIsRefused(String row) throws IOException {
    Files.writeString(file, FIRST_FORMAT.replace("[0,10,500,0,0,0]", row));

    assertThatThrownBy(() -> RecordFile.read(file))
        .isInstanceOf(RecordFile.UnreadableException.class);
  }

  @Test
  void brokenOffFileIsRefused() throws IOException {
    Files.writeString(file, FIRST_FORMAT.substring(0, FIRST_FORMAT.length() / 2));

    assertThatThrownBy(() -> RecordFile.read(file))
        .isInstanceOf(RecordFile.UnreadableException.class)
        .hasMessageContaining("no whole record");
  }

  @Test
  void missingFileIsNamed() {
    assertThatThrownBy(() -> RecordFile.read(file))
        .isInstanceOf(RecordFile.UnreadableException.class)
        .hasMessageContaining("cannot be read");
  }

  /// A tenth of two hours at 300 a second, in a tenth of the room.
  @Test
  void longRunIsKeptShort() throws IOException {
    var log = new RequestLog();
    for (int i = 0; i < 216_000; i++) {
      long due = 6_480_000_000L + i * 3_333L;
      log.add("write load-" + i % 24, "patch", "p#" + i % 8, i % 3, due, due + 9, due + 5_432, "");
    }
    var small = SampleRecords.small();
    var record =
        new ExperimentRecord(
            small.run(),
            small.partitions(),
            log.table(),
            small.watchers(),
            small.faults(),
            small.owners(),
            small.takeovers(),
            small.verdicts(),
            small.leftOut(),
            small.notReproducible());

    RecordFile.write(record, file);

    assertThat(Files.size(file)).isLessThan(6_500_000);
    assertSame(RecordFile.read(file).requests(), record.requests());
  }
}
