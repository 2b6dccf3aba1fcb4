package dev.troupe.testkit.experiment.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.witness.Testimony.MemberSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SizeWitnessTest {

  @TempDir private Path processes;

  @Test
  void memberIsAsLargeAsTheKernelTells() throws IOException, InterruptedException {
    var files = Files.createDirectories(processes.resolve("7/fd"));
    Files.createFile(files.resolve("0"));
    Files.createFile(files.resolve("1"));
    Files.writeString(
        processes.resolve("7/status"), "Name:\tjava\nVmRSS:\t   2048 kB\nThreads:\t31\n");
    var asked = new CountDownLatch(1);
    var witness =
        new SizeWitness(
            processes,
            () -> {
              asked.countDown();
              return Map.of("m1", 7L, "m2", 8L);
            },
            () -> 5);
    asked.await();
    witness.close();

    assertThat(witness.sizes()).containsOnly(new MemberSize("m1", 7, 5, 2048, 31, 2));
  }
}
