package dev.troupe.testkit.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.testkit.experiment.fault.InjectedFault;
import dev.troupe.testkit.experiment.injector.Injection;
import dev.troupe.testkit.experiment.record.FaultSpan;
import dev.troupe.testkit.experiment.run.FaultDrive.Blackout;
import dev.troupe.testkit.experiment.schedule.Aim;
import dev.troupe.testkit.experiment.schedule.ScheduledFault;
import dev.troupe.testkit.members.MemberServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FaultDriveTest {

  private static final long SECOND = 1_000_000;

  private final List<String> done = new ArrayList<>();
  private long micros;
  private boolean undone = true;
  private boolean complete;
  private boolean isCalm = true;
  private boolean somebodyIsThere = true;

  private final class Recorded implements Injection {

    private final int number;

    private Recorded(int number) {
      this.number = number;
    }

    @Override
    public List<MemberServer> victims() {
      return List.of();
    }

    @Override
    public void begin() {
      done.add("begin " + number + " at " + micros / SECOND);
    }

    @Override
    public void end() {
      done.add("end " + number + " at " + micros / SECOND);
    }

    @Override
    public boolean isOver() {
      return undone;
    }

    @Override
    public boolean isDone() {
      return complete;
    }
  }

  private static ScheduledFault fault(int number, int at, int lasts, InjectedFault fault) {
    return new ScheduledFault(
        number, Duration.ofSeconds(at), Duration.ofSeconds(lasts), fault, new Aim.NoMember());
  }

  private FaultDrive drive(boolean overlaps, ScheduledFault... faults) {
    return new FaultDrive(
        List.of(faults),
        overlaps,
        () -> isCalm,
        fault -> somebodyIsThere ? Optional.of(new Recorded(fault.number())) : Optional.empty(),
        () -> micros,
        new Silent());
  }

  private static final class Silent implements FaultDrive.Told {

    @Override
    public void began(ScheduledFault fault, List<MemberServer> victims) {
      // Not looked at.
    }

    @Override
    public void ended(ScheduledFault fault) {
      // Not looked at.
    }

    @Override
    public void leftOut(ScheduledFault fault, String why) {
      // Not looked at.
    }
  }

  private void proceedTo(FaultDrive drive, int seconds) {
    while (micros < seconds * SECOND) {
      micros += SECOND;
      drive.proceed();
    }
  }

  private static InjectedFault restart() {
    return new InjectedFault.DatabaseRestart();
  }

  private static InjectedFault sessions() {
    return new InjectedFault.KilledSessions(Duration.ofSeconds(1));
  }

  @Test
  void faultComesAtItsMomentAndIsUndoneWhenItIsOver() {
    var drive = drive(false, fault(1, 2, 3, sessions()), fault(2, 7, 1, restart()));
    proceedTo(drive, 6);
    assertThat(drive.isOver()).isFalse();
    proceedTo(drive, 9);
    assertThat(done).containsExactly("begin 1 at 2", "end 1 at 5", "begin 2 at 7", "end 2 at 8");
    assertThat(drive.isOver()).isTrue();
    assertThat(drive.spans())
        .containsExactly(
            new FaultSpan("killed-sessions", "", 2 * SECOND, 5 * SECOND, ""),
            new FaultSpan("database-restart", "", 7 * SECOND, 8 * SECOND, ""));
    assertThat(drive.blackouts()).containsExactly(new Blackout(7 * SECOND, 8 * SECOND));
  }

  @Test
  void nextOneWaitsUntilTheOneBeforeIsUndone() {
    undone = false;
    var drive = drive(false, fault(1, 1, 1, restart()), fault(2, 3, 1, restart()));
    proceedTo(drive, 5);
    assertThat(done).containsExactly("begin 1 at 1", "end 1 at 2");
    undone = true;
    proceedTo(drive, 6);
    assertThat(done).endsWith("begin 2 at 6");
  }

  @Test
  void nextOneWaitsUntilWhatTheOneBeforeHasCostIsThereAgain() {
    var drive = drive(false, fault(1, 1, 1, restart()), fault(2, 3, 1, restart()));
    proceedTo(drive, 2);
    isCalm = false;
    proceedTo(drive, 5);
    assertThat(done).containsExactly("begin 1 at 1", "end 1 at 2");
    isCalm = true;
    proceedTo(drive, 6);
    assertThat(done).endsWith("begin 2 at 6");
  }

  @Test
  void overlappingOnesDoNotWait() {
    undone = false;
    isCalm = false;
    var drive = drive(true, fault(1, 1, 5, restart()), fault(2, 3, 1, restart()));
    proceedTo(drive, 4);
    assertThat(done).containsExactly("begin 1 at 1", "begin 2 at 3", "end 2 at 4");
  }

  @Test
  void whatHasDoneAllIsOverBeforeItsTime() {
    var drive = drive(false, fault(1, 1, 100, restart()));
    proceedTo(drive, 2);
    complete = true;
    proceedTo(drive, 3);
    assertThat(done).containsExactly("begin 1 at 1", "end 1 at 3");
  }

  @Test
  void healingUndoesWhatLastsAndBeginsNothing() {
    var drive = drive(false, fault(1, 1, 100, restart()), fault(2, 200, 1, restart()));
    proceedTo(drive, 2);
    drive.heal();
    drive.proceed();
    assertThat(done).containsExactly("begin 1 at 1", "end 1 at 2");
    assertThat(drive.isOver()).isTrue();
  }

  @Test
  void whomNobodyCanBeFoundForIsLeftOutWithTheReason() {
    somebodyIsThere = false;
    var drive = drive(false, fault(1, 1, 1, restart()));
    proceedTo(drive, 2);
    assertThat(drive.isOver()).isTrue();
    assertThat(drive.leftOut())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.what()).isEqualTo("database-restart at 1 s");
          assertThat(one.why()).contains("nobody was there");
        });
  }

  @Test
  void whatIsNeverUndoneIsNotWaitedForForEver() {
    undone = false;
    var drive = drive(false, fault(1, 1, 1, restart()));
    proceedTo(drive, 3);
    micros += FaultDrive.LATEST.toNanos() / 1_000;
    assertThatThrownBy(drive::proceed)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("database-restart is not undone");
  }
}
