package dev.troupe.testkit.experiment.report;

import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.record.FaultSpan;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Offence;
import dev.troupe.testkit.experiment.record.LeftOut;
import dev.troupe.testkit.experiment.record.OwnerSpan;
import dev.troupe.testkit.experiment.record.PartitionShare;
import dev.troupe.testkit.experiment.record.RequestLog;
import dev.troupe.testkit.experiment.record.RequestTable;
import dev.troupe.testkit.experiment.record.RunDescription;
import dev.troupe.testkit.experiment.record.Takeover;
import dev.troupe.testkit.experiment.record.Takeover.Step;
import dev.troupe.testkit.experiment.record.WatcherRecord;
import dev.troupe.testkit.experiment.record.WatcherRecord.Silence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;

/// A run of hours under one fault after the other, drawn from a seed.
final class LongRecord {

  private static final long SECOND = 1_000_000;
  private static final int PARTITIONS = 12;
  private static final List<String> MEMBERS = List.of("m1", "m2", "m3");
  private static final List<String> KINDS =
      List.of("kill", "freeze", "one-way partition", "slow disk", "clock jump");

  private final Random random;
  private final long duration;
  private final int perSecond;
  private final List<FaultSpan> faults = new ArrayList<>();
  private final List<OwnerSpan> owners = new ArrayList<>();
  private final List<Takeover> takeovers = new ArrayList<>();
  private final List<Silence> silences = new ArrayList<>();
  private final String[] owner = new String[PARTITIONS];
  private final long[] since = new long[PARTITIONS];
  private final long[] lostUntil = new long[PARTITIONS];

  private LongRecord(long seed, long seconds, int perSecond) {
    this.random = new Random(seed);
    this.duration = seconds * SECOND;
    this.perSecond = perSecond;
    for (int i = 0; i < PARTITIONS; i++) {
      owner[i] = MEMBERS.get(i % MEMBERS.size());
    }
  }

  /// @param faultEvery how many seconds are between two faults
  static ExperimentRecord of(long seed, long seconds, int perSecond, int faultEvery) {
    return new LongRecord(seed, seconds, perSecond).make(faultEvery);
  }

  private static String partition(int number) {
    return "configmaps#" + number;
  }

  private ExperimentRecord make(int faultEvery) {
    var log = new RequestLog();
    long nextFault = faultEvery * SECOND;
    long count = duration / SECOND * perSecond;
    for (long i = 0; i < count; i++) {
      long due = i * SECOND / perSecond;
      if (due >= nextFault) {
        fault(due);
        nextFault += faultEvery * SECOND;
      }
      ask(log, (int) (i % PARTITIONS), due);
    }
    for (int i = 0; i < PARTITIONS; i++) {
      owners.add(new OwnerSpan(partition(i), owner[i], since[i], duration));
    }
    return record(log.table());
  }

  private void ask(RequestLog log, int partition, long due) {
    long takes = 1_500 + (long) (random.nextDouble() * random.nextDouble() * 9_000);
    boolean lost = due < lostUntil[partition];
    boolean fails = lost && random.nextInt(3) > 0;
    long end = lost && !fails ? lostUntil[partition] + takes : due + takes;
    int endpoint = random.nextInt(MEMBERS.size());
    var verb = random.nextInt(4) == 0 ? "patch" : "get";
    log.add(
        verb + " " + partition + "." + endpoint,
        verb,
        partition(partition),
        endpoint,
        due,
        due,
        end,
        fails ? "503 partition configmaps#" + partition + " is on its way" : "");
  }

  private void fault(long at) {
    var victim = MEMBERS.get(random.nextInt(MEMBERS.size()));
    var kind = KINDS.get(random.nextInt(KINDS.size()));
    faults.add(
        new FaultSpan(kind, victim, at, at + SECOND + random.nextInt(12_000_000), "by the plan"));
    if (kind.equals("slow disk") || kind.equals("clock jump")) {
      return;
    }
    for (int i = 0; i < PARTITIONS; i++) {
      if (owner[i].equals(victim)) {
        takeOver(i, at);
      }
    }
  }

  private void takeOver(int partition, long at) {
    var heir = MEMBERS.get((MEMBERS.indexOf(owner[partition]) + 1) % MEMBERS.size());
    var reached = new EnumMap<Step, Long>(Step.class);
    long time = at;
    for (var step : Step.values()) {
      time += 40_000 + random.nextInt(400_000);
      reached.put(step, time);
    }
    takeovers.add(new Takeover(partition(partition), owner[partition], heir, at, reached));
    owners.add(new OwnerSpan(partition(partition), owner[partition], since[partition], at));
    owner[partition] = heir;
    since[partition] = time - 60_000;
    lostUntil[partition] = time;
    silences.add(new Silence(at, time));
  }

  private ExperimentRecord record(RequestTable requests) {
    var shares = new ArrayList<PartitionShare>();
    for (int i = 0; i < PARTITIONS; i++) {
      shares.add(new PartitionShare(partition(i), 100 + 10L * i));
    }
    var verdicts = new ArrayList<InvariantVerdict>();
    for (int i = 0; i < 18; i++) {
      verdicts.add(InvariantVerdict.held("invariant " + i, "Something holds.", requests.size()));
    }
    var offence = new Offence("lost ".repeat(200), Collections.nCopies(50, "PATCH ".repeat(200)));
    verdicts.add(
        InvariantVerdict.broken("writes", "None is lost.", 9, Collections.nCopies(500, offence)));
    return new ExperimentRecord(
        new RunDescription(
            "mixed faults",
            "Everything at once, for hours.",
            77,
            "troupe experiment run mixed --seed 77",
            Instant.parse("2026-11-30T12:00:00Z"),
            duration,
            List.of("2 processors"),
            MEMBERS,
            SECOND / 2,
            false),
        shares,
        requests,
        List.of(new WatcherRecord("watch 0", 0, 1_000, 3, silences, List.of())),
        faults,
        owners,
        takeovers,
        verdicts,
        List.of(new LeftOut("disk full", "mount: permission denied")),
        List.of("which process the kernel runs first"));
  }
}
