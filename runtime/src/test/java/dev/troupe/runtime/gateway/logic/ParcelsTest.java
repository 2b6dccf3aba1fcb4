package dev.troupe.runtime.gateway.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.gateway.message.GatewayMessage.ParcelPart;
import dev.troupe.runtime.lease.MemberId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParcelsTest {

  private static final MemberId HERE = new MemberId("here", 1);
  private static final MemberId THERE = new MemberId("there", 2);
  private static final int LARGEST = 20 * OutgoingParcels.PART;
  private static final ParcelLimits LIMITS =
      new ParcelLimits(LARGEST, 3L * LARGEST, 4L * LARGEST, 2, 3, 5);

  private final OutgoingParcels outgoing = new OutgoingParcels(LIMITS, 100);
  private final IncomingParcels incoming = new IncomingParcels(LIMITS);

  /// What is between the two members.
  private final List<Runnable> way = new ArrayList<>();

  private final List<byte[]> arrived = new ArrayList<>();
  private final Random random = new Random(7);
  private double loss;
  private long now;

  private void send(List<OutgoingParcels.Sent> parts) {
    parts.forEach(sent -> carry(() -> arrive(sent.part())));
  }

  private void arrive(ParcelPart part) {
    var received = incoming.on(HERE, part, now);
    grant(received.credits());
    if (received.content() != null) {
      arrived.add(received.content());
    }
  }

  private void grant(List<IncomingParcels.Granted> credits) {
    credits.forEach(granted -> carry(() -> send(outgoing.on(THERE, granted.credit(), now))));
  }

  private void carry(Runnable step) {
    if (random.nextDouble() >= loss) {
      way.add(step);
    }
  }

  private void runToTheEnd() {
    while (!way.isEmpty()) {
      way.removeFirst().run();
    }
  }

  private void pass(long millis) {
    now += millis;
    send(outgoing.look(now));
    grant(incoming.look(now));
    runToTheEnd();
  }

  private byte[] content(int size) {
    var content = new byte[size];
    random.nextBytes(content);
    return content;
  }

  private boolean begin(byte[] content) {
    var sent = outgoing.begin(THERE, content, now);
    sent.ifPresent(this::send);
    return sent.isPresent();
  }

  @Test
  void whatIsCutIsPutTogether() {
    for (int size : new int[] {1, OutgoingParcels.PART, OutgoingParcels.PART + 1, LARGEST}) {
      byte[] content = content(size);
      assertThat(begin(content)).isTrue();
      runToTheEnd();

      assertThat(arrived.removeFirst()).isEqualTo(content);
      assertThat(outgoing.bytes()).isZero();
      assertThat(incoming.bytes()).isZero();
    }
  }

  /// As much as may be on its way, and not one part more.
  @Test
  void noMoreIsSentThanThereIsCreditFor() {
    begin(content(LARGEST));
    assertThat(way).hasSize(1);
    way.removeFirst().run();
    way.removeFirst().run();

    assertThat(way).hasSize(OutgoingParcels.WINDOW);
  }

  @Test
  void whatIsLostIsSentAgain() {
    for (int i = 0; i < 200; i++) {
      loss = 0.3;
      byte[] content =
          content(OutgoingParcels.PART + 1 + random.nextInt(LARGEST - OutgoingParcels.PART));
      assertThat(begin(content)).isTrue();
      runToTheEnd();
      for (int second = 0; second < 3; second++) {
        pass(1_100);
      }
      loss = 0;
      pass(1_100);
      pass(1_100);

      assertThat(arrived).hasSizeLessThan(2);
      if (!arrived.isEmpty()) {
        assertThat(arrived.removeFirst()).isEqualTo(content);
      }
      pass(6_000);
      pass(6_000);
      assertThat(outgoing.bytes() + incoming.bytes()).isZero();
    }
  }

  /// Nearly all of what a little is lost of arrives.
  @Test
  void fewLossesDoNoHarm() {
    int complete = 0;
    for (int i = 0; i < 100; i++) {
      loss = 0.05;
      begin(content(LARGEST));
      runToTheEnd();
      for (int second = 0; second < 20 && outgoing.bytes() > 0; second++) {
        pass(1_100);
      }
      complete += arrived.size();
      arrived.clear();
      loss = 0;
      pass(31_000);
      pass(31_000);
    }
    assertThat(complete).isGreaterThan(95);
  }

  @Test
  void whatNobodyAnswersIsLetGoOnBothSides() {
    begin(content(LARGEST));
    for (int i = 0; i < 5; i++) {
      way.removeFirst().run();
    }
    assertThat(incoming.bytes()).isPositive();
    loss = 1;
    way.clear();

    pass(OutgoingParcels.SILENT_MILLIS + 1);

    assertThat(outgoing.bytes()).isZero();
    assertThat(incoming.bytes()).isZero();
    assertThat(arrived).isEmpty();
  }

  @Test
  void whatIsSentOrReceivedGoesWithItsMember() {
    begin(content(LARGEST));
    for (int i = 0; i < 5; i++) {
      way.removeFirst().run();
    }

    outgoing.gone(THERE);
    incoming.gone(HERE);

    assertThat(outgoing.bytes() + incoming.bytes()).isZero();
  }

  @Test
  void thereIsRoomForSoManyBytesAndNoMore() {
    assertThat(begin(content(LARGEST + 1))).isFalse();
    assertThat(begin(content(LARGEST))).isTrue();
    assertThat(begin(content(LARGEST))).isTrue();
    assertThat(begin(content(LARGEST))).isTrue();
    assertThat(begin(content(1))).isFalse();
    var third = new MemberId("third", 3);
    assertThat(outgoing.begin(third, content(LARGEST), now)).isPresent();
    assertThat(outgoing.begin(third, content(1), now)).isEmpty();

    runToTheEnd();

    assertThat(arrived).hasSize(3);
    assertThat(begin(content(1))).isTrue();
  }

  /// Whoever is not in turn has sent one part and waits.
  @Test
  void onlySomeAreReceivedAtTheSameTimeAndAllInTheEnd() {
    var senders = IntStream.range(0, 3).mapToObj(Sender::new).toList();
    long most = 0;
    int complete = 0;
    while (complete < 9) {
      var busy = senders.stream().filter(sender -> !sender.way.isEmpty()).toList();
      var from = busy.get(random.nextInt(busy.size()));
      var received = incoming.on(from.member, from.way.remove(), 0);
      complete += received.content() == null ? 0 : 1;
      most = Math.max(most, incoming.bytes());
      for (var granted : received.credits()) {
        var to = senders.get((int) granted.to().uid());
        to.send(to.parcels.on(HERE, granted.credit(), 0));
      }
    }
    assertThat(most).isBetween(2L * LARGEST, 3L * LARGEST + 6L * OutgoingParcels.PART);
    assertThat(incoming.bytes()).isZero();
  }

  /// Who sends three as large as can be, one part after the other.
  private static final class Sender {

    private final MemberId member;
    private final OutgoingParcels parcels = new OutgoingParcels(LIMITS, 0);
    private final Deque<ParcelPart> way = new ArrayDeque<>();

    private Sender(int number) {
      member = new MemberId("sender", number);
      for (int i = 0; i < 3; i++) {
        send(parcels.begin(HERE, new byte[LARGEST], 0).orElseThrow());
      }
    }

    private void send(List<OutgoingParcels.Sent> parts) {
      parts.forEach(sent -> way.add(sent.part()));
    }
  }

  @Test
  void moreThanCanBeRememberedIsDropped() {
    var part = new ParcelPart(0, 0, false, new byte[OutgoingParcels.PART]);
    for (int i = 0; i < 20; i++) {
      incoming.on(HERE, new ParcelPart(i, 0, false, part.content()), 0);
    }
    assertThat(incoming.bytes()).isEqualTo(5L * OutgoingParcels.PART);
  }

  /// As of a sender whose receiver has begun anew.
  @Test
  void middleOfSomethingUnknownIsNotWanted() {
    var received = incoming.on(HERE, new ParcelPart(9, 3, false, new byte[1]), 0);

    assertThat(received.credits())
        .singleElement()
        .satisfies(granted -> assertThat(granted.credit().parts()).isEqualTo(OutgoingParcels.OVER));
    assertThat(incoming.bytes()).isZero();
  }
}
