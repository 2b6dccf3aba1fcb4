package dev.troupe.clusterconfig.ensemble;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// The members of a control plane on one machine, and where their events are.
///
/// @param store a database of the user's; empty for the one that comes along
/// @param seats one for each member
public record Ensemble(String store, List<Seat> seats) {

  public static final int MOST = 9;

  public Ensemble {
    seats = List.copyOf(seats);
  }

  public boolean hasOwnDatabase() {
    return store.isEmpty();
  }

  public Optional<Seat> seat(int number) {
    return seats.stream().filter(seat -> seat.name().equals(Seat.name(number))).findFirst();
  }

  /// The same for another number of members, each at ports that are free; whoever has some keeps
  /// them.
  ///
  /// @param taken for something else
  public static Ensemble of(
      String store, int members, Optional<Ensemble> former, FreePorts free, Set<Integer> taken) {
    var used = new HashSet<>(taken);
    former.ifPresent(one -> one.seats().forEach(seat -> used.addAll(seat.ports())));
    var seats =
        IntStream.rangeClosed(1, members)
            .mapToObj(number -> {
              var before =
                  former
                      .flatMap(one -> one.seat(number))
                      .filter(seat -> seat.ports().stream().noneMatch(taken::contains));
              return new Seat(
                  Seat.name(number),
                  free.port(before.map(Seat::apiPort), FreePorts.API, used),
                  free.port(before.map(Seat::port), FreePorts.MEMBERS, used),
                  free.port(before.map(Seat::probePort), FreePorts.PROBES, used));
            })
            .toList();
    return new Ensemble(store, seats);
  }
}
