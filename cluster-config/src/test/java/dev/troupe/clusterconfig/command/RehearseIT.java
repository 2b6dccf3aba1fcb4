package dev.troupe.clusterconfig.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clusterconfig.assembly.SingleMember;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/// The launcher does without a start cache when a rehearsal fails, and says nothing of it.
class RehearseIT {

  @Test
  void nothingOfARehearsalIsRefused() {
    var out = new StringWriter();
    var command = TroupeCommand.commandLine(SingleMember::start, new PrintWriter(out));

    assertThat(command.execute("rehearse", "--rounds=26")).as(out.toString()).isZero();
  }
}
