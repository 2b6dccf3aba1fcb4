package dev.troupe.runtime.gateway.format;

import dev.troupe.runtime.gateway.message.GatewayMessage.LeaseSaid;
import dev.troupe.runtime.gateway.message.GatewayMessage.VotedDown;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.logic.LeaseLetter;
import dev.troupe.runtime.wire.MalformedException;
import dev.troupe.runtime.wire.WireFormat;
import dev.troupe.runtime.wire.WireReader;
import dev.troupe.runtime.wire.WireWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// By which members know that they have not been replaced, and agree that another one is gone.
final class LeaseFormats {

  // A number is for ever: a variant that is gone keeps its own.
  private static final int ASK = 1;
  private static final int GRANTED = 2;
  private static final int DENIED = 3;
  private static final int NEW_ROLL = 4;

  /// The length of an address, and a number.
  private static final int LEAST_OF_A_MEMBER = 2;

  static final List<WireFormat<?>> ALL =
      List.of(
          WireFormat.of("le", LeaseSaid.class)
              .since(1, (out, said) -> letter(out, said.letter()), in -> new LeaseSaid(letter(in))),
          WireFormat.of("vo", VotedDown.class)
              .since(
                  1,
                  (out, voted) -> {
                    Parts.member(out, voted.victim());
                    out.text(voted.why());
                  },
                  in -> new VotedDown(Parts.member(in), in.text())));

  private LeaseFormats() {}

  private static void letter(WireWriter out, LeaseLetter letter) {
    switch (letter) {
      case LeaseLetter.Ask(var round, var roll) -> {
        out.octet(ASK);
        out.number(round);
        out.number(roll);
      }
      case LeaseLetter.Granted(var round, var roll, var wallMillis, var versionMillis) -> {
        out.octet(GRANTED);
        out.number(round);
        out.number(roll);
        out.number(wallMillis);
        out.number(versionMillis);
      }
      case LeaseLetter.Denied(var round, var roll) -> {
        out.octet(DENIED);
        out.number(round);
        out.number(roll);
      }
      case LeaseLetter.NewRoll(var newest) -> {
        out.octet(NEW_ROLL);
        out.number(newest.number());
        out.list(new TreeSet<>(newest.members()), Parts::member);
        out.list(new TreeSet<>(newest.former()), Parts::member);
      }
    }
  }

  private static LeaseLetter letter(WireReader in) {
    int variant = in.octet();
    return switch (variant) {
      case ASK -> new LeaseLetter.Ask(in.number(), in.number());
      case GRANTED -> new LeaseLetter.Granted(in.number(), in.number(), in.number(), in.number());
      case DENIED -> new LeaseLetter.Denied(in.number(), in.number());
      case NEW_ROLL -> new LeaseLetter.NewRoll(new Roll(in.number(), members(in), members(in)));
      default -> throw new MalformedException("nothing about leases has the number " + variant);
    };
  }

  /// Each once, or it is nothing that is written.
  private static Set<MemberId> members(WireReader in) {
    return Set.of(in.list(LEAST_OF_A_MEMBER, Parts::member).toArray(MemberId[]::new));
  }
}
